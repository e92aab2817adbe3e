"""What a sentence means: how surely it misleads, and which entry of the guide it breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enablement.judges.adapter_files import Task
from enablement.judges.adapters import adapter_for, model_for
from enablement.judges.claims import Draft
from enablement.judges.encoder import encode
from enablement.judges.exact import Phrasings, Span, is_quoted
from enablement.judges.findings import HINT_FROM
from enablement.judges.heads import NotTrained, regression_of
from enablement.judges.second_look import second_look
from enablement.models import GuideEntry, Head
from enablement.words import content_words

ANY_ENTRY = "wording:any"
# By plain vectors, a sentence is about an entry only if it has so many of the words its phrasings share.
MIN_SHARED_WORDS = 2
# From fewer breaking examples than this a head does not know what else people write about.
FEW_EXAMPLES = 100
# A sentence that denies something may be the correction of the claim, so meaning alone gives a hint at most.
_DENIES = re.compile(
    r"\b(?:not|cannot|rather than|instead of|mistake|myth|misconception|wrong to)\b|n['’]t\b", re.IGNORECASE
)
# A sentence that misleads alone, but not at a second look by this probability, gives a hint at most.
CONTEXT_FROM = 0.5
# A phrasing that is only a part of its sentence counts where the sentence misleads by this probability: “we
# never say that …” has the same words.
AGREES_FROM = 0.5


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
    looked = second_look(draft, doubtful, any_entry)
    known = [entry for entry in draft.entries.values() if entry_head(entry) in heads]
    scores = {entry: regression_of(heads[entry_head(entry)]).probabilities(vectors) for entry in known}
    for index, span in enumerate(others):
        sentence = draft.text[slice(*span)]
        chances = {entry: float(row[index]) for entry, row in scores.items()}
        entry = _likeliest(sentence, chances, draft.phrasings, heads[ANY_ENTRY].examples)
        if entry:
            cited = is_quoted(draft.text, *span) or _is_denial(sentence)
            yield Judged(span, entry, alone[span], looked.get(span, alone[span]), cited)


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


def _is_denial(sentence: str) -> bool:
    """Plain vectors hardly tell a claim from its denial, so there a denying word counts."""
    return adapter_for(Task.WORDING) is None and _DENIES.search(sentence) is not None
