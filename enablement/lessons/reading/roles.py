"""What a heading or a lead-in announces, by its wording."""

from __future__ import annotations

import re
from dataclasses import dataclass

from enablement.lessons.reading.sentences import plain
from enablement.lessons.reading.wordings import WORDINGS, Role

FIT_ROLES = (Role.FITS, Role.DOES_NOT_HELP, Role.COSTS, Role.ADVICE)
MAX_READ = 160
COMPILED = tuple((role, re.compile(wording, re.I)) for role, all_of in WORDINGS.items() for wording in all_of)
NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|step \d+[:.]?)\s+", re.I)
PRONOUNS = frozenset({"it", "this", "that", "you", "they"})


@dataclass(frozen=True, slots=True)
class Announced:
    """What is announced, and of what (`subject` is empty when the wording names none)."""

    role: Role
    subject: str


def announced(text: str) -> Announced | None:
    """Return what a heading or lead-in announces, or None. Looks at its first 160 characters."""
    head = " ".join(NUMBER.sub("", plain(text[:MAX_READ])).replace("’", "'").split())
    for role, pattern in COMPILED:
        match = pattern.search(head)
        if match:
            subject = (match.groupdict().get("x") or "").strip()
            return Announced(role, "" if subject.lower() in PRONOUNS else subject)
    return None


def role_of(text: str) -> Role | None:
    """Return only the role that `text` announces."""
    found = announced(text)
    return found.role if found else None
