"""The gate before: whether what was found is enough to answer from. Pure.

Two signs, because each alone is fooled: how near the best passage is in meaning (a far question can share
words), and how much of the question the passages cover by word (a near question can ask about a product
that nobody wrote about). The figures were set on tests/chat/questions.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enablement.retrieval.search import Hit
from enablement.words import content_words, names_of

# How many of the best hits count.
DEPTH = 6
# Strength = closeness + 0.4 · coverage - 0.5 · share of names that nobody wrote about. Among the questions of
# our own the weakest to answer has 0.64 and the strongest to refuse 0.63.
COVERAGE_COUNTS = 0.4
UNKNOWN_COUNTS = 0.5
ENOUGH = 0.635
# Cosine below which no word in common helps: such questions are about something else.
FAR = 0.25
# Without the encoder the words alone must carry it.
COVERED_ENOUGH = 0.75


@dataclass(frozen=True, slots=True)
class Evidence:
    """`closeness`: best cosine, None without the encoder; `coverage`: 0 to 1; `unknown`: names in no hit."""

    enough: bool
    closeness: float | None
    coverage: float
    unknown: frozenset[str]


def weigh(question: str, hits: Sequence[Hit], contexts: Mapping[int, str]) -> Evidence:
    """Weigh what was found for `question`. `contexts` maps passage ids to words that help to find them."""
    best = hits[:DEPTH]
    texts = (f"{hit.title}. {contexts.get(hit.passage_id, '')}. {hit.text}" for hit in best)
    known = {word for text in texts for word in content_words(text)}
    wanted = list(dict.fromkeys(content_words(question)))
    coverage = sum(word in known for word in wanted) / len(wanted) if wanted else 0.0
    unknown = frozenset(names_of(question) - known)
    closeness = max((hit.dense for hit in best if hit.dense is not None), default=None)
    enough = bool(wanted) and _is_enough(closeness, coverage, len(unknown) / len(wanted))
    return Evidence(enough, closeness, coverage, unknown)


def _is_enough(closeness: float | None, coverage: float, unknown: float) -> bool:
    if closeness is None:
        return coverage >= COVERED_ENOUGH and not unknown
    strength = closeness + COVERAGE_COUNTS * coverage - UNKNOWN_COUNTS * unknown
    return closeness >= FAR and strength >= ENOUGH
