"""Find what must not be said in a draft: exact phrasings first, then the same meaning in other words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from enablement.judges.encoder import encode
from enablement.judges.heads import NotTrained, regression_of
from enablement.models import GuideEntry, Head, Person
from enablement.retrieval.quotes import content_words
from enablement.retrieval.sentences import sentence_spans
from enablement.texts import MAX_DRAFT, clean_text

ANY_ENTRY = "wording:any"
# The probability that a sentence breaks the guide from which it is flagged, or hinted at. `train_judges`
# prints precision and recall at WARN_FROM on held-back phrasings of our own guide.
WARN_FROM = 0.80
HINT_FROM = 0.65
# Only an entry whose own held-back phrasings show this precision may block (DESIGN.md's rule).
BLOCK_PRECISION = 0.95
BLOCK_FROM = 0.95
# A sentence is about an entry only if it has this many of the words that the entry's phrasings share.
MIN_SHARED_WORDS = 2
COMMON_SHARE = 0.12
# A sentence that denies something may be the correction of the claim, so meaning alone gives a hint at most.
_DENIES = re.compile(
    r"\b(?:not|cannot|rather than|instead of|mistake|myth|misconception|wrong to)\b|n['’]t\b", re.IGNORECASE
)
_WORD = re.compile(r"\w+(?:['’]\w+)?")
Phrasings = dict[str, GuideEntry]
_QUOTES = {"“": "”", '"': '"', "‘": "’", "«": "»"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A wording problem: where it stands, how serious it is, and what to say instead."""

    entry: str
    start: int
    end: int
    quote: str
    level: str
    confidence: float
    say: str
    why: str
    dont_say: str
    url: str

    def as_json(self) -> dict[str, Any]:
        """Return the finding as the contract has it (and a little more)."""
        return asdict(self)


def entry_head(entry: GuideEntry) -> str:
    """Return the name of the head that tells whether a sentence breaks `entry`."""
    return f"entry:{entry.slug}"


def check_wording(text: str, person: Person) -> list[Finding]:
    """Check `text` against the guide entries that `person` may see. Positions count in the cleaned text.

    At most one finding a sentence: the surest one. Raises BadText, EncoderUnavailable, NotTrained.
    """
    return check_clean_text(clean_text(text, what="draft", limit=MAX_DRAFT), person)


def check_clean_text(text: str, person: Person) -> list[Finding]:
    """As `check_wording`, for a text that has been through clean_text already."""
    entries = list(GuideEntry.objects.visible_to(person).prefetch_related("phrasings"))
    if not entries:
        return []
    spans = list(sentence_spans(text))
    phrasings = _phrasings(entries)
    exact = {span: found for span in spans if (found := _exact(text, span, phrasings))}
    others = [span for span in spans if span not in exact]
    by_meaning = dict(_by_meaning(text, others, entries))
    return [finding for span in spans if (finding := exact.get(span) or by_meaning.get(span))]


def _exact(text: str, span: tuple[int, int], phrasings: Phrasings) -> Finding | None:
    """A phrasing that stands in the sentence word for word. Within quotation marks it is only a hint."""
    words = _words(text[slice(*span)])
    for phrasing, entry in phrasings.items():
        # Comparing words is quick; a pattern is made only for a phrasing that is there.
        if f" {phrasing} " in f" {words} " and (match := _pattern(phrasing).search(text, *span)):
            level = "hint" if _is_quoted(text, match.start(), match.end()) else "block"
            return _finding(text, match.span(), entry, level, 1.0)
    return None


def _phrasings(entries: Iterable[GuideEntry]) -> Phrasings:
    """The breaking phrasings of all entries, each as its words."""
    return {
        _words(text): entry
        for entry in entries
        for text in (entry.dont_say, *(p.text for p in entry.phrasings.all() if p.breaks))
    }


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))


def _pattern(phrasing: str) -> re.Pattern[str]:
    return re.compile(r"\b" + r"\W+".join(map(re.escape, phrasing.split())) + r"\b", re.IGNORECASE)


def _is_quoted(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip(" .,!?")[:1]
    return before in _QUOTES and after == _QUOTES[before]


def _by_meaning(
    text: str, spans: Sequence[tuple[int, int]], entries: Sequence[GuideEntry]
) -> Iterator[tuple[tuple[int, int], Finding]]:
    if not spans:
        return
    heads = {head.name: head for head in Head.objects.filter(name__in=[ANY_ENTRY, *map(entry_head, entries)])}
    if ANY_ENTRY not in heads:
        raise NotTrained(
            "The guide is still being learnt. That takes a minute after new content; try again then."
        )
    vectors = encode([text[start:end] for start, end in spans])
    any_entry = regression_of(heads[ANY_ENTRY]).probabilities(vectors)
    known = [entry for entry in entries if entry_head(entry) in heads]
    scores = {entry: regression_of(heads[entry_head(entry)]).probabilities(vectors) for entry in known}
    vocabularies = {entry: _vocabulary(entry) for entry in known}
    for index, span in enumerate(spans):
        sentence = text[span[0] : span[1]]
        words = content_words(sentence)
        about = [entry for entry in known if len(words & vocabularies[entry]) >= MIN_SHARED_WORDS]
        if not about:
            continue
        entry = max(about, key=lambda entry: scores[entry][index])
        confidence = float(any_entry[index])
        level = _level(confidence, heads[entry_head(entry)].precision)
        if level and _DENIES.search(sentence):
            level = "hint"
        if level and not sentence.endswith("?"):
            yield span, _finding(text, span, entry, level, confidence)


def _vocabulary(entry: GuideEntry) -> set[str]:
    """The content words of the don't-say line, and those that a good share of the breaking phrasings have."""
    phrasings = [phrasing.text for phrasing in entry.phrasings.all() if phrasing.breaks]
    counts = Counter(word for text in phrasings for word in content_words(text))
    enough = max(2.0, COMMON_SHARE * len(phrasings))
    return content_words(entry.dont_say) | {word for word, count in counts.items() if count >= enough}


def _level(confidence: float, precision: float | None) -> str:
    if confidence >= BLOCK_FROM and (precision or 0.0) >= BLOCK_PRECISION:
        return "block"
    if confidence >= WARN_FROM:
        return "warn"
    return "hint" if confidence >= HINT_FROM else ""


def _finding(text: str, span: tuple[int, int], entry: GuideEntry, level: str, confidence: float) -> Finding:
    start, end = span
    return Finding(
        entry=entry.slug,
        start=start,
        end=end,
        quote=text[start:end],
        level=level,
        confidence=round(confidence, 3),
        say=entry.do_say,
        why=entry.why,
        dont_say=entry.dont_say,
        url=entry.get_absolute_url(),
    )
