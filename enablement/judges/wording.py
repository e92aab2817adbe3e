"""Find what must not be said in a draft: exact phrasings first, then the same meaning in other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from enablement.judges.adapter_files import Task
from enablement.judges.adapters import adapter_for, model_for
from enablement.judges.encoder import encode
from enablement.judges.exact import ExactHit, Phrasings, exact_hit, is_quoted, words_of
from enablement.judges.guide import phrasings_of
from enablement.judges.heads import NotTrained, regression_of
from enablement.judges.linear import Regression
from enablement.judges.reading import Reading, is_code, other_language, read
from enablement.models import GuideEntry, Head, Person
from enablement.sentences import sentence_spans
from enablement.texts import MAX_DRAFT, clean_text
from enablement.words import content_words

ANY_ENTRY = "wording:any"
# The probability that a sentence breaks the guide from which it is flagged, or hinted at. `train_judges`
# prints precision and recall at WARN_FROM on held-back phrasings of our own guide.
WARN_FROM = 0.86
HINT_FROM = 0.6
# A block stops a person, so only an entry whose own held-back phrasings show this precision may block.
BLOCK_PRECISION = 0.95
BLOCK_FROM = 0.95
# By plain vectors, a sentence is about an entry only if it has so many of the words its phrasings share.
MIN_SHARED_WORDS = 2
# “We train models” has three words; a title like “Fine-tuning” says nothing that could be wrong.
MIN_CLAIM_WORDS = 3
# From fewer breaking examples than this a head does not know what else people write about.
FEW_EXAMPLES = 100
# A sentence that denies something may be the correction of the claim, so meaning alone gives a hint at most.
_DENIES = re.compile(
    r"\b(?:not|cannot|rather than|instead of|mistake|myth|misconception|wrong to)\b|n['’]t\b", re.IGNORECASE
)
# A sentence that misleads alone, but not at a second look by this probability, gives a hint at most.
CONTEXT_FROM = 0.5
# Neighbours are read along in so many characters; longer ones would drown the sentence.
MAX_WINDOW = 600
Span = tuple[int, int]
# A phrasing that is only a part of its sentence counts where the sentence misleads by this probability: “we
# never say that …” has the same words.
AGREES_FROM = 0.5
# Three words or more in quotation marks: somebody's words, not a name.
_QUOTATION = re.compile(r"“[^”\s]+(?:\s+[^”\s]+){2,}\s*”|\"[^\"\s]+(?:\s+[^\"\s]+){2,}\s*\"")


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


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it reads, its sentences, the phrasings found in them, and the guide it is held against."""

    text: str
    spans: Sequence[Span]
    hits: Mapping[Span, ExactHit]
    entries: Mapping[str, GuideEntry]
    phrasings: Mapping[str, Phrasings]

    def asks_the_judge(self, span: Span) -> bool:
        """Whether the sentence is to be judged by its meaning: not when all of it is a known phrasing."""
        hit = self.hits.get(span)
        sentence = self.text[slice(*span)]
        return (
            not (hit and hit.is_whole)
            and _may_claim(sentence)
            and not self._is_known_as_fine(sentence)
            and not other_language(sentence)
        )

    def _is_known_as_fine(self, sentence: str) -> bool:
        words = words_of(sentence)
        return any(words in known.fine for known in self.phrasings.values())


@dataclass(frozen=True, slots=True)
class Judged:
    """What one sentence is taken for: how surely it misleads, alone and at a second look, and by which entry.

    `is_cited`: it stands in quotation marks, or (by plain vectors) denies something.
    """

    span: Span
    entry: GuideEntry
    confidence: float
    second_look: float
    is_cited: bool

    @property
    def is_excused(self) -> bool:
        """Whether it gives a hint at most."""
        return self.is_cited or self.second_look < CONTEXT_FROM


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
    entries = list(GuideEntry.objects.visible_to(person))
    reading = read(text)
    draft = draft_of(reading.text, entries)
    judged = {row.span: row for row in judge_sentences(draft)} if entries else {}
    precisions = _precisions(row.entry for row in judged.values())
    exact = {span: _exact_finding(draft, span, judged.get(span)) for span in draft.hits}
    by_meaning = {span: _meant_finding(draft, row, precisions) for span, row in judged.items()}
    findings = [exact.get(span) or by_meaning.get(span) for span in draft.spans]
    return [_as_written(finding, text, reading) for finding in findings if finding and finding.level]


def unread_part(text: str) -> str:
    """Say what the check can say nothing of in a draft, in a sentence; empty where there is nothing."""
    if language := other_language(read(text).text):
        return f"This reads like {language}. The check has learnt from English only and judged just that."
    if is_code(text):
        return (
            "This reads like code or data. The check has learnt from sentences: take its word for those only."
        )
    return ""


def draft_of(text: str, entries: Sequence[GuideEntry]) -> Draft:
    """Return `text`, as it reads, with its sentences and the phrasings of `entries` that stand in it."""
    phrasings = phrasings_of(entries)
    spans = list(sentence_spans(text))
    hits = {span: hit for span in spans if (hit := exact_hit(text, span, phrasings))}
    return Draft(text, spans, hits, {entry.slug: entry for entry in entries}, phrasings)


def _precisions(entries: Iterable[GuideEntry]) -> dict[str, float | None]:
    """The precision of each entry on its own held-back phrasings, by the name of its head."""
    names = {entry_head(entry) for entry in entries}
    return dict(Head.objects.filter(name__in=names).values_list("name", "precision"))


def _as_written(finding: Finding, text: str, reading: Reading) -> Finding:
    start, end = reading.span(finding.start, finding.end)
    return replace(finding, start=start, end=end, quote=text[start:end])


def _meant_finding(draft: Draft, judged: Judged, precisions: Mapping[str, float | None]) -> Finding:
    level = _level(judged.confidence, precisions.get(entry_head(judged.entry)))
    if level and judged.is_excused:
        level = "hint"
    return _finding(draft.text, judged.span, judged.entry, level, judged.confidence)


def _exact_finding(draft: Draft, span: Span, judged: Judged | None) -> Finding:
    """A phrasing found word for word blocks; less where it is quoted, or its sentence says the opposite."""
    hit = draft.hits[span]
    agreed = hit.is_whole or (judged is not None and judged.confidence >= AGREES_FROM)
    level = "block" if agreed and not hit.is_quoted else "hint"
    return _finding(draft.text, hit.span, draft.entries[hit.entry], level, 1.0)


def judge_sentences(draft: Draft) -> Iterator[Judged]:
    """Judge what each sentence means, alone and, where that is doubtful, among its neighbours.

    Raises EncoderUnavailable, NotTrained.
    """
    others = [span for span in draft.spans if draft.asks_the_judge(span)]
    if not others:
        return
    names = [ANY_ENTRY, *map(entry_head, draft.entries.values())]
    heads = {head.name: head for head in Head.objects.filter(name__in=names)}
    if ANY_ENTRY not in heads:
        raise NotTrained(
            "The guide is still being learnt. That takes a minute after new content; try again then."
        )
    any_entry = regression_of(heads[ANY_ENTRY])
    vectors = encode([draft.text[slice(*span)] for span in others], model=model_for(Task.WORDING))
    alone = dict(zip(others, any_entry.probabilities(vectors).tolist(), strict=True))
    doubtful = [span for span in others if alone[span] >= min(HINT_FROM, AGREES_FROM)]
    looked = _second_look(draft, doubtful, any_entry)
    known = [entry for entry in draft.entries.values() if entry_head(entry) in heads]
    scores = {entry: regression_of(heads[entry_head(entry)]).probabilities(vectors) for entry in known}
    for index, span in enumerate(others):
        sentence = draft.text[slice(*span)]
        chances = {entry: float(row[index]) for entry, row in scores.items()}
        entry = _likeliest(sentence, chances, draft.phrasings, heads[ANY_ENTRY].examples)
        if entry:
            cited = is_quoted(draft.text, *span) or _is_excused(sentence)
            yield Judged(span, entry, alone[span], looked.get(span, alone[span]), cited)


def _may_claim(sentence: str) -> bool:
    """Whether a sentence can mislead by what it means: not a question, nor a heading of a word or two."""
    return not sentence.endswith("?") and len(words_of(sentence).split()) >= MIN_CLAIM_WORDS


def _likeliest(
    sentence: str, chances: dict[GuideEntry, float], phrasings: Mapping[str, Phrasings], examples: int
) -> GuideEntry | None:
    """The likeliest entry; None where the sentence is about something else.

    Learnt from few examples, or from plain vectors, an entry must have words in common with the sentence.
    """
    needed = int(examples < FEW_EXAMPLES) if adapter_for(Task.WORDING) else MIN_SHARED_WORDS
    words = set(content_words(sentence))
    about = [entry for entry in chances if len(words & phrasings[entry.slug].vocabulary) >= needed]
    return max(about, key=lambda entry: chances[entry], default=None)


def _is_excused(sentence: str) -> bool:
    """Plain vectors hardly tell a claim from its denial."""
    return adapter_for(Task.WORDING) is None and _DENIES.search(sentence) is not None


def _second_look(draft: Draft, doubtful: Sequence[Span], any_entry: Regression) -> dict[Span, float]:
    """How surely each sentence misleads among its neighbours, and without what it quotes: the lower of both.

    A claim that is put right in the next breath does not mislead, nor does one that is only cited.
    """
    looks = [(span, look) for span in doubtful for look in _looks(draft.text, draft.spans, span)]
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
