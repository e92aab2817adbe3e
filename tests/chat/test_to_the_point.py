"""How likely a piece is to answer, and which pieces an answer is made of by that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from enablement.chat.answered_by import KnownAnswers, foretold, learn
from enablement.chat.compose import compose
from enablement.chat.gate.questions import answers_hash
from enablement.chat.likely import likely_pieces
from enablement.chat.relevance import match_passages
from enablement.chat.to_the_point import Asked, chances, code_hash, fit_pieces, shipped_hash, shipped_model
from enablement.retrieval.search import Hit
from enablement.trust.facts import Pair
from tests.chat.passages import door_hits, hit

VECTORS = np.eye(4, dtype=np.float32)
HINGE, OIL, LATCH = (found.pair for found in door_hits())
QUESTION = "Why oil a stiff lock?"


def slugs_told(likely: Mapping[Pair, float]) -> list[str]:
    hits = [replace(found, dense=0.8 - at / 100) for at, found in enumerate(door_hits())]
    told = compose(QUESTION, hits, {}, likely=likely)
    return list(dict.fromkeys(piece.hit.slug for piece in told))


@pytest.mark.parametrize(
    ("likely", "told"),
    [
        ({OIL: 0.9, HINGE: 0.1, LATCH: 0.1}, ["door-lock-oil"]),
        ({OIL: 0.9, HINGE: 0.6, LATCH: 0.1}, ["door-lock-oil", "door-hinge"]),
        ({OIL: 0.7, HINGE: 0.1, LATCH: 0.6}, ["door-lock-oil", "door-latch", "door-hinge"]),
    ],
)
def test_only_what_is_likely_goes_with_a_piece_that_is_sure(
    likely: Mapping[Pair, float], told: list[str]
) -> None:
    assert slugs_told(likely) == told


def test_the_spoken_answer_to_just_that_question_leads() -> None:
    hinge, lock, _ = door_hits()
    hinge = replace(hinge, field="what_it_does")
    script = replace(lock, kind="script", field="answer", title="Spoken answer", dense=0.8)
    likely = {hinge.pair: 0.9, script.pair: 0.8}
    for asked, first in (
        ("Why must I oil a stiff lock?", script),
        ("How often does one clean a window?", hinge),
    ):
        contexts = {script.passage_id: asked}
        assert compose(QUESTION, [hinge, script], contexts, likely=likely)[0].hit == first


def test_a_piece_that_like_questions_name_is_likelier() -> None:
    hits = door_hits()
    known = KnownAnswers(VECTORS[:2], [["door-latch"], ["door-hinge", "door-lock-oil"]], "", "")
    told = foretold(VECTORS[0], learn(known))
    found = chances(QUESTION, hits, match_passages(QUESTION, hits, {}), {}, told, shipped_model())
    assert next(iter(found)) == "door-latch"
    assert all(0 <= chance <= 1 for chance in found.values())


@pytest.mark.parametrize(("nearer", "further"), [("card", "guide_entry"), ("guide_entry", "card")])
def test_the_chance_of_a_slug_is_that_of_the_piece_that_was_weighed(nearer: str, further: str) -> None:
    hits = [
        hit("A hinge carries the door.", kind=nearer, field="what_it_does"),
        hit("Hinges last.", number=2, kind=further, field="what_it_does", dense=0.2),
    ]
    told = foretold(VECTORS[0], learn(KnownAnswers(VECTORS[:1], [["door-hinge"]], "", "")))
    assert set(likely_pieces("What carries a door?", hits, {}, told)) == {(nearer, "door-hinge")}


def test_what_no_like_question_speaks_for_has_no_chance_to_go_by() -> None:
    hits = door_hits()
    matched = match_passages(QUESTION, hits, {})
    told = foretold(VECTORS[0], learn(KnownAnswers(VECTORS[:1], [["window"]], "", "")))
    assert chances(QUESTION, hits, matched, {}, told, shipped_model()) == {}


def test_a_new_card_that_matches_best_is_not_held_against_what_is_known() -> None:
    hits = door_hits()
    matched = match_passages(QUESTION, hits, {})
    best = max(matched, key=lambda pair: pair[1])[0].slug
    others = sorted({hit.slug for hit in hits} - {best})
    told = foretold(VECTORS[0], learn(KnownAnswers(VECTORS[:1], [others], "", "")))
    assert chances(QUESTION, hits, matched, {}, told, shipped_model()) == {}


def test_what_tells_right_pieces_from_others_is_learnt() -> None:
    def asked(at: int, hits: list[Hit]) -> Asked:
        vector = np.zeros(40, dtype=np.float32)
        vector[at] = 1
        return Asked(QUESTION, vector, hits, {}, frozenset({hits[at % 3].slug}))

    known = [
        asked(
            at,
            [replace(hit, dense=0.9 if number == at % 3 else 0.2) for number, hit in enumerate(door_hits())],
        )
        for at in range(40)
    ]
    model = fit_pieces(known)
    others = KnownAnswers(
        np.stack([one.vector for one in known[1:4]]), [sorted(o.gold) for o in known[1:4]], "", ""
    )
    told = foretold(known[0].vector, learn(others))
    hits = known[1].hits
    found = chances(QUESTION, hits, match_passages(QUESTION, hits, {}), {}, told, model)
    assert next(iter(found)) == hits[1].slug


def test_what_is_shipped_is_of_the_questions_and_the_code_that_are_there() -> None:
    assert shipped_hash() == code_hash(answers_hash()), "run manage.py fit_gate --answers"
