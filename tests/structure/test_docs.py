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


# WCAG 2.2: how many criteria each guideline has, and those that are of level AAA or were taken out.
LAST = {
    "1.1": 1, "1.2": 5, "1.3": 5, "1.4": 13, "2.1": 4, "2.2": 2, "2.3": 1, "2.4": 11, "2.5": 8, "3.1": 2,
    "3.2": 6, "3.3": 8, "4.1": 3,
}  # fmt: skip
NOT_AA = {
    *("1.4.6", "1.4.7", "1.4.8", "1.4.9", "2.1.3", "2.4.8", "2.4.9", "2.4.10", "2.5.5", "2.5.6", "3.2.5"),
    *("3.3.5", "3.3.6", "4.1.1"),
}


def test_every_criterion_of_wcag_has_a_row_of_its_own() -> None:
    criteria = [f"{guideline}.{at}" for guideline, last in LAST.items() for at in range(1, last + 1)]
    table = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
    wanted = [criterion for criterion in criteria if criterion not in NOT_AA]
    assert re.findall(r"^\| (\d[\d.]+) ", table, re.MULTILINE) == wanted
    assert not re.findall(r"^\| \d[^|]+\|\s*\|", table, re.MULTILINE)
