"""What an adapter learns from. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A text; yes or no for each signal; what it is about (empty: not said); the kind it belongs to."""

    text: str
    flags: tuple[bool, ...]
    topic: str
    kind: str

    def as_row(self) -> tuple[str, str, str]:
        return self.text, self.kind, "".join("01"[flag] for flag in self.flags)
