"""What documents and our cards recommend, and where two recommendations contradict one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from enablement.judges.encoder import encode
from enablement.lessons.needs import Need, needs_of, telling_signals
from enablement.lessons.reading import Draft as Read
from enablement.lessons.reading import Reading
from enablement.models import Comparison, Draft, DraftState, Fit, Source, State
from enablement.words import FINE, WORD, content_words

OPPOSITE = {"fits": "does_not_help", "does_not_help": "fits"}

# Where no distinction tells what situations need, they are one from this cosine of their titles on
# (all-MiniLM-L6-v2, the names of the methods taken out). Chosen on four articles on one subject.
SAME_SITUATION = 0.43
# A word in this share of the titles tells no two situations apart.
COMMON_SHARE = 0.08
# Words that a title of a situation has whatever the situation is.
GENERIC = frozenset(content_words("task model behavior behaviour change changes base case work start"))
# “Facts that are not in the prompt”, “texts outside the index”: what comes after it is what is not used.
OUTSIDE = re.compile(
    r"(?:(?:\b(?:not|never)|n['’]t) (?:yet )?(?:in|inside|within|part of|given|shown to)|\boutside(?: of)?)"
    r" (?:the |a |any |its )?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """That a card's method fits a situation, or does not help in it. `of` says who holds it."""

    card: str
    kind: str
    title: str
    text: str
    of: Mapping[str, Any]
    span: tuple[int, int] = (0, 0)
    need: Need | None = field(default=None, compare=False)

    @property
    def holder(self) -> str:
        """The document, or the one card of ours, that holds it."""
        return str(self.of.get("source") or self.of.get("url") or "itself")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that cannot both be followed. `on` names the point: {"signal": …} or {"word": …}, or {}."""

    one: Claim
    other: Claim
    on: Mapping[str, str]
    likeness: float


def claims_of(read: Reading) -> list[Claim]:
    """Return what a document recommends, and what it advises against."""
    return [
        Claim(draft.item["card"], draft.item["kind"], _title(draft), _text(draft.item), {}, draft.span)
        for draft in read.of_kind("fit")
        if draft.item.get("kind") in OPPOSITE and draft.item.get("card")
    ]


def known_claims(source: Source | None) -> Iterator[Claim]:
    """What the other documents recommend, and the cards that readers see."""
    drafts = Draft.objects.filter(kind="fit").exclude(state=DraftState.GONE).select_related("source")
    for draft in drafts.exclude(source=source) if source else drafts:
        text = _text(draft.item)
        if draft.item.get("kind") in OPPOSITE and draft.item.get("card") and text:
            of = {"source": draft.source.slug, "title": draft.source.title, "draft": draft.pk}
            yield Claim(draft.item["card"], draft.item["kind"], str(draft.item.get("title", "")), text, of)
    for fit in Fit.objects.filter(state=State.RELEASED, fit_kind__in=OPPOSITE).select_related("card"):
        of = {"url": fit.card.get_absolute_url(), "title": f"our card {fit.card.title}", "slug": fit.slug}
        text = _text({"title": fit.title, "text": fit.text})
        yield Claim(fit.card.slug, fit.fit_kind, fit.title, text, of)


def contradictions(
    own: Sequence[Claim], known: Sequence[Claim], alternatives: set[frozenset[str]]
) -> Iterator[Contradiction]:
    """Yield where a document contradicts others, or itself: for each of its claims, the holder and the point
    at most once. `alternatives` are pairs of methods between which one chooses. Raises EncoderUnavailable.
    """
    claims = [*own, *known]
    if not own:
        return
    names = {claim.card for claim in claims}
    vectors = encode(situations([claim.title for claim in claims], names))
    needs = needs_of([claim.text for claim in claims], [claim.card for claim in claims])
    telling = telling_signals(needs)
    words = [situation_words(claim.title, names) for claim in claims]
    for at, claim in enumerate(own):
        best: dict[tuple[str, str], Contradiction] = {}
        for to, other in enumerate(claims[at + 1 :], at + 1):
            if not _is_opposite(claim, other, alternatives, own_document=to < len(own)):
                continue
            likeness = float(vectors[at] @ vectors[to])
            one_method = claim.card == other.card
            for on in _points(needs[at], needs[to], words[at], words[to], telling, likeness, one_method):
                key = (other.holder, str(on))
                if key not in best or likeness > best[key].likeness:
                    best[key] = Contradiction(claim, other, on, round(likeness, 3))
        yield from best.values()


def _points(
    one: Need | None,
    other: Need | None,
    words: Mapping[str, str],
    others: Mapping[str, str],
    telling: Collection[str],
    likeness: float,
    one_method: bool,
) -> Iterator[Mapping[str, str]]:
    """What two opposite recommendations are both about; nothing where the situations are different ones.

    Of one method, opposite words need to share a telling signal, or a word of the situation. Of two methods,
    that each fits is no contradiction yet: the situations show the same signal and share a word.
    """
    if one is None or other is None:
        if likeness >= SAME_SITUATION:
            yield {}
        return
    shared = one.shown & other.shown
    if one_method and shared & set(telling):
        yield {"signal": min(shared & set(telling))}
    elif not one.clashes(other) and (one_method or shared):
        for stem in sorted(words.keys() & others.keys()):
            yield {"word": words[stem]}


def _is_opposite(one: Claim, other: Claim, alternatives: set[frozenset[str]], *, own_document: bool) -> bool:
    """One method, and opposite words about it; or two methods, of which each is said to fit.

    A document that gives each of two methods its place is not at odds with itself. And what a method does not
    reach where it is not used is no word against it where it is.
    """
    if one.card == other.card:
        opposite = other.kind == OPPOSITE[one.kind]
        return opposite and speaks_of_its_absence(one) == speaks_of_its_absence(other)
    both_fit = one.kind == other.kind == "fits"
    return not own_document and both_fit and frozenset((one.card, other.card)) in alternatives


def speaks_of_its_absence(claim: Claim) -> bool:
    """Whether the situation lies outside the method: “facts that are not in the prompt”, of prompting."""
    names = set(content_words(claim.card.replace("-", " ")))
    after = (claim.title[match.end() :] for match in OUTSIDE.finditer(claim.title))
    return any(names & set(content_words(rest)[:1]) for rest in after)


def alternatives_in(read: Reading) -> set[frozenset[str]]:
    """Return pairs of methods that somebody compares, here or in the document: between these one chooses."""
    groups = [draft.item.get("cards", []) for draft in read.of_kind("comparison")]
    groups += [
        [card.slug for card in row.cards.all()] for row in Comparison.objects.prefetch_related("cards")
    ]
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def situation_words(title: str, names: Collection[str]) -> dict[str, str]:
    """Return the words of a title that say something about the situation, by their stems."""
    skipped = GENERIC | {stem for name in names for stem in content_words(name.replace("-", " "))}
    found: dict[str, str] = {}
    for match in WORD.finditer(FINE.sub("", title.lower())):
        for stem in content_words(match.group()):
            if stem not in skipped:
                found.setdefault(stem, match.group())
    return found


def situations(titles: Sequence[str], names: Collection[str]) -> list[str]:
    """Return titles without the words that say nothing about the situation: those of the methods' `names`,
    and those that a good share of all titles has."""
    stems = {stem for name in names for stem in content_words(name.replace("-", " "))}
    words = [WORD.findall(title.lower()) for title in titles]
    counts = Counter(word for title in words for word in set(title))
    common = {word for word, count in counts.items() if count >= max(3, COMMON_SHARE * len(titles))}
    kept = [
        " ".join(word for word in title if word not in common and not stems & set(content_words(word)))
        for title in words
    ]
    return [text or title for text, title in zip(kept, titles, strict=True)]


def _title(draft: Read) -> str:
    return str(draft.item.get("title", ""))


def _text(item: Mapping[str, Any]) -> str:
    title, text = str(item.get("title", "")), str(item.get("text", ""))
    return text if text.startswith(title) else f"{title}. {text}"
