"""Find what must not be said in a draft: exact phrasings first, then the same meaning in other words."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from enablement.judges.adapter_files import Task
from enablement.judges.adapters import adapter_for, model_for
from enablement.judges.encoder import encode
from enablement.judges.heads import NotTrained, regression_of
from enablement.judges.linear import Regression
from enablement.judges.reading import Reading, read
from enablement.models import GuideEntry, Head, Person
from enablement.sentences import sentence_spans
from enablement.texts import MAX_DRAFT, clean_text
from enablement.words import content_words

ANY_ENTRY = "wording:any"
# The probability that a sentence breaks the guide from which it is flagged, or hinted at. `train_judges`
# prints precision and recall at WARN_FROM on held-back phrasings of our own guide.
WARN_FROM = 0.85
HINT_FROM = 0.65
# Only an entry whose own held-back phrasings show this precision may block (DESIGN.md's rule).
BLOCK_PRECISION = 0.95
BLOCK_FROM = 0.95
# By plain vectors, a sentence is about an entry only if it has so many of the words its phrasings share.
MIN_SHARED_WORDS = 2
# “We train models” has three words; a title like “Fine-tuning” says nothing that could be wrong.
MIN_CLAIM_WORDS = 3
# From fewer breaking examples than this a head does not know what else people write about.
FEW_EXAMPLES = 100
COMMON_SHARE = 0.12
# A sentence that denies something may be the correction of the claim, so meaning alone gives a hint at most.
_DENIES = re.compile(
    r"\b(?:not|cannot|rather than|instead of|mistake|myth|misconception|wrong to)\b|n['’]t\b", re.IGNORECASE
)
# A sentence that misleads alone, but not at a second look by this probability, gives a hint at most.
CONTEXT_FROM = 0.5
# Neighbours are read along in so many characters; longer ones would drown the sentence.
MAX_WINDOW = 600
_WORD = re.compile(r"\w+(?:['’]\w+)?")
Span = tuple[int, int]
Phrasings = dict[str, GuideEntry]
# Three words or more in quotation marks: somebody's words, not a name.
_QUOTATION = re.compile(r"“[^”\s]+(?:\s+[^”\s]+){2,}\s*”|\"[^\"\s]+(?:\s+[^\"\s]+){2,}\s*\"")
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
    reading = read(text)
    spans = list(sentence_spans(reading.text))
    phrasings = _phrasings(entries)
    exact = {span: hit for span in spans if (hit := _exact(reading.text, span, phrasings))}
    by_meaning = dict(_by_meaning(reading.text, spans, exact, entries))
    findings = [hit for span in spans if (hit := exact.get(span) or by_meaning.get(span))]
    return [_as_written(finding, text, reading) for finding in findings]


def _as_written(finding: Finding, text: str, reading: Reading) -> Finding:
    start, end = reading.span(finding.start, finding.end)
    return replace(finding, start=start, end=end, quote=text[start:end])


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
    text: str, spans: Sequence[Span], exact: Collection[Span], entries: Sequence[GuideEntry]
) -> Iterator[tuple[Span, Finding]]:
    """Findings in sentences that have no exact one. Each is judged alone, then among its neighbours."""
    others = [span for span in spans if span not in exact and _may_claim(text[slice(*span)])]
    if not others:
        return
    heads = {head.name: head for head in Head.objects.filter(name__in=[ANY_ENTRY, *map(entry_head, entries)])}
    if ANY_ENTRY not in heads:
        raise NotTrained(
            "The guide is still being learnt. That takes a minute after new content; try again then."
        )
    any_entry = regression_of(heads[ANY_ENTRY])
    vectors = encode([text[start:end] for start, end in others], model=model_for(Task.WORDING))
    alone = dict(zip(others, any_entry.probabilities(vectors).tolist(), strict=True))
    doubtful = [index for index, span in enumerate(others) if alone[span] >= HINT_FROM]
    looked = _second_look(text, spans, [others[index] for index in doubtful], any_entry)
    known = [entry for entry in entries if entry_head(entry) in heads]
    scores = {entry: regression_of(heads[entry_head(entry)]).probabilities(vectors) for entry in known}
    for index in doubtful:
        span = others[index]
        sentence = text[slice(*span)]
        chances = {entry: float(row[index]) for entry, row in scores.items()}
        entry = _likeliest(sentence, chances, heads[ANY_ENTRY].examples)
        if entry is None:
            continue
        level = _level(alone[span], heads[entry_head(entry)].precision)
        if looked.get(span, 1.0) < CONTEXT_FROM or _is_quoted(text, *span) or _is_excused(sentence):
            level = "hint"
        yield span, _finding(text, span, entry, level, alone[span])


def _may_claim(sentence: str) -> bool:
    """Whether a sentence can mislead by what it means: not a question, nor a heading of a word or two."""
    return not sentence.endswith("?") and len(_words(sentence).split()) >= MIN_CLAIM_WORDS


def _likeliest(sentence: str, chances: dict[GuideEntry, float], examples: int) -> GuideEntry | None:
    """The likeliest entry; None where the sentence is about something else.

    Learnt from few examples, or from plain vectors, an entry must have words in common with the sentence.
    """
    needed = int(examples < FEW_EXAMPLES) if adapter_for(Task.WORDING) else MIN_SHARED_WORDS
    words = set(content_words(sentence))
    about = [entry for entry in chances if len(words & _vocabulary(entry)) >= needed]
    return max(about, key=lambda entry: chances[entry], default=None)


def _is_excused(sentence: str) -> bool:
    """Plain vectors hardly tell a claim from its denial."""
    return adapter_for(Task.WORDING) is None and _DENIES.search(sentence) is not None


def _second_look(
    text: str, spans: Sequence[Span], doubtful: Sequence[Span], any_entry: Regression
) -> dict[Span, float]:
    """How surely each sentence misleads among its neighbours, and without what it quotes: the lower of both.

    A claim that is put right in the next breath does not mislead, nor does one that is only cited.
    """
    looks = [(span, look) for span in doubtful for look in _looks(text, spans, span)]
    if not looks:
        return {}
    vectors = encode([look for _, look in looks], model=model_for(Task.WORDING))
    found: dict[Span, float] = {}
    for (span, _), value in zip(looks, any_entry.probabilities(vectors).tolist(), strict=True):
        found[span] = min(value, found.get(span, 1.0))
    return found


def _looks(text: str, spans: Sequence[Span], span: Span) -> Iterator[str]:
    place = spans.index(span)
    start, end = spans[max(0, place - 1)][0], spans[min(len(spans) - 1, place + 1)][1]
    if (start, end) != span and end - start <= MAX_WINDOW:
        yield text[start:end]
    sentence = text[slice(*span)]
    unquoted = _QUOTATION.sub("this", sentence)
    if unquoted != sentence:
        yield unquoted


def _vocabulary(entry: GuideEntry) -> frozenset[str]:
    phrasings = tuple(phrasing.text for phrasing in entry.phrasings.all() if phrasing.breaks)
    return _words_in_common(entry.dont_say, phrasings)


@functools.lru_cache(maxsize=1024)
def _words_in_common(dont_say: str, phrasings: tuple[str, ...]) -> frozenset[str]:
    """The content words of the don't-say line, and those that a good share of the breaking phrasings have."""
    counts = Counter(word for text in phrasings for word in set(content_words(text)))
    enough = max(2.0, COMMON_SHARE * len(phrasings))
    return frozenset(content_words(dont_say)) | {word for word, count in counts.items() if count >= enough}


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
