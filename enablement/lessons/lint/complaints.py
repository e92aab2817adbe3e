"""What a check has to say about a place in a lesson."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One thing to mend: which rule, where (a piece is `kind:slug`, its field may be empty), and what."""

    lesson: str
    piece: str
    field: str
    rule: str
    message: str

    def __str__(self) -> str:
        place = " ".join(part for part in (self.lesson, self.piece, self.field) if part)
        return f"{place}: {self.message} [{self.rule}]"
