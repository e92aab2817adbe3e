"""Which column of a table is which, by the wording of its header."""

from __future__ import annotations

import re

from enablement.lessons.reading.sentences import plain
from enablement.lessons.reading.tables import Row

SIGNS = re.compile(r"^[^\w]+")
DONT = re.compile(
    r"(?:what )?(?:(?:we|you) )?(?:used to say|do(?:n't| not) \w+|dont \w+|not to say|never|avoid|stop"
    r"|instead of|not this|risky|banned|(?:old|previous|former) (?:wording|phrase|term))\b"
    r"|(?:common )?(?:myth|misconception)s?$"
)
DO = re.compile(
    r"(?:what )?(?:(?:we|you) )?(?:now say|do say|to say|say|write|put|use|instead|try|prefer|better"
    r"|approved|this|replace with|new (?:wording|phrase|term))\b"
    r"|(?:the )?(?:facts?|truth|reality|what is true)$"
)
WHY = re.compile(
    r"(?:the )?(?:why|reason|because|rationale|explanation|note|what it (?:does|prevents)|purpose|effect)"
)
# Words that also head other tables: they count where the cells are quoted or the section is a guide.
WEAK_DONT = re.compile(r"(?:(?:do(?:n't| not)|donts?|not)$|before|old|wrong|bad|weak|worse|replace|less)\b")
WEAK_DO = re.compile(r"(?:(?:dos?|but)$|after|new|right|good|strong|correct|more|with)\b")
TERM = re.compile(r"(?:key )?(?:term|word|phrase|acronym|abbreviation|concept|jargon|name)s?\b")
MEANING = re.compile(
    r"(?:meaning|definition|what (?:it|that) (?:means|is)|means|explanation|description"
    r"|in plain|plain|in short)"
)
FULL_NAME = re.compile(r"(?:stands for|full name|long form|expansion|written out|in full|spelled out)")
TRAIT = re.compile(
    r"(?:|trait|aspect|feature|criteri(?:on|a)|dimension|factor|property|question|attribute|topic|category)s?$"
)


def columns_of(header: Row, *, weak: bool) -> dict[str, int]:
    """Return the columns named dont_say, do_say and why, as far as the header has them."""
    found: dict[str, int] = {}
    for column, cell in enumerate(header.cells):
        name = _column(heading_key(cell.text), weak)
        if name:
            found.setdefault(name, column)
    return found


def term_columns(header: Row) -> dict[str, int]:
    """Return the columns named term, meaning and alias; empty when the table is no glossary.

    What an acronym stands for is its meaning where no other column explains it.
    """
    keys = [heading_key(cell.text) for cell in header.cells]
    found: dict[str, int] = {}
    for name, wording in (("term", TERM), ("meaning", MEANING), ("alias", FULL_NAME)):
        free = (place for place, key in enumerate(keys) if wording.match(key) and place not in found.values())
        if (place := next(free, None)) is not None:
            found[name] = place
    if "meaning" not in found and "alias" in found:
        found["meaning"] = found.pop("alias")
    return found if {"term", "meaning"} <= found.keys() else {}


def heading_key(text: str) -> str:
    """Return a column's heading in lower case, without signs, emphasis and curly apostrophes."""
    return SIGNS.sub("", plain(text[:80]).lower().replace("’", "'")).strip()


def _column(key: str, weak: bool) -> str:
    if DONT.match(key) or (weak and WEAK_DONT.match(key)):
        return "dont_say"
    if WHY.match(key):
        return "why"
    if DO.match(key) or (weak and WEAK_DO.match(key)):
        return "do_say"
    return ""
