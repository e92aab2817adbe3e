"""Assignments: given, done by facts, extended, excused, taken back, and reminded of once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from enablement.models import AuditEvent, Lesson, Membership, Notice, Person, Team
from quizzes.assignments.audience import people_of
from quizzes.assignments.dates import Standing, due_for, end_of, reminder_on
from quizzes.assignments.giving import (
    BadAssignment,
    Wanted,
    excuse_place,
    extend_place,
    give_assignment,
    withdraw_assignment,
)
from quizzes.assignments.overview import board_of, earlier_places, tasks_of
from quizzes.assignments.readings import note_read
from quizzes.assignments.reminding import remind_of_assignments
from quizzes.models import Assignment, Grade, Place, PracticeItem, PracticeSession, Question, Quiz
from quizzes.practice.days import start_of
from tests.conftest import make_person
from tests.quizzes.doors import Answering

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DUE = date(2026, 3, 20)


@pytest.fixture
def for_north(quiz: Quiz, north: Team, ada: Person, max: Person) -> Assignment:
    Membership.objects.update(since=NOW - timedelta(days=100))
    return give_assignment(max, Wanted(quiz=quiz, team=north), DUE, now=NOW)


def standing(person: Person, now: datetime = NOW) -> list[Standing]:
    return [task.standing for task in tasks_of(person, now)]


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


# Dates


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [("Europe/Berlin", date(2026, 3, 29), 23), ("Europe/Berlin", date(2026, 10, 25), 25),
     ("America/New_York", date(2026, 11, 1), 25), ("America/Santiago", date(2026, 9, 6), 23),
     ("Asia/Kathmandu", date(2026, 3, 29), 24)],
)  # fmt: skip
def test_a_day_ends_at_midnight_also_when_the_clocks_change(zone: str, day: date, hours: int) -> None:
    here = ZoneInfo(zone)
    end = end_of(day, here)
    assert end.date() == day + timedelta(days=1)
    assert end.astimezone(UTC) - start_of(day, here).astimezone(UTC) == timedelta(hours=hours)


def test_a_reminder_comes_7_3_and_1_days_before() -> None:
    told = date(2026, 3, 1)
    days = [reminder_on(DUE - timedelta(days=left), DUE, told) for left in range(10, -3, -1)]
    assert days == [None, None, None, 7, 7, 7, 7, 3, 3, 1, 1, None, None]


def test_whoever_was_told_two_days_before_is_reminded_on_the_last_only() -> None:
    told = DUE - timedelta(days=2)
    assert [reminder_on(DUE - timedelta(days=left), DUE, told) for left in (2, 1, 0)] == [None, 1, 1]


@given(st.integers(0, 400), st.integers(0, 400))
def test_who_joins_late_has_a_week_at_least(due: int, joined: int) -> None:
    start = date(2026, 1, 1)
    last, came = start + timedelta(days=due), start + timedelta(days=joined)
    assert due_for(last, None, came) >= max(last, came + timedelta(days=7))
    assert due_for(last, start, came) == start


# For whom


def test_who_joins_has_it_and_who_leaves_has_it_no_more(
    for_north: Assignment, north: Team, ada: Person, eve: Person, max: Person
) -> None:
    assert (standing(ada), standing(eve)) == ([Standing.OPEN], [])
    Membership.objects.create(team=north, person=eve)
    assert standing(eve) == [Standing.OPEN]
    Membership.objects.filter(person=ada).delete()
    assert standing(ada) == []
    assert [place.assignment for place in earlier_places(ada)] == [for_north]
    assert [task.person for task in board_of(for_north, max, NOW).tasks] == [eve]
    assert client_of(ada).get(reverse("assignment-own", args=[for_north.pk]), follow=True).status_code == 200


@pytest.mark.parametrize("whose", ["person", "team", "role", "role of all"])
def test_whom_it_holds_for_is_the_same_from_both_sides(
    whose: str, quiz: Quiz, north: Team, ada: Person, zoe: Person, eve: Person, max: Person, root: Person
) -> None:
    maker = root if whose == "role of all" else max
    wanted = {"person": Wanted(quiz=quiz, person=ada), "team": Wanted(quiz=quiz, team=north)}
    one = give_assignment(maker, wanted.get(whose, Wanted(quiz=quiz, role="rep")), DUE, now=NOW)
    from_here = set(people_of(one))
    assert from_here == {person for person in Person.objects.all() if standing(person)}
    assert from_here == ({ada, zoe, eve} if maker == root else {ada})


def test_a_deactivated_rep_has_nothing_and_stands_nowhere(
    for_north: Assignment, ada: Person, max: Person
) -> None:
    ada.is_active = False
    ada.save()
    assert board_of(for_north, max, NOW).tasks == []
    assert remind_of_assignments(NOW + timedelta(days=12)) == 0


def test_a_lesson_for_another_team_is_asked_of_nobody_who_cannot_open_it(
    for_north: Assignment, released_lesson: Lesson, south: Team, ada: Person, max: Person
) -> None:
    released_lesson.teams.add(south)
    assert standing(ada) == []
    assert board_of(for_north, max, NOW).tasks == []


def test_a_rep_in_two_teams_is_told_and_shown_once_for_a_role(
    quiz: Quiz, ada: Person, max: Person, south: Team
) -> None:
    south.managers.add(max)
    Membership.objects.create(team=south, person=ada)
    one = give_assignment(max, Wanted(quiz=quiz, role="rep"), DUE, now=NOW)
    assert standing(ada) == [Standing.OPEN]
    assert [task.person for task in board_of(one, max, NOW).tasks] == [ada]
    assert Notice.objects.filter(person=ada).count() == 1


# Done


def test_passing_makes_it_done_and_a_regrade_opens_it_again(
    for_north: Assignment, quiz: Quiz, ada: Person, hand_in: Answering
) -> None:
    attempt = hand_in(ada, quiz)
    assert standing(ada) == [Standing.DONE]
    Grade.objects.filter(answer__attempt=attempt).update(score=0)
    attempt.score = 0.0
    attempt.save()
    assert standing(ada) == [Standing.OPEN]


def test_what_was_done_before_counts_only_where_it_is_meant_to(
    quiz: Quiz, ada: Person, max: Person, hand_in: Answering
) -> None:
    hand_in(ada, quiz)
    later = timezone.now() + timedelta(days=1)
    wanted = Wanted(quiz=quiz, person=ada)
    one = give_assignment(max, wanted, later.date() + timedelta(days=9), counts_earlier=False, now=later)
    assert standing(ada, later) == [Standing.OPEN]
    Assignment.objects.filter(pk=one.pk).update(counts_earlier=True)
    assert standing(ada, later) == [Standing.DONE]


def test_a_lesson_is_done_when_the_person_says_so(released_lesson: Lesson, ada: Person, max: Person) -> None:
    one = give_assignment(max, Wanted(lesson=released_lesson, person=ada), DUE, now=NOW)
    assert standing(ada) == [Standing.OPEN]
    client = client_of(ada)
    assert "I have read it" in client.get(reverse("assignment-own", args=[one.pk])).content.decode()
    client.post(reverse("assignment-own-read", args=[one.pk]))
    assert standing(ada) == [Standing.DONE]


def test_practice_is_counted_and_nothing_else_of_it_is_shown(
    quiz: Quiz, released_lesson: Lesson, ada: Person, max: Person
) -> None:
    one = give_assignment(max, Wanted(lesson=released_lesson, person=ada, answers=2), DUE, now=NOW)
    session = PracticeSession.objects.create(person=ada, started_at=NOW)
    for position, question in enumerate(Question.objects.order_by("pk")[:2]):
        PracticeItem.objects.create(
            session=session, question=question, position=position, score=0.0,
            answered_at=NOW + timedelta(hours=1),
        )  # fmt: skip
        page = client_of(max).get(reverse("assignment-board", args=[one.pk])).content.decode()
        assert f"{position + 1} of 2" in page
        assert question.prompt not in page
    assert standing(ada) == [Standing.DONE]


# Agreed otherwise


def test_excusing_and_extending_can_be_taken_back(for_north: Assignment, ada: Person, max: Person) -> None:
    excuse_place(for_north, ada, max, excused=True, now=NOW)
    assert standing(ada) == [Standing.EXCUSED]
    excuse_place(for_north, ada, max, excused=False, now=NOW)
    extend_place(for_north, ada, DUE + timedelta(days=9), max, now=NOW)
    assert tasks_of(ada, NOW)[0].due_on == DUE + timedelta(days=9)
    extend_place(for_north, ada, None, max, now=NOW)
    assert tasks_of(ada, NOW)[0].due_on == DUE
    assert AuditEvent.objects.filter(verb="excuse_from_assignment").count() == 2


def test_the_manager_excuses_extends_and_withdraws_on_the_page(
    for_north: Assignment, ada: Person, max: Person
) -> None:
    client = client_of(max)
    client.post(reverse("place-excuse", args=[for_north.pk, "ada"]))
    page = client.get(for_north.get_absolute_url()).content.decode()
    assert "Excused" in page
    assert "Undo" in page
    client.post(reverse("place-excuse", args=[for_north.pk, "ada"]), {"undo": "1"})
    far = (timezone.now() + timedelta(days=30)).date()
    client.post(reverse("place-extend", args=[for_north.pk, "ada"]), {"due_on": str(far)})
    assert Place.objects.get(person=ada).due_on == far
    client.post(reverse("assignment-withdraw", args=[for_north.pk]))
    assert standing(ada) == []
    client.post(reverse("assignment-withdraw", args=[for_north.pk]), {"undo": "1"})
    assert len(standing(ada)) == 1


def test_what_is_past_its_day_is_still_open_and_nobody_is_shamed(
    for_north: Assignment, ada: Person, max: Person
) -> None:
    page = client_of(ada).get(reverse("assignment-own-list")).content.decode()
    assert "Still open" in page
    assert not any(word in page.lower() for word in ("overdue", "late", "missed", "failed"))


# Messages


def test_each_message_goes_out_once_however_often_the_task_runs(
    for_north: Assignment, ada: Person, max: Person
) -> None:
    for hours in range(0, 21 * 24, 24):
        for _ in range(2):
            remind_of_assignments(NOW + timedelta(hours=hours))
    titles = list(Notice.objects.filter(person=ada).order_by("pk").values_list("title", flat=True))
    assert titles == [
        "Max asks you: Pass “Doors, tried”, by 20 Mar",
        "Pass “Doors, tried”: due in 7 days",
        "Pass “Doors, tried”: due in 3 days",
        "Pass “Doors, tried”: due tomorrow",
    ]
    digests = Notice.objects.filter(person=max).order_by("pk").values_list("text", flat=True)
    assert [text.split(", ")[-1] for text in digests] == [
        "due in 3 days: 0 of 1 done",
        "was due yesterday: 0 of 1 done",
    ]


def test_a_reminder_waits_for_the_persons_own_morning(for_north: Assignment, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(time_zone="America/Los_Angeles")
    evening_before = datetime(2026, 3, 13, 6, 30, tzinfo=UTC)
    assert remind_of_assignments(evening_before) == 0
    # Six in the morning there, a week after the clocks went forward.
    assert remind_of_assignments(datetime(2026, 3, 13, 12, 59, tzinfo=UTC)) == 0
    assert remind_of_assignments(datetime(2026, 3, 13, 13, tzinfo=UTC)) == 1


def test_nobody_is_reminded_of_what_is_done_excused_or_withdrawn(
    for_north: Assignment, ada: Person, max: Person
) -> None:
    excuse_place(for_north, ada, max, excused=True, now=NOW)
    assert remind_of_assignments(NOW + timedelta(days=11)) == 0
    excuse_place(for_north, ada, max, excused=False, now=NOW)
    withdraw_assignment(for_north, max, withdrawn=True, now=NOW)
    assert remind_of_assignments(NOW + timedelta(days=11)) == 0


# Access and bad input


def test_nobody_reaches_an_assignment_of_another_team(
    for_north: Assignment, zoe: Person, south: Team, ada: Person
) -> None:
    mia = make_person("mia", "manager")  # type: ignore[arg-type]
    south.managers.add(mia)
    for address in ("assignment-board", "assignment-own"):
        assert client_of(zoe).get(reverse(address, args=[for_north.pk])).status_code == 404
    other = client_of(mia)
    assert other.get(reverse("assignment-board", args=[for_north.pk])).status_code == 404
    assert other.post(reverse("place-excuse", args=[for_north.pk, "ada"])).status_code == 404
    assert "Doors, tried" not in other.get(reverse("assignment-list")).content.decode()
    assert client_of(ada).get(reverse("assignment-list")).status_code == 404


def test_another_manager_cannot_assign_to_somebody_elses_people(quiz: Quiz, ada: Person, south: Team) -> None:
    mia = make_person("mia", "manager")  # type: ignore[arg-type]
    south.managers.add(mia)
    form = {"what": "quiz:doors-quiz", "whose": "person:ada", "due_on": "2099-01-01"}
    assert client_of(mia).post(reverse("assignment-new"), form).status_code == 400
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"due_on": "2020-01-01"}, "This day is over"),
        ({"due_on": "soon"}, "Choose a day"),
        ({"due_on": "2999-01-01"}, "more than a year"),
        ({"what": "quiz:gone"}, "Choose what is to be done"),
        ({"whose": "team:south"}, "Choose who is to do it"),
        ({"whose": "\0"}, "Choose who is to do it"),
        ({"what": "practice:doors", "answers": "many"}, "in a whole number"),
        ({"what": "practice:doors", "answers": "999"}, "from 1 to 200"),
        ({"note": "x" * 501}, "longer than 500"),
    ],
)
def test_what_is_not_right_is_said_and_what_was_typed_stays(
    wrong: dict[str, str], sentence: str, quiz: Quiz, ada: Person, max: Person
) -> None:
    due = str((timezone.now() + timedelta(days=9)).date())
    form = {"what": "quiz:doors-quiz", "whose": "team:north", "due_on": due, "note": "Please."} | wrong
    response = client_of(max).post(reverse("assignment-new"), form)
    assert response.status_code == 400
    page = response.content.decode()
    assert sentence in page
    assert form["note"] in page


def test_the_same_sent_twice_is_given_once(
    for_north: Assignment, quiz: Quiz, north: Team, max: Person
) -> None:
    with pytest.raises(BadAssignment, match="has this already"):
        give_assignment(max, Wanted(quiz=quiz, team=north), DUE, now=NOW)


def test_names_are_shown_as_they_are(for_north: Assignment, ada: Person, max: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(first_name='=1+1, "Ada" 🦊', last_name="<b>")
    page = client_of(max).get(for_north.get_absolute_url()).content.decode()
    assert "=1+1, &quot;Ada&quot; 🦊 &lt;b&gt;" in page


def test_the_api_gives_ones_own(for_north: Assignment, ada: Person, zoe: Person) -> None:
    row = client_of(ada).get(reverse("api-assignments")).json()[0]
    assert (row["title"], row["due_on"], row["standing"]) == ("Pass “Doors, tried”", "2026-03-20", "past")
    assert client_of(zoe).get(reverse("api-assignments")).json() == []


def test_reading_is_noted_for_oneself(released_lesson: Lesson, ada: Person) -> None:
    note_read(ada, released_lesson, now=NOW)
    assert note_read(ada, released_lesson, now=NOW + timedelta(days=1)).at == NOW + timedelta(days=1)
