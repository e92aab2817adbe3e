"""A text that is still arriving, line by line. Pure."""

from __future__ import annotations


class LineBuffer:
    """Takes a text in pieces of any size and hands out its lines as soon as they are whole, none empty."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[str]:
        """Take the next piece and return the lines that are whole now."""
        *whole, self._text = (self._text + piece).split("\n")
        return _written(whole)

    def flush(self) -> list[str]:
        """Return what is left."""
        left, self._text = self._text, ""
        return _written([left])


def _written(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]
