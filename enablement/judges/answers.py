"""Whether an answer says what a good answer says: the one check that quizzes and `evaluate grading` share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

import numpy as np
import numpy.typing as npt

from enablement.judges.adapter_files import ANSWER_TASKS, Task, load_line
from enablement.judges.adapters import adapter_for, model_for
from enablement.judges.answer_features import Numbers, Vector, pair_features
from enablement.judges.answer_files import FittedCheck, is_essay, shipped_check
from enablement.judges.answer_words import answer_pieces, answer_words
from enablement.judges.encoder import encode
from enablement.judges.judgements import Asked, Judgement
from enablement.judges.text_pairs import joined, without_marks

# Answers whose texts are encoded together.
ANSWERS_PER_CALL = 100
# Pairs of one answer that are read together: those that lie nearest. Reading takes as long as the pairs are
# many, and an answer of ten sentences has some hundred.
MOST_READ = 16
Spans = list[tuple[int, int]]


def judge_answers(asked: Sequence[Asked], *, patience: float = 0.0) -> list[Judgement]:
    """Judge answers, the texts they share encoded once. Raises EncoderUnavailable."""
    adapted = all(adapter_for(task) for task in ANSWER_TASKS)
    check = shipped_check()
    bags = answer_bags(asked, adapted=adapted, patience=patience)
    return [
        _judged(check.fitting(one.says, adapted=adapted), one, spans, bag)
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
    asked: Sequence[Asked], *, adapted: bool = False, patience: float = 0.0
) -> list[tuple[Spans, Numbers]]:
    """Return for each answer its pieces, and features for each pair of a piece and a way to say it.

    `adapted`: where a good answer takes a sentence, with what the adapters make of each pair.
    """
    starts = range(0, len(asked), ANSWERS_PER_CALL)
    return [
        row for start in starts for row in _bags(asked[start : start + ANSWERS_PER_CALL], adapted, patience)
    ]


def with_learnt(bag: Numbers, learnt: Numbers) -> Numbers:
    """Return the features of k pairs with (k, 2) numbers by the adapters as the last columns."""
    return np.hstack([bag, learnt]) if len(bag) else bag


def _bags(asked: Sequence[Asked], adapted: bool, patience: float) -> list[tuple[Spans, Numbers]]:
    pieces = [answer_pieces(one.answer) for one in asked]
    said = [
        [without_marks(one.answer[slice(*span)]) for span in spans]
        for one, spans in zip(asked, pieces, strict=True)
    ]
    vectors = _vectors(_compared(asked, said) | {one.question for one in asked}, "", patience)
    bags = [_features(one, row, vectors) for one, row in zip(asked, said, strict=True)]
    if adapted:
        short = [n for n, one in enumerate(asked) if not is_essay(one.says)]
        learnt = _learnt([asked[n] for n in short], [said[n] for n in short], patience)
        for n, numbers in zip(short, learnt, strict=True):
            bags[n] = with_learnt(bags[n], numbers)
    return list(zip(pieces, bags, strict=True))


def _compared(asked: Sequence[Asked], said: Sequence[Sequence[str]]) -> set[str]:
    return {way for one in asked for way in one.says} | {text for row in said for text in row}


def _vectors(texts: Set[str], model: str, patience: float) -> dict[str, Vector]:
    order = sorted(texts)
    return dict(zip(order, encode(order, model=model, patience=patience), strict=True))


def _features(one: Asked, said: Sequence[str], vectors: dict[str, Vector]) -> Numbers:
    question = vectors[one.question]
    return np.array(
        [
            pair_features(one.question, way, piece, (question, vectors[way], vectors[piece]))
            for way, piece in _pairs(one, said)
        ]
    )


def _learnt(asked: Sequence[Asked], said: Sequence[Sequence[str]], patience: float) -> list[Numbers]:
    """For each answer (k, 2): likeness and reading of each of its pairs."""
    pairs = [list(_pairs(one, row)) for one, row in zip(asked, said, strict=True)]
    alone = _vectors(_compared(asked, said), model_for(Task.ANSWERS), patience)
    likeness = [np.array([float(alone[way] @ alone[piece]) for way, piece in some]) for some in pairs]
    nearest = [np.argsort(-like, kind="stable")[:MOST_READ] for like in likeness]
    read = {joined(*some[at]) for some, near in zip(pairs, nearest, strict=True) for at in near}
    together = _vectors(read, model_for(Task.PAIRS), patience)
    return [
        _columns([joined(*pair) for pair in some], like, near, together)
        for some, like, near in zip(pairs, likeness, nearest, strict=True)
    ]


def _columns(
    texts: Sequence[str], likeness: Numbers, near: npt.NDArray[np.intp], together: dict[str, Vector]
) -> Numbers:
    """Likeness and reading of k pairs; one that was not read says no more than the least that was."""
    line = load_line(Task.PAIRS)
    said = {at: float(together[texts[at]] @ line[:-1] + line[-1]) for at in near.tolist()}
    least = min(said.values(), default=0.0)
    reading = [said.get(at, least) for at in range(len(texts))]
    return np.stack([likeness, np.array(reading)], axis=1)


def _pairs(one: Asked, said: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((way, piece) for piece in said for way in one.says)
