"""Coaching: a note with questions, a re-check on siblings, before and after side by side."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from enablement.models import AuditEvent, Lesson, Membership, Notice, Person, Role, Team
from quizzes.assignments.overview import tasks_of
from quizzes.attempts import start_attempt, submit_attempt
from quizzes.coaching.choosing import first_set, second_set
from quizzes.coaching.comparing import Share, difference, verdict
from quizzes.coaching.comparison import comparison_of
from quizzes.coaching.focus import Focus, focuses_of, read_focuses
from quizzes.coaching.notes import BadNote, answer_note, end_note, write_note
from quizzes.coaching.rechecking import recheck_notes
from quizzes.drawing import Drawable
from quizzes.files import read_quiz_file
from quizzes.loader import load_quiz
from quizzes.models import Attempt, CoachingNote, Question, Quiz
from quizzes.progress import progress
from quizzes.views import coaching
from tests.conftest import make_person
from tests.quizzes.doors import Answering
from tests.quizzes.many_doors import many_doors

MIXED_UP = {f"hinge_{number}": "lock" for number in range(5)}
MIX = "mix-up:door-problem:hinge:lock"


@pytest.fixture
def doors(released_lesson: Lesson, tmp_path: Path) -> Quiz:
    path = tmp_path / "quiz-many.yaml"
    path.write_text(many_doors(), encoding="utf-8")
    return load_quiz(read_quiz_file(path)).quiz


@pytest.fixture
def erring(doors: Quiz, ada: Person, hand_in: Answering) -> Attempt:
    """Ada took hinges for locks in five of seven, never the reverse."""
    return hand_in(ada, doors, **MIXED_UP)


@pytest.fixture
def note(erring: Attempt, ada: Person, max: Person) -> CoachingNote:
    return write_note(max, ada, "Ask what moves.", read_focuses([MIX]), now=timezone.now(), random=Random(1))


def later(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)


def slugs(quiz: Quiz | None) -> set[str]:
    assert quiz is not None
    return set(quiz.questions.values_list("slug", flat=True))


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


# What it is about


def test_the_direction_of_error_is_offered_with_its_numbers(erring: Attempt, ada: Person) -> None:
    mix, topic = focuses_of(ada, timezone.now(), ada)
    assert mix.key == MIX
    assert "in 5 of 7; the reverse in 0 of 7" in mix.sentence
    assert (mix.share, mix.questions, mix.is_askable) == (Share(14, 9), 14, True)
    assert topic.key == "topic:doors:telling-apart"


def test_what_is_right_or_long_ago_is_not_offered(doors: Quiz, ada: Person, hand_in: Answering) -> None:
    hand_in(ada, doors)
    assert focuses_of(ada, timezone.now(), ada) == []
    hand_in(ada, doors, hinge_0="lock")
    assert focuses_of(ada, later(91), ada) == []


@pytest.mark.parametrize(
    "key", ["", "topic", "topic:gone:x", "mix-up:door-problem:hinge", "mix-up:gone:a:b", "\0::"]
)
def test_what_names_nothing_is_left_out(key: str, released_lesson: Lesson) -> None:
    assert read_focuses([key]) == []


# The note and its questions


def test_a_note_comes_with_questions_that_the_rep_is_reminded_of(note: CoachingNote, ada: Person) -> None:
    assert len(slugs(note.items)) == 6
    task = tasks_of(ada, timezone.now())[0]
    assert task.assignment.title.startswith("Coaching: Telling")
    assert Notice.objects.get(person=ada).title == "Max wrote you a note, with 6 questions"


def test_the_questions_are_the_reps_alone(note: CoachingNote, ada: Person, zoe: Person, nia: Person) -> None:
    for stranger in (zoe, nia):
        assert note.items not in Quiz.objects.visible_to(stranger)
        assert client_of(stranger).post(reverse("quiz-start", args=[note.items.slug])).status_code == 404
    assert note.items in Quiz.objects.visible_to(ada)
    assert [one.quiz.slug for one in progress(ada)] == ["many-doors"]


def test_a_note_needs_something_to_ask_now_and_later(
    quiz: Quiz, ada: Person, max: Person, hand_in: Answering
) -> None:
    hand_in(ada, quiz, what_to_promise="a")
    with pytest.raises(BadNote, match="There are 1 questions on this, and 6 are needed"):
        write_note(max, ada, "Look.", read_focuses(["topic:doors:wording"]), now=timezone.now())


def test_the_page_of_a_member_leads_to_a_note(ada: Person, max: Person) -> None:
    address = reverse("coaching-new", args=["ada"])
    assert address in client_of(max).get(reverse("team-member", args=["ada"])).content.decode()
    page = client_of(max).get(address).content.decode()
    assert "Nothing to go by yet" in page


def test_of_two_with_one_name_the_user_name_is_shown(ada: Person, max: Person, north: Team) -> None:
    for username in ("ada.2", "ben"):
        Membership.objects.create(team=north, person=make_person(username, Role.REP))
    Person.objects.filter(username="ada.2").update(first_name=ada.first_name)
    page = client_of(max).get(reverse("coaching")).content.decode()
    for label in (f"{ada.name} (ada)", f"{ada.name} (ada.2)", "Ben"):
        assert f">{label}</a>" in page


def test_the_same_note_twice_is_one(note: CoachingNote, ada: Person, max: Person) -> None:
    with pytest.raises(BadNote, match="has this note already"):
        write_note(max, ada, "Ask what moves.", read_focuses([MIX]), now=timezone.now())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": " "}, "There is no note"),
        ({"focus": []}, "Choose what it is about"),
        ({"text": "x" * 2001}, "2,001"),
    ],
)
def test_what_is_not_right_in_a_note_is_said_and_kept(
    wrong: dict[str, object], sentence: str, erring: Attempt, max: Person
) -> None:
    form = {"text": "Ask what moves.", "focus": [MIX]} | wrong
    response = client_of(max).post(reverse("coaching-new", args=["ada"]), form)
    assert response.status_code == 400
    page = response.content.decode()
    assert sentence in page
    assert str(form["text"]).strip() in page


# The re-check


def test_two_weeks_later_siblings_come_once_and_none_of_the_same(
    note: CoachingNote, ada: Person, max: Person
) -> None:
    assert recheck_notes(later(13)) == 0
    assert recheck_notes(later(15)) == 1
    assert recheck_notes(later(15)) == 0
    note.refresh_from_db()
    assert len(slugs(note.recheck)) == 6
    assert not slugs(note.recheck) & slugs(note.items)
    assert Notice.objects.filter(person=ada, title__startswith="Two weeks later").count() == 1


def test_the_recheck_waits_for_the_morning_where_the_rep_is(note: CoachingNote, ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(time_zone="Pacific/Auckland")
    day = datetime.combine(note.recheck_on, datetime.min.time(), tzinfo=timezone.get_current_timezone())
    # Six in the morning there is five in the evening before here, in summer time.
    assert recheck_notes(day - timedelta(hours=7, minutes=1)) == 0
    assert recheck_notes(day - timedelta(hours=7)) == 1


def test_before_and_after_stand_side_by_side(
    note: CoachingNote, ada: Person, max: Person, hand_in: Answering
) -> None:
    hand_in(ada, note.items)
    assert "not answered yet" in comparison_of(note, max).verdict
    recheck_notes(later(15))
    note.refresh_from_db()
    assert note.recheck is not None
    hand_in(ada, note.recheck)
    found = comparison_of(note, max)
    assert [stage.total for stage in found.stages] == [Share(14, 9), Share(6, 6), Share(6, 6)]
    assert found.verdict.startswith("No difference that chance alone could not make: 9 of 14")
    recheck_notes(later(16))
    told = Notice.objects.get(person=max, title="Ada has answered the re-check")
    assert told.text == found.verdict
    for reader in (ada, max):
        page = client_of(reader).get(note.get_absolute_url()).content.decode()
        assert "9 of 14" in page
        assert found.verdict in page


def test_who_is_asked_the_same_now_reads_no_figure_of_it(
    note: CoachingNote, doors: Quiz, ada: Person, max: Person
) -> None:
    assert comparison_of(note, max).before.total == Share(14, 9)
    taking = start_attempt(max, doors)
    held = comparison_of(note, max)
    assert held.before.total == held.before.by_focus[0] == Share(0, 0)
    assert comparison_of(note, ada).before.total == Share(14, 9)
    submit_attempt(taking, max)
    assert comparison_of(note, max).before.total == Share(14, 9)


def test_another_try_does_not_change_the_comparison(
    note: CoachingNote, ada: Person, max: Person, hand_in: Answering
) -> None:
    first = next(iter(slugs(note.items)))
    hand_in(ada, note.items, **{first.replace("-", "_"): "neither"})
    hand_in(ada, note.items)
    assert comparison_of(note, max).during.total == Share(6, 5)


def test_without_the_manager_no_recheck_comes(note: CoachingNote, ada: Person, max: Person) -> None:
    Membership.objects.filter(person=ada).delete()
    assert recheck_notes(later(15)) == 0
    note.refresh_from_db()
    assert note.ended_at is not None
    assert client_of(max).get(note.get_absolute_url()).status_code == 404
    assert client_of(ada).get(note.get_absolute_url()).status_code == 200


def test_an_ended_note_has_no_recheck_and_can_go_on(note: CoachingNote, ada: Person, max: Person) -> None:
    client = client_of(max)
    client.post(reverse("coaching-end", args=[note.pk]))
    assert recheck_notes(later(15)) == 0
    assert tasks_of(ada, timezone.now()) == []
    client.post(reverse("coaching-end", args=[note.pk]), {"undo": "1"})
    assert len(tasks_of(ada, timezone.now())) == 1
    assert recheck_notes(later(15)) == 1


# Both sides


def test_the_rep_answers_and_the_manager_hears_of_it(note: CoachingNote, ada: Person, max: Person) -> None:
    client = client_of(ada)
    client.post(reverse("coaching-answer", args=[note.pk]), {"text": "I will listen for it."})
    assert Notice.objects.get(person=max).title == "Ada answered your note"
    assert "I will listen for it." in client_of(max).get(note.get_absolute_url()).content.decode()
    assert client.post(reverse("coaching-answer", args=[note.pk]), {"text": "\0"}).status_code == 400


def test_who_no_longer_manages_hears_nothing_further(note: CoachingNote, ada: Person, max: Person) -> None:
    Membership.objects.filter(person=ada).delete()
    answer_note(note, ada, "Goodbye.", now=timezone.now())
    assert not Notice.objects.filter(person=max).exists()


def test_nobody_else_reaches_a_note(note: CoachingNote, zoe: Person, south: Team, ada: Person) -> None:
    mia = make_person("mia", Role.MANAGER)
    south.managers.add(mia)
    for stranger in (zoe, mia):
        client = client_of(stranger)
        assert client.get(note.get_absolute_url()).status_code == 404
        assert client.post(reverse("coaching-answer", args=[note.pk]), {"text": "Hello."}).status_code == 404
        assert client.post(reverse("coaching-end", args=[note.pk])).status_code == 404
        assert client.get(reverse("coaching-new", args=["ada"])).status_code == 404
        assert "Ask what moves" not in client.get(reverse("coaching")).content.decode()
    assert client_of(ada).post(reverse("coaching-end", args=[note.pk])).status_code == 404


def test_writing_and_ending_are_audited(note: CoachingNote, max: Person) -> None:
    end_note(note, max, ended=True, now=timezone.now())
    verbs = set(AuditEvent.objects.filter(kind="coachingnote").values_list("verb", flat=True))
    assert verbs == {"write_note", "end_note"}


# Figures


def test_the_interval_of_a_difference_is_newcombes() -> None:
    """His own example: 48 of 80 against 56 of 70."""
    low, high = difference(Share(80, 48), Share(70, 56))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (Share(4, 0), Share(6, 6), "Too few answers to tell"),
        (Share(0, 0), Share(6, 6), "Too few answers to tell"),
        (Share(20, 5), Share(20, 18), "Better than before"),
        (Share(20, 18), Share(20, 5), "Worse than before"),
        (Share(14, 9), Share(6, 6), "No difference that chance alone could not make"),
    ],
)
def test_the_sentence_says_no_more_than_the_numbers(before: Share, after: Share, words: str) -> None:
    assert verdict(before, after).startswith(words)


shares = st.integers(1, 60).flatmap(lambda n: st.builds(Share, st.just(n), st.integers(0, n)))


@given(shares, shares)
def test_turning_the_comparison_round_turns_its_interval_round(before: Share, after: Share) -> None:
    low, high = difference(before, after)
    assert -1 <= low <= after.share - before.share <= high <= 1
    assert difference(after, before) == pytest.approx((-high, -low))


@given(st.integers(6, 40), st.integers(0, 2**32))
def test_no_question_comes_twice(count: int, seed: int) -> None:
    random = Random(seed)
    pool = [
        Drawable(number, "topic", "sort", family=f"family-{number // 2}" if number % 3 else "")
        for number in range(count)
    ]
    first = first_set(pool, {}, random)
    rest = [one for one in pool if one.item not in first]
    second = second_set([one for one in pool if one.item in first], rest, set(), random)
    assert second
    assert not set(first) & set(second)
    assert len(set(second)) == len(second) <= len(first)


def test_a_focus_asks_what_it_is_about(doors: Quiz) -> None:
    focus = Focus("mix-up", "door-problem", ("hinge", "lock"), "Telling apart")
    question = Question.objects.get(slug="hinge-0")
    assert focus.asks(question, ["hinge"])
    assert not focus.asks(question, ["neither"])


def test_in_a_large_team_somebody_is_found_by_name(
    monkeypatch: pytest.MonkeyPatch, ada: Person, max: Person, north: Team
) -> None:
    monkeypatch.setattr(coaching, "MOST_LISTED", 1)
    Membership.objects.create(person=make_person("ben", Role.REP), team=north)
    client = client_of(max)
    address = reverse("coaching-new", args=[ada.username])
    assert address not in client.get(reverse("coaching")).content.decode()
    assert address in client.get(reverse("coaching"), {"name": "ADA"}).content.decode()
    nobody = client.get(reverse("coaching"), {"name": "nobody"}).content.decode()
    assert "None of your 2 people" in nobody
