"""The figures on our own held-back examples, by hand, and the command that makes them."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from enablement.evaluation.alike import near_duplicate_rate
from enablement.evaluation.own_figures import (
    JudgedPhrasing,
    JudgedStatement,
    sorting_figures,
    wording_figures,
)
from enablement.evaluation.reliability import bins_of, draw, expected_error
from enablement.judges.training import train_all
from enablement.management.json_command import BadInput
from enablement.models import Head, Lesson, Phrasing, Statement
from enablement.retrieval.indexing import index_lesson

PHRASINGS = [
    JudgedPhrasing("found", "a", True, 0.9, "a"),
    JudgedPhrasing("found under another name", "a", True, 0.82, "b"),
    JudgedPhrasing("missed", "a", True, 0.3, ""),
    JudgedPhrasing("alarm", "b", False, 0.95, "b"),
    JudgedPhrasing("fine", "b", False, 0.0, ""),
]


def test_wording_by_threshold_and_entry() -> None:
    figures = wording_figures(PHRASINGS, 0.8)
    at = figures["thresholds"]["0.8"]
    assert (at["precision"], at["recall"], at["false_alarms"]) == (0.6667, 0.6667, 0.5)
    assert figures["entries"]["a"] == {
        "breaking": 3,
        "recall": 0.667,
        "flagged": 1,
        "precision": 1.0,
        "named": 1.0,
    }
    assert (figures["entries"]["b"]["recall"], figures["entries"]["b"]["precision"]) == (None, 0.5)
    assert figures["entries"]["b"]["named"] == 0.0
    assert [row["text"] for row in figures["worst"]] == ["alarm", "missed"]


def test_sorting_by_margin() -> None:
    rows = [
        JudgedStatement("a", "knowledge", "knowledge", True, (("facts", True, 0.95), ("change", False, 0.1))),
        JudgedStatement("b", "behaviour", "knowledge", True, (("facts", False, 0.9), ("change", True, 0.02))),
        JudgedStatement("c", "behaviour", "behaviour", False, (("facts", False, 0.4), ("change", True, 0.9))),
    ]
    figures = sorting_figures(rows, ["knowledge", "behaviour"])
    assert (figures["accuracy"], figures["swaps"]) == (0.6667, 1)
    assert figures["margins"]["0.36"] == {"unsure": 0.3333, "accuracy_when_sure": 0.5}
    assert [row["text"] for row in figures["worst"]] == ["b"]


def test_bins_hold_what_was_said_and_what_was_true() -> None:
    first, last = bins_of([0.05, 0.92, 1.0], [False, True, False])
    assert (first.n, first.share, last.n, last.share) == (1, 0.0, 2, 0.5)
    assert expected_error([first, last]) == pytest.approx((0.05 + 2 * 0.46) / 3)
    assert expected_error([]) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_every_judgement_is_in_one_bin_and_the_drawing_is_whole(rows: list[tuple[float, bool]]) -> None:
    bins = bins_of([confidence for confidence, _ in rows], [truth for _, truth in rows])
    assert sum(found.n for found in bins) == len(rows)
    drawing = ElementTree.fromstring(draw("A title", bins))
    assert len(drawing.findall("{http://www.w3.org/2000/svg}circle")) == len(bins)


def test_near_texts_of_one_kind_count_once() -> None:
    vectors = np.array([[1, 0], [1, 0.01], [1, 0.02], [0, 1]], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert near_duplicate_rate(vectors, ["x", "x", "y", "x"]) == 0.25
    assert near_duplicate_rate(vectors[:0], []) == 0.0


@pytest.mark.django_db
def test_the_command_measures_draws_and_keeps_nothing(
    released_lesson: Lesson, encoder: None, tmp_path: Path
) -> None:
    index_lesson(released_lesson)
    train_all()
    before = [set(model.objects.values_list("pk")) for model in (Phrasing, Statement)]
    fitted = dict(Head.objects.values_list("name", "examples_hash"))
    output = StringIO()
    call_command("judge_figures", "--json", "--plot", str(tmp_path), stdout=output)
    figures = json.loads(output.getvalue())
    assert figures["wording"]["n"] == 6
    assert figures["sorting"]["n"] == Statement.objects.count()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "reliability-sorting.svg",
        "reliability-wording.svg",
    ]
    assert [set(model.objects.values_list("pk")) for model in (Phrasing, Statement)] == before
    assert dict(Head.objects.values_list("name", "examples_hash")) == fitted


@pytest.mark.parametrize("arguments", [["teapots"], ["wording", "--plot", "/nowhere"]])
def test_the_command_refuses_what_it_cannot_do(arguments: list[str], encoder: None) -> None:
    with pytest.raises(BadInput):
        call_command("judge_figures", *arguments)
