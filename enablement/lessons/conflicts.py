"""Where a document contradicts others, itself or our cards: what it recommends, in which order, and on which
side of a known dispute.

A row is plain data, kept with the version of the document: `type` (`between`, `order` or `stance`), `start`,
`end` and `quote` in this document, and what it is held against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from enablement.judges.wording import check_clean_text
from enablement.lessons.claims import Claim, alternatives_in, claims_of, contradictions, known_claims
from enablement.lessons.reading import Reading
from enablement.lessons.stances import stances_of
from enablement.models import Card, Draft, DraftState, Person, Source, State
from enablement.words import content_words

Row = dict[str, Any]


def find_conflicts(read: Reading, source: Source | None = None) -> list[Row]:
    """Return what in a document contradicts the other documents, what readers see, and known disputes.

    `source` is the document that this is a new version of: it is not held against itself.
    Raises EncoderUnavailable.
    """
    return [*_between(read, source), *_order(read, source), *_stances(read)]


def own_wordings(read: Reading, person: Person) -> dict[int, str]:
    """Return, by its place among the drafts, the guide entry that a document's own “don’t say” line breaks:
    most likely the entry that the draft is about. Raises EncoderUnavailable, NotTrained."""
    lines = {
        place: str(draft.item["dont_say"]).strip(" .") + "."
        for place, draft in enumerate(read.drafts)
        if draft.kind == "guide_entry" and draft.item.get("dont_say")
    }
    found: dict[int, str] = {}
    for place, line in lines.items():
        findings = check_clean_text(line, person)
        if findings:
            found[place] = findings[0].entry
    return found


def _between(read: Reading, source: Source | None) -> Iterator[Row]:
    """Situations for which opposite things are recommended."""
    for found in contradictions(claims_of(read), list(known_claims(source)), alternatives_in(read)):
        yield {
            "type": "between",
            **_place(read, found.one.span),
            "quote": found.one.text,
            "card": found.one.card,
            "says": found.one.kind,
            "on": dict(found.on),
            "against": _against(read, found.other),
            "likeness": found.likeness,
        }


def _against(read: Reading, claim: Claim) -> Row:
    """The other side: another document's, ours, or (with a place in it) the document's own."""
    own = _place(read, claim.span) if not claim.of else {}
    return {**claim.of, **own, "quote": claim.text, "card": claim.card, "says": claim.kind}


def _order(read: Reading, source: Source | None) -> Iterator[Row]:
    """Steps that another document takes in the opposite order."""
    methods = _methods()
    own: dict[str, tuple[int, int]] = {}
    for step in read.of_kind("ladder_step"):
        if method := _method(step.item, methods):
            own.setdefault(method, step.span)
    others: dict[Source, dict[str, Draft]] = {}
    rows = Draft.objects.filter(kind="ladder_step").exclude(state=DraftState.GONE).select_related("source")
    for draft in rows.order_by("source", "start"):
        if (source is None or draft.source_id != source.pk) and (method := _method(draft.item, methods)):
            others.setdefault(draft.source, {}).setdefault(method, draft)
    for other, steps in others.items():
        shared = [card for card in own if card in steps]
        theirs = sorted(shared, key=lambda card: steps[card].start)
        for first, then in pairwise(shared):
            if theirs.index(first) > theirs.index(then):
                against = {"source": other.slug, "title": other.title, "draft": steps[then].pk}
                against["quote"] = str(steps[then].item.get("text") or steps[then].item.get("title", ""))
                yield {
                    "type": "order",
                    **_place(read, own[first]),
                    "cards": [first, then],
                    "against": against,
                }


def _methods() -> dict[str, frozenset[str]]:
    """The stems of the names of the methods that our own ladders order."""
    cards = Card.objects.filter(steps__ladder__state=State.RELEASED).distinct()
    return {card.slug: frozenset(content_words(card.title)) for card in cards}


def _method(step: Mapping[str, Any], methods: Mapping[str, frozenset[str]]) -> str:
    """The card of a step, or the one method that its title names; empty where there is none."""
    words = set(content_words(str(step.get("title", ""))))
    named = [slug for slug, name in methods.items() if name and name <= words]
    return str(step.get("card") or (named[0] if len(named) == 1 else ""))


def _stances(read: Reading) -> Iterator[Row]:
    for stance in stances_of(read):
        place, about = _place(read, stance.span), stance.disagreement
        yield {"type": "stance", **place, "disagreement": about, "likeness": stance.likeness}


def _place(read: Reading, span: tuple[int, int]) -> Row:
    return {"start": span[0], "end": span[1], "quote": " ".join(read.text[slice(*span)].split())}
