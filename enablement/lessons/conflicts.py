"""Where a document contradicts others: what it recommends, in which order, on which side of a known dispute.

A row is plain data, kept with the version of the document: `type` (`between`, `order` or `stance`), `start`,
`end` and `quote` in this document, and what it is held against.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from enablement.judges.encoder import encode
from enablement.judges.wording import check_clean_text
from enablement.lessons.needs import Needs, needs_of, telling_signals
from enablement.lessons.reading import Draft as Read
from enablement.lessons.reading import Reading
from enablement.models import Comparison, Draft, DraftState, Fit, Person, Position, Source, State
from enablement.sentences import sentence_spans

Row = dict[str, Any]

# Cosines of all-MiniLM-L6-v2 between the titles of situations, the names of the methods taken out of them,
# chosen on four articles on one subject and our own cards: above, three of four pairs are contradictions to a
# careful reader. An editor decides; a pair too many costs a click, one too few is not seen.
SAME_SITUATION = 0.43
# Where opposite is said of one method for what shows a telling signal, words may differ: “facts that the
# model lacks”, “our product catalogue”.
SAME_NEED = 0.1
ALWAYS_APART = 2.0
SAME_DISPUTE = 0.66
# Two sentences of a document for each dispute are enough to judge by.
SENTENCES_SHOWN = 2
OPPOSITE = {"fits": "does_not_help", "does_not_help": "fits"}
# “tuned” and “tunes” are taken for the word of a method’s name “tuning”.
_ENDING = re.compile(r"(?:ing|ed|es|e|s)$")
# A word in this share of the titles tells no two situations apart.
COMMON_SHARE = 0.08
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Claim:
    """That a card's method fits a situation, or does not help in it. `of` says who holds it."""

    card: str
    kind: str
    title: str
    text: str
    of: Mapping[str, Any]

    @property
    def holder(self) -> str:
        """The document, or the one card of ours, that holds it."""
        return str(self.of.get("source") or self.of["url"])


def find_conflicts(read: Reading, source: Source | None = None) -> list[Row]:
    """Return what in a document contradicts the other documents, what readers see, and known disputes.

    `source` is the document that this is a new version of: it is not held against itself.
    Raises EncoderUnavailable.
    """
    own = [draft for draft in read.of_kind("fit") if draft.item.get("kind") in OPPOSITE]
    return [
        *_between(read, own, list(_known_claims(source))),
        *_order(read, source),
        *_stances(read),
    ]


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


def _known_claims(source: Source | None) -> Iterator[Claim]:
    drafts = Draft.objects.filter(kind="fit").exclude(state=DraftState.GONE).select_related("source")
    for draft in drafts.exclude(source=source) if source else drafts:
        text = _text(draft.item)
        if draft.item.get("kind") in OPPOSITE and text:
            of = {"source": draft.source.slug, "title": draft.source.title, "draft": draft.pk}
            title = str(draft.item.get("title", ""))
            yield Claim(draft.item.get("card", ""), draft.item["kind"], title, text, of)
    for fit in Fit.objects.filter(state=State.RELEASED, fit_kind__in=OPPOSITE).select_related("card"):
        of = {"url": fit.card.get_absolute_url(), "title": f"our card {fit.card.title}", "slug": fit.slug}
        text = _text({"title": fit.title, "text": fit.text})
        yield Claim(fit.card.slug, fit.fit_kind, fit.title, text, of)


def _between(read: Reading, own: Sequence[Read], known: Sequence[Claim]) -> Iterator[Row]:
    """Situations in which this document and another one recommend opposite things."""
    if not own or not known:
        return
    titles = [str(draft.item.get("title", "")) for draft in own] + [claim.title for claim in known]
    names = {str(draft.item.get("card", "")) for draft in own} | {claim.card for claim in known}
    vectors = encode(situations(titles, names))
    likeness = vectors[: len(own)] @ vectors[len(own) :].T
    cards = [str(draft.item.get("card", "")) for draft in own] + [claim.card for claim in known]
    needs = needs_of([_text(draft.item) for draft in own] + [claim.text for claim in known], cards)
    telling = telling_signals(needs)
    alternatives = _alternatives(read)
    for at, draft in enumerate(own):
        best: dict[str, tuple[float, Claim]] = {}
        for to, claim in enumerate(known):
            share = float(likeness[at, to])
            one_method = cards[at] == claim.card
            least = _least_likeness(needs[at], needs[len(own) + to], telling if one_method else Needs())
            if share < least or not _contradicts(draft.item, claim, alternatives):
                continue
            if share > best.get(claim.holder, (0.0, claim))[0]:
                best[claim.holder] = (share, claim)
        for found in best.values():
            yield _between_row(read, draft, *found)


def _least_likeness(one: Needs | None, other: Needs | None, telling: Needs) -> float:
    """How alike two situations must be worded to be taken for one.

    Little, where both show a signal that is `telling`. Situations that show different signals are never one.
    """
    if one is None or other is None or not one | other:
        return SAME_SITUATION
    if one & other & telling:
        return SAME_NEED
    return SAME_SITUATION if one == other else ALWAYS_APART


def situations(titles: Sequence[str], names: Collection[str]) -> list[str]:
    """Return titles without the words that say nothing about the situation: those of the methods' `names`,
    and those that a good share of all titles has."""
    stems = {_stem(word) for name in names for word in name.split("-")}
    words = [_WORD.findall(title.lower()) for title in titles]
    counts = Counter(word for title in words for word in set(title))
    common = {word for word, count in counts.items() if count >= max(3, COMMON_SHARE * len(titles))}
    kept = [
        " ".join(word for word in title if word not in common and _stem(word) not in stems) for title in words
    ]
    return [text or title for text, title in zip(kept, titles, strict=True)]


def _stem(word: str) -> str:
    return _ENDING.sub("", word)


def _alternatives(read: Reading) -> set[frozenset[str]]:
    """Pairs of methods that somebody compares, here or in the document: only between these one chooses."""
    groups = [draft.item.get("cards", []) for draft in read.of_kind("comparison")]
    groups += [
        [card.slug for card in row.cards.all()] for row in Comparison.objects.prefetch_related("cards")
    ]
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def _contradicts(item: Mapping[str, Any], claim: Claim, alternatives: set[frozenset[str]]) -> bool:
    """One method, and opposite words about it; or one document's way is the other method."""
    if not claim.card or not item.get("card"):
        return False
    if claim.card == item["card"]:
        return claim.kind == OPPOSITE[item["kind"]]
    return claim.kind == item["kind"] == "fits" and frozenset((claim.card, item["card"])) in alternatives


def _between_row(read: Reading, draft: Read, share: float, claim: Claim) -> Row:
    return {
        "type": "between",
        **_place(read, draft.span),
        "card": draft.item["card"],
        "says": draft.item["kind"],
        "against": {**claim.of, "card": claim.card, "says": claim.kind, "quote": claim.text},
        "likeness": round(share, 3),
    }


def _order(read: Reading, source: Source | None) -> Iterator[Row]:
    """Steps that another document takes in the opposite order."""
    own = _first_steps((draft.item.get("card"), draft) for draft in read.of_kind("ladder_step"))
    others: dict[Source, dict[str, Draft]] = {}
    rows = Draft.objects.filter(kind="ladder_step").exclude(state=DraftState.GONE).select_related("source")
    for draft in rows.order_by("source", "start"):
        if source is None or draft.source_id != source.pk:
            others.setdefault(draft.source, {}).setdefault(draft.item.get("card") or "", draft)
    for other, steps in others.items():
        shared = [card for card in own if card in steps]
        theirs = sorted(shared, key=lambda card: steps[card].start)
        for first, then in pairwise(shared):
            if theirs.index(first) > theirs.index(then):
                against = {"source": other.slug, "title": other.title, "draft": steps[then].pk}
                yield {
                    "type": "order",
                    **_place(read, own[first].span),
                    "cards": [first, then],
                    "against": against,
                }


def _first_steps(steps: Iterator[tuple[Any, Read]]) -> dict[str, Read]:
    found: dict[str, Read] = {}
    for card, draft in steps:
        if card:
            found.setdefault(card, draft)
    return found


def _stances(read: Reading) -> Iterator[Row]:
    """Sentences about a point that is written down as disputed. Likeness tells the point and not the side."""
    positions = list(
        Position.objects.filter(disagreement__state=State.RELEASED)
        .select_related("disagreement")
        .order_by("disagreement", "order")
    )
    skipped = [part.span for part in read.skipped]
    spans = [span for span in sentence_spans(read.text) if _is_statement(read.text, span, skipped)]
    if not positions or not spans:
        return
    vectors = encode([read.text[slice(*span)] for span in spans])
    likeness = vectors @ encode([position.stance for position in positions]).T
    shown: Counter[str] = Counter()
    for to in np.argsort(-likeness.max(axis=1)):
        position = positions[int(np.argmax(likeness[to]))]
        share, dispute = float(likeness[to].max()), position.disagreement.slug
        if share >= SAME_DISPUTE and shown[dispute] < SENTENCES_SHOWN:
            shown[dispute] += 1
            yield {
                "type": "stance",
                **_place(read, spans[to]),
                "disagreement": dispute,
                "likeness": round(share, 3),
            }


def _is_statement(text: str, span: tuple[int, int], skipped: Sequence[tuple[int, int]]) -> bool:
    """Whether a sentence says something: a heading has no full stop, a menu was skipped."""
    sentence = text[slice(*span)]
    outside = not any(start < span[1] and span[0] < end for start, end in skipped)
    return outside and sentence.endswith((".", ".”", '."')) and len(sentence.split()) > 5


def _place(read: Reading, span: tuple[int, int]) -> Row:
    return {"start": span[0], "end": span[1], "quote": " ".join(read.text[slice(*span)].split())}


def _text(item: Mapping[str, Any]) -> str:
    title, text = str(item.get("title", "")), str(item.get("text", ""))
    return text if text.startswith(title) else f"{title}. {text}"
