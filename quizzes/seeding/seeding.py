"""A made-up history into the database, and out again. The same numbers and seed make the same history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.db import connection, transaction

from config.embedded import addresses
from enablement.models import Membership, Person, Role, Team
from quizzes.evidence.keeping import rebuild_evidence
from quizzes.models import Evidence, PracticePlan
from quizzes.seeding.answering import make_mind
from quizzes.seeding.history import Life
from quizzes.seeding.material import read_material
from quizzes.seeding.people import LEAD, PREFIX, SeededPerson, make_people, team_names
from quizzes.seeding.tables import Tables


class NotHere(ValueError):
    """This is no place for made-up people. The message is one sentence that says why."""


class NothingToAnswer(ValueError):
    """There is no released quiz that anybody could have answered."""


def refuse_in_production() -> None:
    """Raise NotHere on a site that people work with."""
    if settings.BEHIND_TLS:
        raise NotHere("DOSAY_TLS is on, so this is a site that people work with. Nothing was made up.")
    if not (settings.DEMO or settings.DEBUG or settings.TESTING or addresses.is_embedded()):
        raise NotHere(
            "The database is one of your own. Made-up people belong there only in demo mode (DOSAY_DEMO=1)."
        )
    real = Person.objects.exclude(last_login=None).exclude(is_demo=True).exclude(username__startswith=PREFIX)
    if real.exists() and not settings.TESTING:
        raise NotHere(
            "People sign in here, so nothing was made up. Use a data folder of its own (DOSAY_DATA)."
        )


@transaction.atomic
def seed_history(*, reps: int, answers: int, seed: int, weeks: int, until: datetime) -> dict[str, int]:
    """Make up `reps` people with at least `answers` answers in quizzes over `weeks` weeks up to `until`.

    Returns what was made, by number of rows. What was made up before is replaced. Raises NotHere and
    NothingToAnswer.
    """
    refuse_in_production()
    remove_history()
    material, random = read_material(), Random(seed)
    if not material.quizzes or not all(material.drawn_from.values()):
        raise NothingToAnswer(
            "There is no released quiz with questions. Run load_lessons and load_quizzes first."
        )
    begin = until - timedelta(weeks=weeks)
    people = make_people(reps, random)
    pks = _make_people(people, begin, until)
    tables = Tables(room=answers * 2 + reps * 200)
    for person, pk, share in zip(people, pks, _shares(people, answers, random), strict=True):
        mind = make_mind(material.topics, material.outcomes, random)
        own = Random(f"{seed}:{person.username}")
        Life(pk, person, mind, material, tables, begin, until, own).live(share)
    counts = tables.copy()
    rebuild_evidence()
    _analyse()
    return {"people": reps, "teams": Team.objects.filter(slug__startswith=PREFIX).count(), **counts} | {
        "evidence": Evidence.objects.filter(person__in=pks).count()
    }


def _shares(people: Sequence[SeededPerson], answers: int, random: Random) -> list[int]:
    """Split `answers` over people: few give many, one in thirty none yet, who came late fewer."""
    weights = [
        0.0 if random.random() < 0.03 else random.gammavariate(3, 1) * (1 - person.joined)
        for person in people
    ]
    if not any(weights):
        weights = [1.0] * len(people)
    total = sum(weights)
    return [-(-int(answers * weight * 1000 / total) // 1000) + bool(weight) for weight in weights]


def _make_people(people: Sequence[SeededPerson], begin: datetime, until: datetime) -> list[int]:
    rows = Person.objects.bulk_create(_row(person) for person in people)
    lead = Person(
        username=LEAD,
        first_name="Lena",
        last_name="Ferreira",
        role=Role.MANAGER,
        is_demo=True,
        time_zone="Europe/Berlin",
    )
    lead.set_unusable_password()
    lead.save()
    teams = Team.objects.bulk_create(
        Team(name=name, slug=f"{PREFIX}{name.lower().replace(' ', '-')}")
        for name in team_names(1 + max(team for person in people for team in person.teams))
    )
    for number, team in enumerate(teams):
        manager = Person(
            username=f"{PREFIX}manager-{number + 1}",
            first_name="Manager",
            last_name=team.name,
            role=Role.MANAGER,
        )
        manager.set_unusable_password()
        manager.save()
        team.managers.set([lead, manager])
    joined = [
        (
            Membership(person=row, team=teams[team]),
            begin + (until - begin) * person.joined - timedelta(days=1),
        )
        for person, row in zip(people, rows, strict=True)
        for team in person.teams
    ]
    Membership.objects.bulk_create(membership for membership, _ in joined)
    for membership, since in joined:
        membership.since = since
    Membership.objects.bulk_update((membership for membership, _ in joined), ["since"], batch_size=500)
    PracticePlan.objects.bulk_create(
        PracticePlan(person=row, shares_answers=True)
        for person, row in zip(people, rows, strict=True)
        if person.shares
    )
    return [row.pk for row in rows]


def _row(person: SeededPerson) -> Person:
    row = Person(
        username=person.username,
        first_name=person.first,
        last_name=person.last,
        time_zone=person.zone,
        is_active=person.is_active,
        role=Role.REP,
    )
    row.set_unusable_password()
    return row


# What points to a made-up person, what is pointed to last.
_OF_ATTEMPTS = "IN (SELECT id FROM quizzes_attempt WHERE person_id = ANY(%(people)s))"
_OF_ANSWERS = f"IN (SELECT id FROM quizzes_answer WHERE attempt_id {_OF_ATTEMPTS})"
_REMOVALS = (
    "DELETE FROM quizzes_evidence WHERE person_id = ANY(%(people)s)",
    f"DELETE FROM quizzes_grade WHERE answer_id {_OF_ANSWERS}",
    f"DELETE FROM quizzes_pendinggrade WHERE answer_id {_OF_ANSWERS}",
    f"DELETE FROM quizzes_answer WHERE attempt_id {_OF_ATTEMPTS}",
    "DELETE FROM quizzes_attempt WHERE person_id = ANY(%(people)s)",
    "DELETE FROM quizzes_practiceitem WHERE session_id IN"
    " (SELECT id FROM quizzes_practicesession WHERE person_id = ANY(%(people)s))",
    "DELETE FROM quizzes_practicesession WHERE person_id = ANY(%(people)s)",
    "DELETE FROM quizzes_coachturn WHERE run_id IN"
    " (SELECT id FROM quizzes_coachrun WHERE person_id = ANY(%(people)s))",
    "DELETE FROM quizzes_coachrun WHERE person_id = ANY(%(people)s)",
    "DELETE FROM quizzes_review WHERE skill_id IN"
    " (SELECT id FROM quizzes_skill WHERE person_id = ANY(%(people)s))",
    "DELETE FROM quizzes_skill WHERE person_id = ANY(%(people)s)",
    "DELETE FROM enablement_delivery WHERE person_id = ANY(%(people)s)",
)


@transaction.atomic
def remove_history() -> int:
    """Take out everybody who was made up, with all they did, and return how many they were."""
    people = list(Person.objects.filter(username__startswith=PREFIX).values_list("pk", flat=True))
    if people:
        with connection.cursor() as cursor:
            for removal in _REMOVALS:
                cursor.execute(removal, {"people": people})
        Team.objects.filter(slug__startswith=PREFIX).delete()
        Person.objects.filter(pk__in=people).delete()
    return len(people)


def _analyse() -> None:
    """Let the database plan by the rows that there are now."""
    with connection.cursor() as cursor:
        for table in (
            "quizzes_evidence",
            "quizzes_attempt",
            "quizzes_answer",
            "quizzes_grade",
            "quizzes_skill",
        ):
            cursor.execute(f"ANALYZE {table}")
