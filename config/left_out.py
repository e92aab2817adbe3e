"""A package that is installed and not wanted: what would use it goes on without it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_out(package: str) -> Iterator[None]:
    """What is imported in the block finds no `package`, unless somebody has loaded it before."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[package]
