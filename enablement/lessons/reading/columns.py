"""Which column of a table is which, by the wording of its header."""

from __future__ import annotations

import re

from enablement.lessons.reading.sentences import plain
from enablement.lessons.reading.tables import Row

SIGNS = re.compile(r"^[^\w]+")
DONT = re.compile(
    r"(?:what )?(?:do(?:n't| not)|dont|not to say|never|avoid|stop|instead of|not this|risky|banned)\b"
)
DO = re.compile(
    r"(?:what )?(?:do(?: say)?|to say|say|use|instead|try|prefer|better|approved|this|replace with)\b"
)
WHY = re.compile(
    r"(?:the )?(?:why|reason|because|rationale|explanation|note|what it (?:does|prevents)|purpose|effect)"
)
# Words that also head other tables: they count where the cells are quoted or the section is a guide.
WEAK_DONT = re.compile(r"(?:before|old|wrong|bad|weak|worse|replace|less)\b")
WEAK_DO = re.compile(r"(?:after|new|right|good|strong|correct|more|with)\b")
TERM = re.compile(r"(?:key )?(?:term|word|phrase|acronym|abbreviation|concept|jargon|name)s?\b")
MEANING = re.compile(
    r"(?:meaning|definition|what it means|means|explanation|description|in plain|plain|stands for)"
)
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


def term_columns(header: Row) -> tuple[int, int] | None:
    """Return the columns of the term and of its meaning, or None."""
    keys = [heading_key(cell.text) for cell in header.cells]
    term = next((place for place, key in enumerate(keys) if TERM.match(key)), -1)
    meaning = next((place for place, key in enumerate(keys) if MEANING.match(key) and place != term), -1)
    return (term, meaning) if term >= 0 and meaning >= 0 else None


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
