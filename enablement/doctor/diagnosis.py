"""How a part is, in one sentence that says what to do where it is not well."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Health(StrEnum):
    """How a part is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One part, how it is, and what to do where it is not well."""

    part: str
    health: Health
    message: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
