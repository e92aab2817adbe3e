"""Whether an answer says what a good answer says: the one check that quizzes and `evaluate grading` share."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from enablement.judges.adapter_files import Task
from enablement.judges.adapters import adapter_for, model_for
from enablement.judges.answer_features import Numbers, Vector, pair_features
from enablement.judges.answer_files import FittedCheck, shipped_check
from enablement.judges.answer_words import answer_pieces, answer_words
from enablement.judges.encoder import encode
from enablement.judges.judgements import Asked, Judgement

# Answers of one round trip to the encoder.
ANSWERS_PER_CALL = 100


def judge_answers(asked: Sequence[Asked], *, patience: float = 0.0) -> list[Judgement]:
    """Judge answers, the texts they share encoded once. Raises EncoderUnavailable."""
    task = Task.ANSWERS if adapter_for(Task.ANSWERS) else None
    check = shipped_check()
    bags = answer_bags(asked, task, patience=patience)
    return [
        _judged(check.fitting(one.says, adapted=task is not None), one, spans, bag)
        for one, (spans, bag) in zip(asked, bags, strict=True)
    ]


def _judged(check: FittedCheck, one: Asked, spans: Sequence[tuple[int, int]], bag: Numbers) -> Judgement:
    if not spans:
        return Judgement(met=False, start=0, end=0, confidence=0.0, sure=True, agreed=0.0)
    # The likeness by the adapter stands last, and not every check knows it.
    known = bag[:, : len(check.model.weights)]
    likely = check.model.probabilities(known).reshape(len(spans), len(one.says))
    denies = [answer_words(one.answer[slice(*span)]).denials > 0 for span in spans]
    denied = [answer_words(way).denials > 0 for way in one.says]
    agreeing = np.where(np.array(denies)[:, None] == np.array(denied)[None], likely, 0.0)
    confidence, agreed = float(likely.max()), float(agreeing.max())
    nearest = agreeing if agreed > confidence / 2 else likely
    start, end = spans[int(np.argmax(nearest.max(axis=1)))]
    sure = not check.unsure_from < confidence < check.sure_from
    met = confidence >= check.met_from
    return Judgement(met, start, end, round(confidence, 4), sure, round(agreed, 4))


def answer_bags(
    asked: Sequence[Asked], task: Task | None = None, *, patience: float = 0.0
) -> list[tuple[list[tuple[int, int]], Numbers]]:
    """Return for each answer its pieces, and features for each pair of a piece and a way to say it.

    With `task`, the likeness by its adapter is the last of them.
    """
    starts = range(0, len(asked), ANSWERS_PER_CALL)
    return [row for start in starts for row in _bags(asked[start : start + ANSWERS_PER_CALL], task, patience)]


def with_likeness(bag: Numbers, likeness: Numbers) -> Numbers:
    """Return the features of k pairs with their (k,) likenesses as the last column."""
    return np.hstack([bag, likeness[:, None]]) if len(bag) else bag


def _bags(
    asked: Sequence[Asked], task: Task | None, patience: float
) -> list[tuple[list[tuple[int, int]], Numbers]]:
    pieces = [answer_pieces(one.answer) for one in asked]
    said = [[one.answer[slice(*span)] for span in spans] for one, spans in zip(asked, pieces, strict=True)]
    compared = {text for one in asked for text in one.says} | {text for row in said for text in row}
    vectors = _vectors(compared | {one.question for one in asked}, "", patience)
    bags = [_features(one, row, vectors) for one, row in zip(asked, said, strict=True)]
    if task:
        adapted = _vectors(compared, model_for(task), patience)
        bags = [
            with_likeness(bag, _likeness(one, row, adapted))
            for bag, one, row in zip(bags, asked, said, strict=True)
        ]
    return list(zip(pieces, bags, strict=True))


def _vectors(texts: Set[str], model: str, patience: float) -> dict[str, Vector]:
    order = sorted(texts)
    return dict(zip(order, encode(order, model=model, patience=patience), strict=True))


def _features(one: Asked, said: Sequence[str], vectors: dict[str, Vector]) -> Numbers:
    question = vectors[one.question]
    return np.array(
        [
            pair_features(one.question, way, piece, (question, vectors[way], vectors[piece]))
            for piece in said
            for way in one.says
        ]
    )


def _likeness(one: Asked, said: Sequence[str], vectors: dict[str, Vector]) -> Numbers:
    return np.array([float(vectors[piece] @ vectors[way]) for piece in said for way in one.says])
