"""Whether an answer says what a good answer says: the one check that quizzes and `evaluate grading` share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from enablement.judges.answer_features import Numbers, Vector, pair_features
from enablement.judges.answer_files import FittedCheck, shipped_check
from enablement.judges.answer_words import answer_pieces, answer_words
from enablement.judges.encoder import encode
from enablement.judges.judgements import Asked, Judgement

# Answers of one round trip to the encoder.
ANSWERS_PER_CALL = 100


def judge_answers(asked: Sequence[Asked], *, patience: float = 0.0) -> list[Judgement]:
    """Judge answers, the texts they share encoded once. Raises EncoderUnavailable."""
    check = shipped_check()
    bags = answer_bags(asked, patience=patience)
    return [
        _judged(check.fitting(one.says), one, spans, bag)
        for one, (spans, bag) in zip(asked, bags, strict=True)
    ]


def _judged(check: FittedCheck, one: Asked, spans: Sequence[tuple[int, int]], bag: Numbers) -> Judgement:
    if not spans:
        return Judgement(met=False, start=0, end=0, confidence=0.0, sure=True, agreed=0.0)
    likely = check.model.probabilities(bag).reshape(len(spans), len(one.says))
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
    asked: Sequence[Asked], *, patience: float = 0.0
) -> list[tuple[list[tuple[int, int]], Numbers]]:
    """Return for each answer its pieces, and features for each pair of a piece and a way to say it."""
    starts = range(0, len(asked), ANSWERS_PER_CALL)
    return [row for start in starts for row in _bags(asked[start : start + ANSWERS_PER_CALL], patience)]


def _bags(asked: Sequence[Asked], patience: float) -> list[tuple[list[tuple[int, int]], Numbers]]:
    pieces = [answer_pieces(one.answer) for one in asked]
    said = [[one.answer[slice(*span)] for span in spans] for one, spans in zip(asked, pieces, strict=True)]
    texts = {text for one in asked for text in (one.question, *one.says)} | {t for row in said for t in row}
    order = sorted(texts)
    vectors = dict(zip(order, encode(order, patience=patience), strict=True))
    return [
        (spans, _features(one, row, vectors)) for one, spans, row in zip(asked, pieces, said, strict=True)
    ]


def _features(one: Asked, said: Sequence[str], vectors: dict[str, Vector]) -> Numbers:
    question = vectors[one.question]
    return np.array(
        [
            pair_features(one.question, way, piece, (question, vectors[way], vectors[piece]))
            for piece in said
            for way in one.says
        ]
    )
