"""What answers questions like this one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enablement.chat import answered_by as module
from enablement.chat.answered_by import KnownAnswers, answered_by, foretold, learn, shipped_answers
from enablement.chat.compose import compose
from enablement.chat.gate.questions import CALIBRATION, answers_hash, read_questions
from tests.chat.passages import door_hits

ANSWERS = [["hinge", "door"], ["door"], ["lock"]]
KNOWN = KnownAnswers(np.eye(4, dtype=np.float32)[:3], ANSWERS, "an encoder", "")


def test_the_nearest_questions_say_most() -> None:
    found = foretold(np.array([1, 0.5, 0, 0], dtype=np.float32) / np.sqrt(1.25), learn(KNOWN)).shares()
    assert 1.1 > found["door"] > found["hinge"] > 0.3 > found.get("lock", 0)


def test_a_known_question_is_answered_as_it_is_known() -> None:
    for vector, slugs in zip(KNOWN.vectors, KNOWN.slugs, strict=True):
        found = foretold(vector, learn(KNOWN)).shares()
        assert {slug for slug, share in found.items() if share > 0.5} == set(slugs)


def test_what_is_beside_a_piece_is_what_other_questions_say() -> None:
    found = foretold(np.array([1, 0, 0.8, 0], dtype=np.float32) / np.sqrt(1.64), learn(KNOWN))
    assert set(found.beside("door").shares()) == {"lock"}
    assert found.beside("window").shares() == found.shares()


def test_the_nearest_question_that_a_piece_answers_is_known() -> None:
    found = foretold(np.array([0.6, 0.8, 0, 0], dtype=np.float32), learn(KNOWN))
    assert [round(found.nearest(slug), 2) for slug in ("hinge", "door", "lock", "window")] == [0.6, 0.8, 0, 0]


def test_nothing_is_told_without_a_vector_or_with_one_of_another_encoder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert answered_by(None).shares() == {}
    other = replace(shipped_answers(), encoder="another")
    monkeypatch.setattr(module, "shipped_answers", lambda: other)
    assert answered_by(np.ones(384, dtype=np.float32)).shares() == {}


def test_what_answered_such_questions_comes_first() -> None:
    hits = door_hits()
    last = compose("What does a hinge do?", hits, {})[-1].hit
    vector = np.array([1, 0, 0, 0], dtype=np.float32)
    known = learn(KnownAnswers(vector[None], [[last.slug]], "an encoder", ""))
    assert compose("What does a hinge do?", hits, {}, foretold(vector, known))[0].hit.slug == last.slug


def test_a_last_piece_that_has_nothing_to_do_with_the_question_is_left_out() -> None:
    hits = [replace(found, dense=0.8 - at / 100) for at, found in enumerate(door_hits())]
    slugs = [found.slug for found in hits]
    assert [piece.hit.slug for piece in compose("What of keys?", hits, {})][-1] != slugs[2]
    vector = np.array([1, 0, 0, 0], dtype=np.float32)
    known = learn(KnownAnswers(vector[None], [[slugs[2]]], "an encoder", ""))
    told = compose("What of keys?", hits, {}, foretold(vector, known))
    assert slugs[2] in {piece.hit.slug for piece in told}


def test_who_asks_when_it_pays_is_told_first_when_it_does() -> None:
    hinge, graphite, latch = door_hits()
    graphite = replace(graphite, title="Lock › Fits › Stiff keys")
    vector = np.array([1, 0, 0, 0], dtype=np.float32)
    known = learn(KnownAnswers(vector[None], [["door-lock-oil", "door-hinge"]], "an encoder", ""))
    hits = [hinge, graphite, latch]
    for question, first in (("When is a hinge worth it?", graphite), ("Is a hinge heavy?", hinge)):
        assert compose(question, hits, {}, foretold(vector, known))[0].hit == first


def test_what_is_shipped_is_of_the_questions_that_are_there() -> None:
    known = shipped_answers()
    questions = [question for question in read_questions(CALIBRATION) if question.answerable]
    assert known.data == answers_hash(), "run manage.py fit_gate --answers"
    assert [set(slugs) for slugs in known.slugs] == [question.gold for question in questions]
    assert known.vectors.shape == (len(questions), 384)
