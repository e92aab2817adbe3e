"""Fit the evidence gate on the questions in fixtures/questions/, and say how well it decides."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.conf import settings

from enablement.chat.answered_by import KnownAnswers, save_answers
from enablement.chat.gate.asks import without_model_names
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
from enablement.chat.passages import about, question_vector
from enablement.chat.relayed import without_frame
from enablement.chat.to_the_point import Asked, code_hash, fit_pieces, save_model
from enablement.chat.writing import SEARCHED
from enablement.judges.encoder import Vectors
from enablement.management.json_command import BadInput, JsonCommand, command_person
from enablement.models import Passage, Person
from enablement.retrieval.search import Found, search
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
        if options["answers"] or options["save"]:
            save_answers(_known_answers(known))
            pieces = fit_pieces([_asked(question, person) for question in known if question.answerable])
            save_model(pieces, code_hash(answers_hash()))
        if options["answers"]:
            return {"known_answers": sum(question.answerable for question in known)}
        result: dict[str, Any] = {}
        gate = shipped_gate() if options["measure"] else None
        if gate is None:
            examples = [_example(question, person) for question in known]
            fit = fit_gate(examples, encoder=settings.EMBEDDING_MODEL, data=gate_hash())
            gate = fit.gate
            result["held_out"] = _figures(known, list(fit.held_out >= 0))
        result["held_back"] = _figures(held, [_decided(question, person, gate) for question in held])
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


def _search(question: KnownQuestion, person: Person) -> Found:
    return search(spell_out(without_model_names(question.text)), person, limit=WEIGHED)


def _example(question: KnownQuestion, person: Person) -> Example:
    hits = _search(question, person).hits
    vector = _vector(question)
    known = about(hits)
    words = words_figures(question.text, hits, known.contexts)
    return Example(question.answerable, vector, beyond(vector, known.vectors_of(hits)), hits, words)


def _asked(question: KnownQuestion, person: Person) -> Asked:
    text = without_frame(question.text)
    plain = without_model_names(text)
    found = search(spell_out(plain), person, limit=SEARCHED)
    vector = question_vector(plain)
    if vector is None:
        raise BadInput(AWAY)
    contexts = about(found.hits).contexts
    return Asked(correct(text, dict(found.corrected)), vector, found.hits, contexts, question.gold)


def _known_answers(questions: Sequence[KnownQuestion]) -> KnownAnswers:
    answerable = [question for question in questions if question.answerable]
    vectors = np.stack([_vector(question) for question in answerable])
    slugs = [sorted(question.gold) for question in answerable]
    return KnownAnswers(vectors, slugs, settings.EMBEDDING_MODEL, answers_hash())


def _vector(question: KnownQuestion) -> Vectors:
    vector = question_vector(without_model_names(question.text))
    if vector is None:
        raise BadInput(AWAY)
    return vector


def _decided(question: KnownQuestion, person: Person, gate: Gate) -> bool:
    hits = _search(question, person).hits
    vector = question_vector(without_model_names(question.text))
    return decide(question.text, vector, hits, about(hits), gate).enough


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
