"""How likely a piece is to answer a question: what was found, and what like questions say, as a chance.

A logistic model over a few figures, learnt from the known questions, each of which names the pieces that
answer it; what like questions say is told without the question itself.
`manage.py fit_gate --answers` fits it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from enablement.chat.answered_by import Foretold, KnownAnswers, foretold, learn
from enablement.chat.gate.grouping import folds_of, groups_of
from enablement.chat.relevance import coverage_of, match_passages, only_defines, rank_passages, telling_words
from enablement.judges.answer_model import AnswerModel, fit_bags
from enablement.retrieval.search import Hit
from enablement.words import content_words

PATH = Path(__file__).with_name("to_the_point.json")
CODE = ("to_the_point.py", "relevance.py", "answered_by.py")
# So many pieces are weighed, by the order that match and like questions give together.
WEIGHED = 15
# Keeps the logarithm of a share that is next to nothing from telling one such piece from another.
LEAST_SHARE = 0.003
# Where like questions say less for the best piece, they are about something else.
LEAST_SAID = 0.05
FOLDS = 10
Figures = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A known question as it was looked up: its (d,) unit vector, hits, contexts, and what answers it."""

    question: str
    vector: npt.NDArray[np.float32]
    hits: Sequence[Hit]
    contexts: Mapping[int, str]
    gold: frozenset[str]


def chances(
    question: str,
    hits: Sequence[Hit],
    matched: Sequence[tuple[Hit, float]],
    contexts: Mapping[int, str],
    told: Foretold,
    model: AnswerModel,
) -> dict[str, float]:
    """Return by slug the chance that a piece answers `question`, the likeliest first.

    `hits` is all that was found, `matched` what of it can stand in an answer and how well it matches.
    Where no like question speaks for any of it, as in a new lesson, or none could speak for what matches
    best, as for a new card, nothing is known, and {} returned.
    """
    shares = told.shares()
    if max((shares.get(hit.slug, 0.0) for hit, _ in matched), default=0.0) < LEAST_SAID:
        return {}
    if max(matched, key=lambda pair: pair[1])[0].slug not in told.learnt.slugs:
        return {}
    slugs, figures = weigh(question, hits, matched, contexts, told)
    found = dict(zip(slugs, map(float, model.probabilities(figures)), strict=True)) if slugs else {}
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def weigh(
    question: str,
    hits: Sequence[Hit],
    matched: Sequence[tuple[Hit, float]],
    contexts: Mapping[int, str],
    told: Foretold,
) -> tuple[list[str], Figures]:
    """Return the slugs of up to WEIGHED pieces, and their (k, m) figures, each by its best passage."""
    shares = told.shares()
    best: dict[str, Hit] = {}
    for hit in rank_passages(matched, shares):
        best.setdefault(hit.slug, hit)
    match = {hit.key: value for hit, value in matched}
    highest, top = (
        max(match.values(), default=0.0),
        max((shares.get(slug, 0.0) for slug in best), default=0.0),
    )
    telling, length = telling_words(question, hits), math.log(max(1, len(set(content_words(question)))))

    def row(rank: int, hit: Hit) -> list[float]:
        share = shares.get(hit.slug, 0.0)
        return [
            share,
            math.log(share + LEAST_SHARE),
            share / top if top else 0.0,
            top,
            match[hit.key],
            highest - match[hit.key],
            hit.dense or 0.0,
            coverage_of(question, hit, contexts),
            told.nearest(hit.slug),
            math.log1p(rank),
            length,
            float(only_defines(question, hit)),
            len(telling & set(content_words(f"{hit.title}. {hit.text}"))) / max(1, len(telling)),
        ]

    rows = [row(rank, hit) for rank, hit in enumerate(list(best.values())[:WEIGHED])]
    return list(best)[:WEIGHED], np.array(rows, dtype=np.float64)


def fit_pieces(known: Sequence[Asked]) -> AnswerModel:
    """Fit on known questions, each by what those of other folds say; near duplicates share a fold. Pure."""
    vectors = np.stack([asked.vector for asked in known])
    folds = folds_of(groups_of(vectors @ vectors.T), FOLDS)
    figures, labels = [], []
    for fold in range(FOLDS):
        others = [asked for asked, its in zip(known, folds, strict=True) if its != fold]
        learnt = learn(KnownAnswers(vectors[folds != fold], [sorted(asked.gold) for asked in others], "", ""))
        for at in np.flatnonzero(folds == fold).tolist():
            asked = known[at]
            matched = match_passages(asked.question, asked.hits, asked.contexts)
            told = foretold(asked.vector, learnt)
            slugs, rows = weigh(asked.question, asked.hits, matched, asked.contexts, told)
            figures += list(rows)
            labels += [slug in asked.gold for slug in slugs]
    return fit_bags([row[None] for row in figures], np.array(labels))


@functools.cache
def shipped_model() -> AnswerModel:
    """Return what comes with the product."""
    kept = json.loads(PATH.read_text("utf-8"))
    centre, spread, weights = (np.array(kept[name]) for name in ("centre", "spread", "weights"))
    return AnswerModel(centre, spread, weights, float(kept["bias"]))


def shipped_hash() -> str:
    """Return the hash of the questions and the code that the shipped model was made of."""
    return str(json.loads(PATH.read_text("utf-8"))["data"])


def code_hash(questions: str) -> str:
    """Return the SHA-256 of what a fit depends on: `questions`, their hash, and the code that weighs."""
    found = hashlib.sha256(questions.encode())
    for name in CODE:
        found.update(hashlib.sha256(PATH.with_name(name).read_bytes()).digest())
    return found.hexdigest()


def save_model(model: AnswerModel, data: str) -> None:
    """Write it to the file that is shipped."""
    numbers = {
        name: [round(float(value), 5) for value in getattr(model, name)]
        for name in ("centre", "spread", "weights")
    }
    PATH.write_text(
        json.dumps({"data": data, **numbers, "bias": round(model.bias, 5)}, indent=1) + "\n", "utf-8"
    )
    shipped_model.cache_clear()
