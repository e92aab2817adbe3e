"""`evaluate retrieval`: its figures by hand, and that the knowledge base is left as it was."""

from __future__ import annotations

import json
import math
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from enablement.evaluation.retrieval import ndcg, recall, titled_pieces
from enablement.management.json_command import BadInput
from enablement.models import Lesson, Lexeme, Passage
from enablement.retrieval.indexing import index_lesson

DOCUMENTS = {
    "d1": "A worn cylinder lets the key slip in the lock.",
    "d2": "The upper hinge carries the weight of the door.",
    "d3": "Paint dries slower in winter.",
}
QUESTIONS = {"q1": "why does my key slip in the lock", "q2": "what carries the door's weight"}


def written(folder: Path, judgements: str = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq2\td2\t1\n") -> Path:
    def lines(rows: list[dict[str, Any]]) -> str:
        return "".join(json.dumps(row) + "\n" for row in rows)

    corpus = [{"_id": key, "title": "", "text": text} for key, text in DOCUMENTS.items()]
    (folder / "corpus.jsonl").write_text(lines(corpus))
    (folder / "queries.jsonl").write_text(lines([{"id": k, "text": text} for k, text in QUESTIONS.items()]))
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(judgements)
    return folder


def evaluated(folder: Path) -> dict[str, Any]:
    output = StringIO()
    call_command("evaluate", "retrieval", str(folder), "--json", stdout=output)
    result: dict[str, Any] = json.loads(output.getvalue())
    return result


@pytest.mark.django_db(transaction=True)
def test_each_arm_is_measured_and_the_knowledge_base_is_left_alone(
    released_lesson: Lesson, encoder: None, tmp_path: Path
) -> None:
    index_lesson(released_lesson)

    def kept() -> list[Any]:
        return [
            *Passage.objects.order_by("pk").values_list("pk", "key", "lexical"),
            *Lexeme.objects.order_by("pk").values_list("word", "passages"),
        ]

    before = kept()
    result = evaluated(written(tmp_path))
    assert (result["n"], result["documents"], result["passages"]) == (2, 3, 3)
    for arm in ("lexical", "dense", "hybrid"):
        assert result[arm]["ndcg_at_10"] == result[arm]["recall_at_10"] == 1.0
        assert 0 < result[arm]["ms_p50"] <= result[arm]["ms_p95"]
    assert kept() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("judgements", "message"),
    [("q1 d1 1\n", "line 1"), ("q1\td1\thigh\nq2\td2\tlow\n", "line 2"), ("x\td1\t1\n", "judges none")],
)
def test_bad_judgements_are_named(judgements: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=message):
        evaluated(written(tmp_path, judgements))


@pytest.mark.django_db
def test_a_folder_without_a_collection_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"corpus\.jsonl"):
        evaluated(tmp_path)


def test_gain_and_recall_by_hand() -> None:
    gains = {"a": 2, "b": 1}
    expected = (1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3))
    assert ndcg(["b", "a", "c"], gains) == pytest.approx(expected)
    assert ndcg(["c"], gains) == 0
    assert recall(["b", "c", "a"], gains, 2) == 0.5


def test_long_texts_are_cut_between_sentences_and_keep_their_title() -> None:
    body = " ".join(f"This is sentence number {n} of the text." for n in range(60))
    pieces = titled_pieces(f"The title\n{body}")
    assert len(pieces) == 4
    assert all(piece.startswith("The title\nThis is sentence") for piece in pieces)
    assert " ".join(piece.removeprefix("The title\n") for piece in pieces) == body
    assert titled_pieces("short") == ["short"]
    assert [len(piece.split()) for piece in titled_pieces("word " * 350)] == [150, 150, 50]
