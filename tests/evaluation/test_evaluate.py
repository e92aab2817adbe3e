"""The figures of `evaluate`, recomputed by hand, and what it says to a bad file."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from enablement.evaluation.metrics import confusion, per_label, precision_recall
from enablement.judges.training import train_all
from enablement.management.json_command import BadInput
from enablement.models import Lesson, Turn
from enablement.retrieval.indexing import index_lesson

NAMES = ["lock", "hinge", "neither"]


@pytest.fixture
def ready(released_lesson: Lesson, encoder: None) -> None:
    index_lesson(released_lesson)
    train_all()


def evaluated(kind: str, path: Path, rows: list[dict[str, Any]]) -> dict[str, Any]:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    output = StringIO()
    call_command("evaluate", kind, str(path), "--json", "--predictions", str(path) + ".out", stdout=output)
    result: dict[str, Any] = json.loads(output.getvalue())
    return result


@pytest.mark.django_db
def test_sorting_counts_every_row_and_keeps_predictions(ready: None, tmp_path: Path) -> None:
    rows = [
        {"id": 1, "text": "The key is stuck in the lock", "label": "lock"},
        {"id": 2, "text": "The upper hinge has come off", "label": "hinge"},
    ]
    result = evaluated("sorting", tmp_path / "rows", rows)
    assert result["n"] == sum(sum(row.values()) for row in result["confusion"].values()) == 2
    assert 0 <= result["accuracy"] <= 1
    assert len((tmp_path / "rows.out").read_text().splitlines()) == 2


@pytest.mark.django_db
def test_wording_counts_what_is_flagged(ready: None, tmp_path: Path) -> None:
    rows = [
        {
            "id": 1,
            "text": "Our locks are unbreakable",
            "label": "flag",
            "which": "no-promise",
            "genre": "page",
        },
        {"id": 2, "text": "They wrote “our locks are unbreakable” on the box.", "label": "ok"},
    ]
    result = evaluated("wording", tmp_path / "rows", rows)
    assert (result["precision"], result["recall"], result["false_alarm_rate"]) == (1.0, 1.0, 0.0)
    assert result["per_which"] == {"no-promise": {"n": 1, "recall": 1.0}}
    assert result["by_genre"] == {
        "page": {"n": 1, "recall": 1.0, "recall_interval": [0.2065, 1.0]},
        "unnamed": {"n": 1, "false_alarm_rate": 0.0, "false_alarm_rate_interval": [0.0, 0.7935]},
    }


@pytest.mark.django_db
def test_answers_are_measured_and_not_kept(ready: None, tmp_path: Path) -> None:
    rows = [
        {"id": 1, "text": "What is a hinge?", "answerable": True, "gold": ["door-hinge"]},
        {"id": 2, "text": "Who won the Super Bowl?", "answerable": False, "refuse_kind": "news"},
    ]
    result = evaluated("answers", tmp_path / "rows", rows)
    assert result["wrong_answers"] == []
    assert result["by_kind"]["news"] == {"n": 1, "refused": 1.0}
    assert result["gold_leads"] == 1.0
    assert 0 < result["gold_of_cited"] <= 1
    assert not Turn.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "says"),
    [("", "no rows"), ("{", "line 1: not JSON"), ('{"id": 1, "text": "a"}', "label is missing")],
)
def test_a_bad_file_is_named_with_its_line(ready: None, tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "rows"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        call_command("evaluate", "sorting", str(path))


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), min_size=1, max_size=30))
def test_the_confusion_table_holds_the_figures(pairs: list[tuple[str, str]]) -> None:
    labels, predictions = [a for a, _ in pairs], [b for _, b in pairs]
    table, figures = confusion(labels, predictions, NAMES), per_label(labels, predictions, NAMES)
    for name in NAMES:
        column = sum(table[label][name] for label in NAMES)
        row = sum(table[name].values())
        assert figures[name] == {"n": row, **precision_recall(table[name][name], column, row)}
