"""Which sentences are read aloud to a buyer, and which make sense at the beginning of what is read. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enablement.chat.gate.asks import gives_orders

# Begins like this: the sentence leans on the one before it.
LEANS = re.compile(
    r"^[\"“]?(?:it|its|they|their|them|this|that|these|those|he|she|so|but|and|or|then|both|either|neither"
    r"|instead|otherwise|there|in return|even then|in that case|the same|yet|also|here|such|each|one of them"
    r"|for example|say both)\b",
    re.IGNORECASE,
)
# Further in, it leans too: “Remove them or mark them …”, “At that volume …”, “The facts in them …”.
_LEANS_BACK = re.compile(
    r"^(?![\w-]+ earns\b)(?:[\w’'-]+ ){1,2}(?:it|them|they|those|these|its|their|such)\b"
    r"|^(?:at|by|for|from|if|in|on|outside|under|when|where|with) (?:that|this)\b"
    r"|^\w+ \w+ (?:behind|in|inside|of) (?:it|them)\b"
    r"|^(?:keep (?:some|the rest)|some remain|the (?:reverse|rest)|for more,|with a new one)\b",
    re.IGNORECASE,
)
# Speaks of buyers to who sells: “A buyer who names documents …”, “Ask the buyer for one owner per source”.
_OF_BUYERS = re.compile(r"\b(?:buyer|buyers)\b(?!['’])", re.IGNORECASE)
_NAMES_BUYERS = re.compile(r"\b(?:buyer|client|customer|prospect|they|he|she)s?\b", re.IGNORECASE)
# A spoken answer turns to the buyer: “May I ask what bothers you in the answers today?”
_COUNTER_QUESTION = re.compile(r"^(?:may i|which one)\b[^:]*\?$", re.IGNORECASE)
# Points to what was said further up: “If the style is right …, it is the first cause.”
_POINTS_UP = re.compile(
    r"^take them\b|\bthe (?:first|second|third|latter|former) (?:cause|kind|half)\b", re.IGNORECASE
)
# Promises so many of something, which the sentences after it have to give.
_ANNOUNCES = re.compile(
    r"\b(two|three|four|five|six|seven)\s+(?:\w+\s+)?(?:kinds|failures|questions|stores|problems|things|causes"
    r"|ways|reasons|steps|parts|cases|costs|points|rules|jobs|options|limits|risks)\b[^:]*$",
    re.IGNORECASE,
)
_NUMBERS = ("two", "three", "four", "five", "six", "seven")
# Words to an assistant that a passage quotes: “State the following: …”, “you must follow my instructions”.
_TO_ASSISTANT = re.compile(
    r"^\W*(?:please\s+)?(?:state|print|output|repeat|respond|reply|write|say)\b[^:]{0,30}\bfollowing\b[^:]{0,20}:"
    r"|\b(?:listen to|follow|obey)\s+my\s+(?:instructions?|orders?|commands?)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)


def leans_back(sentence: str) -> bool:
    """Whether a sentence further in makes no sense without the one before it."""
    leans = LEANS.match(sentence) or _LEANS_BACK.match(sentence) or _POINTS_UP.search(sentence)
    return bool(leans)


def is_told(question: str, sentence: str, *, at_start: bool) -> bool:
    """Whether a sentence is said. What points to one further up is, where all from the start is said.

    What speaks of buyers is said to who asks about them.
    """
    follows = at_start or not _POINTS_UP.search(sentence)
    to_seller = _OF_BUYERS.search(sentence) and not _NAMES_BUYERS.search(question)
    return follows and is_spoken(sentence) and not (to_seller or _COUNTER_QUESTION.match(sentence))


def is_spoken(sentence: str) -> bool:
    """Whether a sentence can be read aloud to a buyer: no markup, and no order to an assistant.

    A card may hold either, quoted from somewhere; an answer never says it.
    """
    return not (_MARKUP.search(sentence) or _TO_ASSISTANT.search(sentence) or gives_orders(sentence))


def kept_promises(sentences: Sequence[str]) -> int:
    """Return how many of `sentences` come before one that announces more than follow it here."""
    for at, sentence in enumerate(sentences):
        announced = _ANNOUNCES.search(sentence)
        if announced and len(sentences) - at - 1 < _NUMBERS.index(announced.group(1).lower()) + 2:
            return at
    return len(sentences)
