"""A draft as the wording check reads it: its sentences, those that may claim something, known phrasings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enablement.judges.exact import ExactHit, Phrasings, Span, exact_hit, words_of
from enablement.judges.guide import phrasings_of
from enablement.judges.reading import other_language
from enablement.models import GuideEntry
from enablement.sentences import sentence_spans

# “We train models” has three words; a title like “Fine-tuning” says nothing that could be wrong.
MIN_CLAIM_WORDS = 3
# Pieces of sentences are joined up to so many characters; more of them are no claim but a list.
LONGEST_JOINED = 200


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
            and may_claim(sentence)
            and not self._is_known_as_fine(sentence)
            and not other_language(sentence)
        )

    def _is_known_as_fine(self, sentence: str) -> bool:
        words = words_of(sentence)
        return any(words in known.fine for known in self.phrasings.values())


def draft_of(text: str, entries: Sequence[GuideEntry]) -> Draft:
    """Return `text`, as it reads, with its sentences and the phrasings of `entries` that stand in it."""
    phrasings = phrasings_of(entries)
    spans = list(joined(text, list(sentence_spans(text))))
    hits = {span: hit for span in spans if (hit := exact_hit(text, span, phrasings))}
    return Draft(text, spans, hits, {entry.slug: entry for entry in entries}, phrasings)


def may_claim(sentence: str) -> bool:
    """Whether a sentence can mislead by what it means: not a question, nor a heading of a word or two."""
    return not sentence.endswith("?") and len(words_of(sentence).split()) >= MIN_CLAIM_WORDS


def joined(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences, with those in one that claim nothing alone and stand side by side in a line.

    “Does it learn? Yes.” and “Any file. Any mess.” are claims, and none of their parts is.
    """
    run: Span | None = None
    for start, end in spans:
        if may_claim(text[start:end]):
            if run:
                yield run
            run = None
            yield start, end
        elif run and "\n" not in text[run[1] : start] and end - run[0] <= LONGEST_JOINED:
            run = (run[0], end)
        else:
            if run:
                yield run
            run = (start, end)
    if run:
        yield run
