"""A run through a scenario: begun, said turn by turn, summed up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from enablement.deliveries import Line, record_deliveries
from enablement.judging import FINDING, finding_lines
from enablement.models import Person, Surface
from quizzes.coach.buyer import reply
from quizzes.coach.grading import KIND, TurnGrade, grade_turn
from quizzes.coach.listening import Listened, listen
from quizzes.deadlines import server_now
from quizzes.evidence.keeping import note_coaching
from quizzes.grading import BadResponse
from quizzes.models import CoachRun, CoachTurn, ReviewSource, Scenario
from quizzes.practice.skills import note_review


def start_run(person: Person, scenario: Scenario) -> CoachRun:
    """Return the person's open run through the scenario, or begin one with the script as it is now."""
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        known = CoachRun.objects.visible_to(person).filter(scenario=scenario, ended_at=None).first()
        script = scenario.script
        return known or CoachRun.objects.create(
            person=person,
            scenario=scenario,
            outcome=script.outcome,
            turns=script.turns,
            started_at=server_now(),
        )


class GoneOn(BadResponse):
    """The talk is at another turn by now, or over."""


def say(run: CoachRun, number: int, chosen: str, text: str, surface: Surface = Surface.BROWSER) -> CoachTurn:
    """Say something in turn `number` (from 0), have it judged, and hear the buyer's reply.

    Said again, the turn stays as it was. Judges and model are asked before anything is locked. Raises
    GoneOn, BadResponse, BadText, EncoderUnavailable, NotTrained.
    """
    if known := run.said.filter(number=number).first():
        return known
    if number != run.said.count() or number >= len(run.turns):
        raise GoneOn("The talk has gone on in another window. Reload the page.")
    listened = _listened(run, number, chosen, text)
    grade = grade_turn(listened.heard)
    line = run.turns[number]["then"][grade.branch]
    scenario = run.scenario
    answer, engine = reply(
        run.person,
        scenario.distinction,
        situation=scenario.situation,
        outcome=run.outcome,
        said=[*scene(run), listened.text],
        line=line,
    )
    return _store(run, number, chosen, listened, grade, (answer, engine), surface)


def scene(run: CoachRun) -> list[str]:
    """Return what has been said so far, the buyer first and last."""
    said = [run.scenario.says]
    for turn in run.said.all():
        said += [turn.text, turn.reply]
    return said


def _listened(run: CoachRun, number: int, chosen: str, text: str) -> Listened:
    distinction, asks_kind = run.scenario.distinction, number == 0
    if asks_kind and not distinction.outcomes.filter(name=chosen).exists():
        raise BadResponse("Choose what kind of problem the buyer has.")
    return listen(
        run.person,
        distinction,
        buyer=scene(run)[-1],
        outcome=run.outcome,
        turn=run.turns[number],
        chosen=chosen if asks_kind else "",
        text=text,
        asks_kind=asks_kind,
    )


@transaction.atomic
def _store(
    run: CoachRun,
    number: int,
    chosen: str,
    listened: Listened,
    grade: TurnGrade,
    answer: tuple[str, str],
    surface: Surface,
) -> CoachTurn:
    """Store the turn and, with the last, the score. Of two at once the first counts.

    `answer` is what the buyer says to it, and what worded that.
    """
    run = CoachRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if known := run.said.filter(number=number).first():
        return known
    now = server_now()
    turn = CoachTurn.objects.create(
        run=run,
        number=number,
        chosen=chosen if number == 0 else "",
        text=listened.text,
        checks=[asdict(check) for check in grade.checks],
        findings=[finding.as_json() for finding in listened.findings],
        evidence=[asdict(one) for one in listened.evidence],
        score=grade.score,
        reply=answer[0],
        engine=answer[1],
        said_at=now,
    )
    note_coaching(turn.pk)
    record_deliveries(run.person, surface, FINDING, finding_lines(listened.findings))
    record_deliveries(run.person, surface, "feedback", _say_lines(run, number))
    if number + 1 == len(run.turns):
        run.ended_at, run.score = now, sum(one.score for one in run.said.all()) / len(run.turns)
        run.save(update_fields=["ended_at", "score"])
        _note(run)
    return turn


def _say_lines(run: CoachRun, number: int) -> list[Line]:
    """The released line for the kind of problem, which the first turn's feedback shows."""
    distinction = run.scenario.distinction
    outcome = distinction.outcomes.filter(name=run.outcome).first()
    if number or outcome is None or not outcome.say:
        return []
    return [Line("distinction", distinction.slug, f"{outcome.name}.say", outcome.say)]


def _note(run: CoachRun) -> None:
    """Let the run count as practice of the scenario's topic."""
    scenario = run.scenario
    note_review(
        run.person,
        scenario.lesson,
        scenario.topic,
        source=ReviewSource.COACH,
        key=f"coach:{run.pk}",
        score=run.score or 0.0,
        at=run.ended_at or run.started_at,
    )


def told_so_far(run: CoachRun) -> list[dict[str, Any]]:
    """Return each turn with what may be shown once it has been said: a good answer, and the line to say."""
    outcomes = {outcome.name: outcome for outcome in run.scenario.distinction.outcomes.all()}
    line = outcomes[run.outcome].say if run.outcome in outcomes else ""
    names = ("number", "chosen", "text", "checks", "findings", "evidence", "reply")
    return [
        {name: getattr(turn, name) for name in names}
        | {
            "chosen_title": outcomes[turn.chosen].title if turn.chosen in outcomes else turn.chosen,
            "good": run.turns[turn.number]["good"],
            "line": line if turn.number == 0 else "",
        }
        for turn in run.said.all()
    ]


def summary(run: CoachRun) -> Mapping[str, Any]:
    """Return a finished run in numbers and what to work on: checks met, missed and open over all turns."""
    checks = [check for turn in run.said.all() for check in turn.checks]
    return {
        "per_cent": run.per_cent,
        "met": sum(check["state"] == "met" for check in checks),
        "missed": [check["title"] for check in checks if check["state"] == "not_met"],
        "open": [check["title"] for check in checks if check["state"] == "open"],
        "heard": any(check["name"] == KIND and check["state"] == "met" for check in checks),
    }
