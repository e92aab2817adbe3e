"""Train the adapters of the answer check: `python -m enablement.judges.answer_adapter_training ROWS OUT`.

They learn from the graded rows in the file ROWS whose good answers are sentences, and from our own short
answers. OUT gets, for every pair of a piece and a way to say it, what adapters make of it that saw neither
the row's question nor any that shares a way to answer. It imports torch, so it runs in a process of its own:
`manage.py train_judges --grading DIR` starts it. Minutes on a GPU, hours on a processor.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from enablement.judges.adapter_files import Task, is_held_back
from enablement.judges.adapter_training import FIXTURES, load_encoder, save_adapter
from enablement.judges.answer_adapting import Head, Likeness, Together, train_on_answers
from enablement.judges.answer_files import LEARNT
from enablement.judges.answer_fitting import GradedRow, are_essays, question_folds
from enablement.judges.answer_model import Numbers
from enablement.judges.answer_words import answer_pieces
from enablement.judges.judgements import Asked
from enablement.judges.short_answers import AnsweredQuestion, short_answers
from enablement.judges.starter_examples import starter_examples
from enablement.judges.text_pairs import joined

# The check is fitted on what other adapters make of each third of the questions, which have not seen it.
THIRDS = 3
Say = Callable[[str], None]


def train(rows: Sequence[GradedRow], say: Say) -> list[Numbers]:
    """Train the adapters, write their files; return (k, 2) numbers of each row's pairs, none for essays."""
    essays = {source for source in {row.source for row in rows} if are_essays(rows, source)}
    sentences = [row for row in rows if row.source not in essays]
    thirds = question_folds(sentences, THIRDS)
    learnt, _ = train_on_answers(Likeness, load_encoder(), _questions(sentences), _telling(say, "likeness"))
    save_adapter(Task.ANSWERS, learnt, starter_examples(Task.ANSWERS, FIXTURES))
    learnt, head = train_on_answers(Together, load_encoder(), _questions(sentences), _telling(say, "reading"))
    save_adapter(Task.PAIRS, learnt, starter_examples(Task.PAIRS, FIXTURES), head.weights)
    found: dict[GradedRow, Numbers] = {}
    for third in range(THIRDS):
        others = [row for row, its in zip(sentences, thirds, strict=True) if its != third]
        left_out = [row for row, its in zip(sentences, thirds, strict=True) if its == third]
        found |= dict(zip(left_out, _numbers(others, left_out, say), strict=True))
    return [found.get(row, np.empty((0, len(LEARNT)))) for row in rows]


def _telling(say: Say, what: str) -> Say:
    return lambda text: say(f"{what}: {text}")


def _numbers(others: Sequence[GradedRow], left_out: Sequence[GradedRow], say: Say) -> list[Numbers]:
    """What adapters that learnt from `others` make of the rows `left_out`."""
    pairs = [list(_pairs(row.asked)) for row in left_out]
    _, likeness = train_on_answers(
        Likeness, load_encoder(), _questions(others), _telling(say, "likeness, a third left out")
    )
    alone = _read(likeness, [text for some in pairs for pair in some for text in pair])
    _, reading = train_on_answers(
        Together, load_encoder(), _questions(others), _telling(say, "reading, a third left out")
    )
    together = _read(reading, [joined(*pair) for some in pairs for pair in some])
    line = reading.weights.numpy()

    def numbers(way: str, piece: str) -> tuple[float, float]:
        read = together[joined(way, piece)] @ line[:-1] + line[-1]
        return float(alone[way] @ alone[piece]), float(read)

    return [np.array([numbers(*pair) for pair in some]).reshape(len(some), len(LEARNT)) for some in pairs]


def _pairs(asked: Asked) -> Iterator[tuple[str, str]]:
    for span in answer_pieces(asked.answer):
        yield from ((way, asked.answer[slice(*span)]) for way in asked.says)


def _read(head: Head, texts: Iterable[str]) -> dict[str, Any]:
    order = sorted(set(texts))
    return dict(zip(order, head.reader.read(order), strict=True))


def _questions(rows: Iterable[GradedRow]) -> list[AnsweredQuestion]:
    """The rows by question, and our own short answers without those held back."""
    answers: dict[tuple[str, tuple[str, ...]], list[tuple[str, bool]]] = defaultdict(list)
    for row in rows:
        answers[row.asked.question, row.asked.says].append((row.asked.answer, row.correct))
    theirs = [AnsweredQuestion(*asked, tuple(given), alike=False) for asked, given in answers.items()]
    return [*theirs, *map(_without_held_back, short_answers(FIXTURES))]


def _without_held_back(question: AnsweredQuestion) -> AnsweredQuestion:
    kept = tuple((text, correct) for text, correct in question.answers if not is_held_back(text))
    return AnsweredQuestion(question.question, question.says, kept, question.alike)


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
