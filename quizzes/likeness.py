"""How alike two questions are, by their words. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# At this share of common words one question is a rewording of the other (Jaccard index, 0 to 1).
NEAR: Final = 0.6
# Shorter words say little about what is asked.
SHORTEST: Final = 4


# The same texts are drawn from again and again: a class that starts a quiz reads each once.
@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """Return the longer words of a text, each once."""
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) >= SHORTEST)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1."""
    either = one | other
    return len(one & other) / len(either) if either else 1.0
