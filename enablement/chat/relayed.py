"""A question that is passed on (“what do I say if they ask whether …”), without the words around it. Pure."""

from __future__ import annotations

import re

_THEY = (
    r"(?:(?:the|a|my|our|this)\s+)?(?:buyers?|customers?|clients?|prospects?|agency|they|he|she|someone"
    r"|somebody|people|cio|ciso)"
)
_ASK = (
    r"(?:(?:just|now|keeps?|is|are)\s+)?(?:ask(?:s|ed|ing)?|wants? to know|wonders?|wondering)"
    r"(?:\s+(?:me|us))?(?!\s+(?:for|to|about)\b)"
)
_WHETHER = r"(?:\s*[,:]\s*|\s+)(?:(?:whether|if|that)\s+)?"
_AROUND = re.compile(
    r"^\W*(?:(?:so|and|ok|hi|help)\W+)*(?:"
    rf"(?:what|how)\s+(?:do|should|can|would|could)\s+(?:i|we)\s+(?:say|tell\s+{_THEY}|answer|reply|respond)\s+"
    rf"(?:if|when)\s+{_THEY}\s+(?:{_ASK}|says?|claims?){_WHETHER}"
    rf"|{_THEY}\s+{_ASK}{_WHETHER})",
    re.IGNORECASE,
)
# What is left must have so many words; else the words around it are the question.
SHORTEST = 3


def without_frame(question: str) -> str:
    """Return the question that is passed on; `question` as it is where it is asked outright."""
    rest = question[match.end() :] if (match := _AROUND.match(question)) else ""
    return rest if len(rest.split()) >= SHORTEST else question
