"""Train the adapter of the answer check: `python -m enablement.judges.answer_adapter_training ROWS OUT`.

It learns from the graded rows in the file ROWS whose good answers are sentences, and from our own short
answers. OUT gets the likeness of every pair of a piece and a way to say it, for the rows of a third of the
questions, by an adapter that saw none of these nor any that shares a way to answer. It imports torch, so it
runs in a process of its own: `manage.py train_judges --grading DIR` starts it.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from enablement.judges.adapter_files import Task, is_held_back
from enablement.judges.adapter_training import FIXTURES, load_encoder, save_adapter
from enablement.judges.answer_adapting import read_texts, train_on_answers
from enablement.judges.answer_fitting import GradedRow, are_essays, question_folds
from enablement.judges.answer_model import Numbers
from enablement.judges.answer_words import answer_pieces
from enablement.judges.judgements import Asked
from enablement.judges.lowrank import LowRank
from enablement.judges.short_answers import AnsweredQuestion, short_answers
from enablement.judges.starter_examples import starter_examples

# The check is fitted on likenesses by a second adapter, which has not seen this third of the questions.
THIRDS, LEFT_OUT = 3, 1
Say = Callable[[str], None]


def train(rows: Sequence[GradedRow], say: Say) -> list[Numbers]:
    """Train the adapter, write its file; return (k,) likenesses of the rows left out, none of the others."""
    essays = {source for source in {row.source for row in rows} if are_essays(rows, source)}
    sentences = [row for row in rows if row.source not in essays]
    thirds = question_folds(sentences, THIRDS)
    _, learnt = _trained(sentences, lambda text: say(f"all: {text}"))
    save_adapter(Task.ANSWERS, learnt, starter_examples(Task.ANSWERS, FIXTURES))
    left_out = [row for row, third in zip(sentences, thirds, strict=True) if third == LEFT_OUT]
    others = [row for row, third in zip(sentences, thirds, strict=True) if third != LEFT_OUT]
    model, _ = _trained(others, lambda text: say(f"without a third: {text}"))
    found = dict(zip(left_out, _likenesses(model, left_out), strict=True))
    return [found.get(row, np.empty(0)) for row in rows]


def _trained(rows: Sequence[GradedRow], say: Say) -> tuple[Any, dict[str, LowRank]]:
    ours = [_without_held_back(question) for question in short_answers(FIXTURES)]
    model = load_encoder()
    return model, train_on_answers(model, [*_questions(rows), *ours], say)


def _without_held_back(question: AnsweredQuestion) -> AnsweredQuestion:
    kept = tuple((text, correct) for text, correct in question.answers if not is_held_back(text))
    return AnsweredQuestion(question.question, question.says, kept, question.alike)


def _questions(rows: Iterable[GradedRow]) -> list[AnsweredQuestion]:
    answers: dict[tuple[str, tuple[str, ...]], list[tuple[str, bool]]] = defaultdict(list)
    for row in rows:
        answers[row.asked.question, row.asked.says].append((row.asked.answer, row.correct))
    return [AnsweredQuestion(*asked, tuple(given), alike=False) for asked, given in answers.items()]


def _likenesses(model: Any, rows: Sequence[GradedRow]) -> list[Numbers]:
    pieces = [[row.asked.answer[slice(*span)] for span in answer_pieces(row.asked.answer)] for row in rows]
    texts = sorted({text for row in rows for text in row.asked.says} | {t for said in pieces for t in said})
    vectors = dict(zip(texts, read_texts(model, texts), strict=True)) if texts else {}
    return [
        np.array([float(vectors[piece] @ vectors[way]) for piece in said for way in row.asked.says])
        for row, said in zip(rows, pieces, strict=True)
    ]


def main() -> None:
    """Train on the rows of a file (see `train_judges`); progress goes to standard error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    start = time.monotonic()

    def say(message: str) -> None:
        print(f"answers, {time.monotonic() - start:.0f} s: {message}", file=sys.stderr, flush=True)

    rows = [
        GradedRow(source, Asked(question, tuple(says), answer), correct)
        for source, question, says, answer, correct in json.loads(options.rows.read_text(encoding="utf-8"))
    ]
    found = train(rows, say)
    np.savez_compressed(options.out, flat=np.concatenate(found), counts=[len(row) for row in found])


if __name__ == "__main__":
    main()
