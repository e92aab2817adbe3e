"""What a situation needs, told by the signals of the distinctions that readers learn to tell apart.

“The task requires facts that the model lacks” and “It must know our product catalogue” share no word, and
both show the signal *knowledge*: two documents that recommend opposite things for them disagree. And two
situations that need different things do not, however alike their words are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from enablement.judges.adapter_files import Task
from enablement.judges.adapters import model_for
from enablement.judges.encoder import encode
from enablement.judges.heads import regression_of
from enablement.judges.sorting import signal_head
from enablement.models import Card, Distinction, Head, State

# From this strength on a signal is there, below the other it is not; in between nobody knows.
SHOWN, ABSENT = 0.7, 0.3

# A signal that this share of situations shows tells no two of them apart. On four articles and our own cards
# “facts are missing” is shown by 0.15 of them, “the way of answering is wrong” by 0.31: half way by ratio.
COMMON_SHARE = 0.22


@dataclass(frozen=True, slots=True)
class Need:
    """The signals that a situation shows for sure, and those that it lacks for sure."""

    shown: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()

    def clashes(self, other: Need) -> bool:
        """Whether one shows what the other lacks."""
        return bool(self.shown & other.absent or self.absent & other.shown)


def needs_of(texts: Sequence[str], cards: Sequence[str]) -> list[Need | None]:
    """Return for each text what it needs; None where no distinction tells.

    `cards` are the methods that the texts speak of: a distinction tells only about those of its lesson.
    Raises EncoderUnavailable.
    """
    needs: list[Need | None] = [None] * len(texts)
    for distinction in Distinction.objects.filter(state=State.RELEASED):
        methods = set(Card.objects.filter(lesson=distinction.lesson_id).values_list("slug", flat=True))
        about = [at for at, card in enumerate(cards) if card in methods]
        for at, need in zip(about, _needs(distinction, [texts[at] for at in about]), strict=False):
            needs[at] = needs[at] or need
    return needs


def telling_signals(needs: Sequence[Need | None]) -> frozenset[str]:
    """The signals that only some situations show, so that to share one says something."""
    sure = [need for need in needs if need is not None]
    shown = Counter(signal for need in sure for signal in need.shown)
    known = shown + Counter(signal for need in sure for signal in need.absent)
    return frozenset(signal for signal, count in shown.items() if count < COMMON_SHARE * known[signal])


def _needs(distinction: Distinction, texts: Sequence[str]) -> Iterator[Need]:
    """What each text needs; nothing where the distinction has not been learnt yet."""
    prefix = signal_head(distinction, "")
    heads = {head.name: regression_of(head) for head in Head.objects.filter(name__startswith=prefix)}
    if not heads or not texts:
        return
    vectors = encode(list(texts), model=model_for(Task.SORTING))
    strengths: Any = np.stack([head.probabilities(vectors) for head in heads.values()], axis=1)
    for row in strengths:
        named = list(zip(heads, row, strict=True))
        yield Need(
            frozenset(name for name, strength in named if strength >= SHOWN),
            frozenset(name for name, strength in named if strength <= ABSENT),
        )
