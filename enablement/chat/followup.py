"""A question that leans on the one before it, made to stand alone: without a model. Pure.

“And what does that cost?” after “When does fine-tuning pay off?” is understood as “And what does fine-tuning
cost?”. What it was understood as is shown, so that a wrong guess is seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from enablement.words import content_words

# So many content words and more, and a question stands alone unless it points back.
STANDS_ALONE = 3
# A question that points back with one of these and has few words of its own is about what came before.
POINTS_BACK = re.compile(
    r"\b(?:it|its|that|this|these|those|they|them|their|the same|such a thing|the first|the second|the latter"
    r"|the former|both)\b(?!\s+(?:is|was)\s+(?:a|an|the)\b)",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"^\W*(?:(?:ok|okay|yes|right|well|hm+)\W+)?(?:and|but|so|or|also|then|what about|how about|what if"
    r"|why(?:\s+not|\s+so)?\W*$|how so"
    r"|how come\W*$|how\W*$|for example|e\.g\.|such as|like what|more|tell me more|go on|examples?\W*$"
    r"|really|since when|instead|compared to what|in what way|which ones?)\b",
    re.IGNORECASE,
)
# Articles that a name put in the place of a pronoun does not need.
_PRONOUN = re.compile(
    r"\b(?:it|that|this|they|them|these|those|the same|the latter|the former)\b", re.IGNORECASE
)
_LEADING = re.compile(
    r"^\W*(?:(?:ok|okay|yes|right|well|hm+)\W+)?(?:and|but|so|or|also|then)\b[\s,]*", re.IGNORECASE
)
# What a question was understood as that has another one behind it: only that one is carried on.
_BEHIND = re.compile(r"^.* \((?P<earlier>.+)\)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The turn before: its question as it was understood, and what its answer was about, the nearest first
    (“Fine-tuning”).
    """

    question: str
    subjects: Sequence[str] = ()


def stand_alone(question: str, earlier: Earlier | None) -> str:
    """Return `question` so that it can be understood without the conversation; as it is where it can be."""
    if earlier is None or not leans(question):
        return question
    subject = next((name for name in earlier.subjects if _is_named(name, earlier.question)), "")
    bare = _LEADING.sub("", question).strip()
    if subject and content_words(bare) and _PRONOUN.search(bare):
        return _PRONOUN.sub(subject, bare, count=1)
    if subject and content_words(bare):
        return f"{bare.rstrip('?!. ')}, {subject}?"
    behind = _BEHIND.match(earlier.question)
    return f"{bare or question.strip()} ({behind['earlier'] if behind else earlier.question})"


def leans(question: str) -> bool:
    """Whether a question cannot be understood alone."""
    own = len(set(content_words(question)))
    goes_on, points_back = bool(GOES_ON.match(question)), bool(POINTS_BACK.search(question))
    return (own < STANDS_ALONE and (goes_on or points_back or not own)) or (goes_on and points_back)


def _is_named(subject: str, question: str) -> bool:
    """Whether a question names a subject: else it is only what was found for it."""
    words = set(content_words(subject))
    return bool(words) and words <= set(content_words(question))
