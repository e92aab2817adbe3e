"""What somebody put into the box: a question, something that a buyer said, or a draft of their own. Pure.

Who asks a question gets an answer, who pastes a buyer's sentence a verdict, who pastes a draft is pointed to
the wording check. In doubt it is a question: that is what the box is for.
"""

from __future__ import annotations

import re
from enum import StrEnum

from enablement.sentences import split_sentences


class Given(StrEnum):
    """What a text is."""

    QUESTION = "question"
    STATEMENT = "statement"
    DRAFT = "draft"


_WHO = r"(?:(?:the|our|a|my|this)\s+)?(?:buyer|customer|client|prospect|agency|they)"
_SAYING = (
    r"(?:says?|said|told|tells|wants?|wanted|complains?|complained|insists?|claims?|writes|wrote"
    r"|keeps? saying|asks? for)"
)
_SAID = re.compile(rf"^\W*{_WHO}\b.{{0,40}}?\b{_SAYING}\b", re.IGNORECASE)
_QUOTED = re.compile(r"^\s*[\"“].{15,}[\"”]\s*[.!]?\s*$", re.DOTALL)
# First person plural, as buyers speak of themselves; a rep asks in the second or third person.
_OF_THEMSELVES = re.compile(r"^\W*(?:we|our|us)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\?|^\W*(?:so |and |but |ok |hi |hey |hello )?(?:what|why|how|when|where|who|which|whose|is|are|do"
    r"|does|did|can|could|should|would|will|has|have|may|must|explain|tell me|give me|compare|define|any"
    r"|need)\b"
    r"|\b(?:how (?:do|can|should) (?:i|we)|what (?:do|should|can) (?:i|we)|should (?:i|we)|thoughts|ideas"
    r"|any tips|please)\b",
    re.IGNORECASE,
)
_GREETS = re.compile(
    r"^\W*(?:dear|hi|hello|good (?:morning|afternoon|day))\b[^.?!]{0,40}[,\n]", re.IGNORECASE
)
_CLOSES = re.compile(r"\b(?:kind|best|warm) regards\b|\bsincerely\b|\bcheers\b,?\s*\n", re.IGNORECASE)
# A statement of fewer words says too little to be sorted; drafts are longer.
SHORTEST_STATEMENT = 6
SHORTEST_DRAFT = 25


def read_given(text: str) -> Given:
    """Return what `text` is."""
    words = len(text.split())
    ends = _CLOSES.search(text) is not None or len(split_sentences(text)) > 3
    if words >= SHORTEST_DRAFT and _GREETS.match(text) and ends:
        return Given.DRAFT
    if words < SHORTEST_STATEMENT:
        return Given.QUESTION
    if _QUOTED.match(text) and "?" not in text:
        return Given.STATEMENT
    if _ASKS.search(text):
        return Given.QUESTION
    return Given.STATEMENT if _SAID.match(text) or _OF_THEMSELVES.match(text) else Given.QUESTION
