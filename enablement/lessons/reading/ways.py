"""The ways out of a yes/no question: “↓ No”, “Yes → Prompting”, “- If no, add retrieval”."""

from __future__ import annotations

import re
from dataclasses import dataclass

LEAD = re.compile(r"[\s│├└┌┬|`+*•>=↓→⇒↳⟶➜➔➡▶►─–—-]*")
WAY = re.compile(
    r"(?:if )?(?:\*\*|__)?(?P<answer>yes|no)\b(?:\*\*|__)?(?P<aside>\s*\([^()]{0,120}\))?"
    r"\s*(?:(?P<mark>[-=]+>|[→⇒⟶➜➔➡↓:,—–-])(?:\*\*|__)?\s*|$)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Way:
    """`answer` is yes or no; `target` is what follows on the same line, from `offset` characters on."""

    answer: str
    aside: str
    target: str
    offset: int


def without_lead(text: str) -> tuple[str, int]:
    """Strip arrows, bullets and box-drawing from the front; return the rest and how much was stripped."""
    lead = LEAD.match(text[:200])
    length = lead.end() if lead else 0
    return text[length:], length


def way_of(text: str) -> Way | None:
    """Return the way that a line gives, or None. “No, it is not” is prose, not a way."""
    rest, stripped = without_lead(text)
    match = WAY.match(rest[:300])
    if match is None:
        return None
    conditional = rest[:3].lower() == "if "
    if match["mark"] == "," and not conditional:
        return None
    aside = (match["aside"] or "").strip(" ()")
    return Way(match["answer"].lower(), aside, rest[match.end() :].strip(), stripped + match.end())


def is_way(text: str) -> bool:
    """Return whether a line answers a question with yes or no and leads on."""
    return way_of(text) is not None or text[:1] in "↓↳│├└"
