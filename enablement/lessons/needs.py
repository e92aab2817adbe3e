"""What a situation needs, told by the signals of the distinctions that readers learn to tell apart.

“The task requires facts that the model lacks” and “It must know our product catalogue” share no word, and
both show the signal *knowledge*: two documents that recommend opposite things for them disagree. And two
situations that need different things do not, however alike their words are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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

# A signal that this share of situations shows tells no two of them apart.
COMMON_SHARE = 1 / 3

Needs = frozenset[str]


def needs_of(texts: Sequence[str], cards: Sequence[str]) -> list[Needs | None]:
    """Return for each text the signals that it shows; None where that is not sure.

    `cards` are the methods that the texts speak of: a distinction tells only about those of its lesson.
    Raises EncoderUnavailable.
    """
    needs: list[Needs | None] = [None] * len(texts)
    for distinction in Distinction.objects.filter(state=State.RELEASED):
        methods = set(Card.objects.filter(lesson=distinction.lesson_id).values_list("slug", flat=True))
        about = [at for at, card in enumerate(cards) if card in methods]
        found = _signals(distinction, [texts[at] for at in about])
        for at, shown in zip(about, found, strict=True):
            needs[at] = shown if needs[at] is None else needs[at]
    return needs


def telling_signals(needs: Sequence[Needs | None]) -> Needs:
    """The signals that only some situations show, so that to share one says something."""
    sure = [shown for shown in needs if shown is not None]
    counts = Counter(signal for shown in sure for signal in shown)
    return Needs(signal for signal, count in counts.items() if count < COMMON_SHARE * len(sure))


def _signals(distinction: Distinction, texts: Sequence[str]) -> list[Needs | None]:
    prefix = signal_head(distinction, "")
    heads = {head.name: regression_of(head) for head in Head.objects.filter(name__startswith=prefix)}
    if not heads or not texts:
        return [None] * len(texts)
    vectors = encode(list(texts), model=model_for(Task.SORTING))
    strengths: Any = np.stack([head.probabilities(vectors) for head in heads.values()], axis=1)
    names = list(heads)
    sure: Any = ((strengths >= SHOWN) | (strengths <= ABSENT)).all(axis=1)
    return [
        frozenset(name for name, strength in zip(names, row, strict=True) if strength >= SHOWN)
        if ok
        else None
        for row, ok in zip(strengths, sure, strict=True)
    ]
