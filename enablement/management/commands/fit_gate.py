"""Fit the evidence gate on the questions in fixtures/questions/, and say how well it decides."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings

from enablement.chat.answered_by import KnownAnswers, save_answers
from enablement.chat.gate.asks import plainly
from enablement.chat.gate.deciding import WEIGHED, decide
from enablement.chat.gate.evidence import beyond, words_figures
from enablement.chat.gate.fitting import Example, fit_gate
from enablement.chat.gate.model import Gate, save_gate, shipped_gate
from enablement.chat.gate.questions import (
    CALIBRATION,
    HELD_BACK,
    BadQuestions,
    KnownQuestion,
    answers_hash,
    gate_hash,
    read_questions,
)
from enablement.chat.passages import About, about, question_vector
from enablement.chat.relayed import without_frame
from enablement.chat.to_the_point import Asked, code_hash, fit_pieces, save_model
from enablement.chat.writing import SEARCHED
from enablement.judges.encoder import Vectors
from enablement.management.json_command import BadInput, JsonCommand, command_person
from enablement.models import Passage, Person
from enablement.retrieval.search import Hit, search
from enablement.retrieval.spelling import correct
from enablement.words import spell_out

AWAY = "The encoder is away: start it first."


class Command(JsonCommand):
    help = (
        "Fit the gate that decides whether a question is answered, on fixtures/questions/calibration.yaml "
        "and the released content, and measure it on held-back.yaml. --save keeps it as the shipped one."
    )
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--save", action="store_true", help="keep the gate as the one that is shipped")
        parser.add_argument(
            "--answers",
            action="store_true",
            help="keep only what answers the questions (enablement/chat/answered_by.py) and how that is "
            "weighed for a piece (to_the_point.py); the gate stays",
        )
        parser.add_argument("--measure", action="store_true", help="fit nothing: measure the shipped gate")

    def answer(self, **options: Any) -> dict[str, Any]:
        person = command_person()
        try:
            known, held = read_questions(CALIBRATION), read_questions(HELD_BACK)
        except BadQuestions as error:
            raise BadInput(str(error)) from error
        _check_slugs([*known, *held])
        looked_up = [] if options["measure"] else [_look_up(question, person) for question in known]
        if options["answers"] or options["save"]:
            answerable = [one for one in looked_up if one.question.answerable]
            save_answers(_known_answers(answerable))
            save_model(fit_pieces([_asked(one) for one in answerable]), code_hash(answers_hash()))
        if options["answers"]:
            return {"known_answers": sum(question.answerable for question in known)}
        result: dict[str, Any] = {}
        gate = shipped_gate() if options["measure"] else None
        if gate is None:
            examples = [_example(one) for one in looked_up]
            fit = fit_gate(examples, encoder=settings.EMBEDDING_MODEL, data=gate_hash())
            gate = fit.gate
            result["held_out"] = _figures(known, list(fit.held_out >= 0))
        result["held_back"] = _figures(held, [_decided(_look_up(one, person), gate) for one in held])
        if options["save"]:
            save_gate(gate, {name: _without_texts(figures) for name, figures in result.items()})
        return result

    def describe(self, result: dict[str, Any]) -> str:
        if "known_answers" in result:
            return f"Kept what answers {result['known_answers']} questions."
        lines = []
        for name, title in (("held_out", "Calibration, held out"), ("held_back", "Held back")):
            if name in result:
                lines += [f"{title}:", *(f"  {key}: {value}" for key, value in result[name].items())]
        return "\n".join(lines)


def _check_slugs(questions: Sequence[KnownQuestion]) -> None:
    known = set(Passage.objects.values_list("slug", flat=True))
    unknown = {slug for question in questions for slug in question.gold} - known
    if unknown:
        raise BadInput(f"No passage stands in {', '.join(sorted(unknown))}: run load_lessons --now first.")


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """A question as `write_answer` looks it up: what is asked, its (d,) unit vector, hits, what they are."""

    question: KnownQuestion
    text: str
    vector: Vectors
    hits: Sequence[Hit]
    known: About


def _look_up(question: KnownQuestion, person: Person) -> _LookedUp:
    text = without_frame(question.text)
    plain = plainly(text)
    found = search(spell_out(plain), person, limit=SEARCHED)
    vector = question_vector(plain)
    if vector is None:
        raise BadInput(AWAY)
    text = correct(text, dict(found.corrected))
    return _LookedUp(question, text, vector, found.hits, about(found.hits))


def _example(one: _LookedUp) -> Example:
    hits = one.hits[:WEIGHED]
    words = words_figures(one.text, hits, one.known.contexts)
    rest = beyond(one.vector, one.known.vectors_of(hits))
    return Example(one.question.answerable, one.vector, rest, hits, words)


def _asked(one: _LookedUp) -> Asked:
    return Asked(one.text, one.vector, one.hits, one.known.contexts, one.question.gold)


def _known_answers(looked_up: Sequence[_LookedUp]) -> KnownAnswers:
    vectors = np.stack([one.vector for one in looked_up])
    slugs = [sorted(one.question.gold) for one in looked_up]
    return KnownAnswers(vectors, slugs, settings.EMBEDDING_MODEL, answers_hash())


def _decided(one: _LookedUp, gate: Gate) -> bool:
    return decide(one.text, one.vector, one.hits[:WEIGHED], one.known, gate).enough


def _figures(questions: Sequence[KnownQuestion], answered: Sequence[bool]) -> dict[str, Any]:
    decided = list(zip(questions, answered, strict=True))
    answerable = [(question, yes) for question, yes in decided if question.answerable]
    refused: dict[str, list[bool]] = {}
    for question, yes in decided:
        if not question.answerable:
            refused.setdefault(question.refuse, []).append(not yes)
    return {
        "answerable": len(answerable),
        "false_refusals": round(sum(not yes for _, yes in answerable) / len(answerable), 4),
        "to_refuse": len(decided) - len(answerable),
        "refused": {kind: f"{sum(found)} of {len(found)}" for kind, found in refused.items()},
        "refused_falsely": [question.text for question, yes in answerable if not yes],
        "answered_wrongly": [
            f"{question.refuse}: {question.text}"
            for question, yes in decided
            if yes and not question.answerable
        ],
    }


def _without_texts(figures: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in figures.items() if not isinstance(value, list)}
