"""What the documentation says is tested, is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")


def file_of(path: str) -> Path:
    """A file of the tests, whose paths begin in their folder, or one of the product."""
    return next((file for file in (ROOT / "tests" / path, ROOT / path) if file.is_file()), ROOT / "nowhere")


@pytest.mark.parametrize("page", ["journeys.md", "accessibility.md", "threats.md", "documents.md"])
def test_every_test_that_is_named_exists(page: str) -> None:
    named = NAMED.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))
    assert len(named) > 10
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not (file := file_of(path)).is_file()
        or (test and f"def {test}(" not in file.read_text(encoding="utf-8"))
    ]
    assert missing == []
