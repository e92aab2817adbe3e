"""More time in quizzes: a person's own share of it, and what is added to an attempt while it runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import AuditEvent, Person
from quizzes.attempts import AttemptClosed, TimeOver, start_attempt, submit_attempt
from quizzes.deadlines import GRACE, MOST_EXTENSIONS, OPEN_FOR, deadline_of, lengthened, own_limit, server_now
from quizzes.extra_time import NoMoreTime, extend_attempt, give_extra_time
from quizzes.models import Attempt, Quiz, TimeShare, share_of

TEN = timedelta(minutes=10)


@pytest.fixture
def maxs_client(max: Person) -> Client:
    client = Client()
    client.force_login(max)
    return client


@pytest.fixture
def timed(quiz: Quiz) -> Quiz:
    quiz.time_limit = 10
    quiz.save()
    return quiz


def length(attempt: Attempt) -> timedelta:
    attempt.refresh_from_db()
    return attempt.deadline - attempt.started_at


@pytest.mark.parametrize(
    ("share", "minutes"), [(100, 10), (125, 13), (150, 15), (200, 20), (1000, 100), (0, None)]
)
def test_a_share_of_the_time_is_rounded_up(share: int, minutes: int | None) -> None:
    assert own_limit(10, share) == minutes
    assert own_limit(None, share) is None


def test_every_attempt_has_the_persons_own_time(timed: Quiz, ada: Person, zoe: Person, max: Person) -> None:
    give_extra_time(max, ada, TimeShare.HALF_MORE)
    assert length(start_attempt(ada, timed)) == timedelta(minutes=15)
    assert length(start_attempt(zoe, timed)) == TEN


def test_an_attempt_that_runs_gets_more_and_never_less(timed: Quiz, ada: Person, max: Person) -> None:
    attempt = start_attempt(ada, timed)
    give_extra_time(max, ada, TimeShare.TWICE)
    assert length(attempt) == 2 * TEN
    give_extra_time(max, ada, TimeShare.AS_SET)
    assert length(attempt) == 2 * TEN
    give_extra_time(max, ada, TimeShare.NO_LIMIT)
    assert length(attempt) == OPEN_FOR
    assert not attempt.is_timed
    assert AuditEvent.objects.filter(verb="give_extra_time", actor=max).count() == 3


def test_time_is_added_ten_times_by_who_takes_the_quiz(timed: Quiz, ada: Person) -> None:
    attempt = start_attempt(ada, timed)
    for times in range(1, MOST_EXTENSIONS + 1):
        attempt = extend_attempt(attempt, ada)
        assert length(attempt) == TEN * (1 + times)
    with pytest.raises(NoMoreTime, match="10 times"):
        extend_attempt(attempt, ada)
    assert deadline_of(attempt.started_at, 10_000, MOST_EXTENSIONS) == attempt.started_at + OPEN_FOR


def test_a_press_that_is_sent_again_counts_once(ada_client: Client, timed: Quiz, ada: Person) -> None:
    attempt = start_attempt(ada, timed)
    places = [reverse(name, args=[attempt.pk]) for name in ("api-attempt-extend", "attempt-extend")]
    for _ in range(2):
        told = ada_client.post(f"{places[0]}?extensions=0").json()
        assert (told["extensions"], told["minutes"]) == (1, 20)
        ada_client.post(places[1], {"extensions": "0"})
    assert length(attempt) == 2 * TEN
    for _ in range(2):
        ada_client.post(places[1], {"extensions": "1"})
    assert length(attempt) == 3 * TEN
    assert ada_client.post(f"{places[0]}?extensions=-1").status_code == 400


@pytest.mark.parametrize("limit", [10, 4, None])
def test_what_is_added_comes_on_top_of_what_was_given(
    timed: Quiz, ada: Person, max: Person, limit: int | None
) -> None:
    give_extra_time(max, ada, TimeShare.TWICE)
    attempt = start_attempt(ada, timed)
    give_extra_time(max, ada, TimeShare.AS_SET)
    Quiz.objects.update(time_limit=limit)
    more = OPEN_FOR if limit is None else 2 * TEN + timedelta(minutes=limit)
    assert length(extend_attempt(attempt, ada)) == more


def test_no_attempt_is_lengthened_past_two_weeks() -> None:
    started_at = datetime(2026, 3, 1, 9, tzinfo=UTC)
    latest = started_at + OPEN_FOR
    assert lengthened(latest - timedelta(minutes=3), started_at, 10) == latest


def test_where_the_time_is_part_of_what_is_asked_nobody_adds_to_it(
    timed: Quiz, ada: Person, max: Person
) -> None:
    timed.strict_time = True
    timed.save()
    attempt = start_attempt(ada, timed)
    with pytest.raises(NoMoreTime, match="part of what this quiz asks"):
        extend_attempt(attempt, ada)
    give_extra_time(max, ada, TimeShare.TWICE)
    assert length(attempt) == 2 * TEN


def test_a_manager_does_not_bring_back_what_is_over(timed: Quiz, ada: Person, max: Person) -> None:
    attempt = start_attempt(ada, timed, now=server_now() - 2 * TEN)
    give_extra_time(max, ada, TimeShare.NO_LIMIT)
    assert length(attempt) == TEN


def test_time_that_is_over_is_not_brought_back(timed: Quiz, ada: Person) -> None:
    attempt = start_attempt(ada, timed)
    with pytest.raises(TimeOver):
        extend_attempt(attempt, ada, now=attempt.deadline + GRACE + timedelta(seconds=1))
    submit_attempt(attempt, ada)
    with pytest.raises(AttemptClosed):
        extend_attempt(attempt, ada)


def test_a_manager_gives_it_on_the_persons_page_and_the_person_reads_of_it(
    ada_client: Client, maxs_client: Client, timed: Quiz, ada: Person
) -> None:
    place = reverse("extra-time-save", args=["ada"])
    assert "choose how much" in maxs_client.post(place, {"share": "7"}, follow=True).content.decode().lower()
    assert share_of(ada) == TimeShare.AS_SET
    page = maxs_client.post(place, {"share": "150"}, follow=True).content.decode()
    assert '<option value="150" selected>' in page
    assert "15 minutes from the start" in ada_client.get(timed.get_absolute_url()).content.decode()
    assert "half as much again" in ada_client.get(reverse("my-results")).content.decode()
    assert ada_client.post(place, {"share": "0"}).status_code == 404


def test_without_script_the_form_is_saved_and_the_time_added(
    ada_client: Client, timed: Quiz, ada: Person
) -> None:
    attempt = start_attempt(ada, timed)
    page = ada_client.post(reverse("attempt-extend", args=[attempt.pk]), follow=True).content.decode()
    assert "You have more time" in page
    assert length(attempt) == 2 * TEN
    submit_attempt(attempt, ada)
    assert (
        "Time was added 1 time." in ada_client.get(attempt.get_absolute_url(), follow=True).content.decode()
    )


def test_where_the_limit_was_taken_away_the_button_names_no_minutes(
    ada_client: Client, timed: Quiz, ada: Person
) -> None:
    attempt = start_attempt(ada, timed)
    Quiz.objects.update(time_limit=None)
    assert ">More time</button>" in ada_client.get(attempt.get_absolute_url()).content.decode()


def test_the_head_says_how_long_this_attempt_lasts_whatever_an_editor_does_meanwhile(
    ada_client: Client, timed: Quiz, ada: Person
) -> None:
    attempt = start_attempt(ada, timed)
    Quiz.objects.update(time_limit=None)
    page = ada_client.get(attempt.get_absolute_url()).content.decode()
    assert "10 minutes from the start" in page
    assert "no time limit" not in page
    submit_attempt(attempt, ada)
    free = start_attempt(ada, Quiz.objects.get(pk=timed.pk))
    Quiz.objects.update(time_limit=10)
    page = ada_client.get(free.get_absolute_url()).content.decode()
    assert "no time limit" in page
    assert "from the start" not in page


def test_programs_give_and_add_time_too(
    ada_client: Client, maxs_client: Client, timed: Quiz, ada: Person
) -> None:
    place, json = reverse("api-extra-time", args=["ada"]), "application/json"
    assert maxs_client.post(place, {"per_cent": 200}, json).json() == {"username": "ada", "per_cent": 200}
    assert maxs_client.post(place, {"per_cent": 7}, json).status_code == 400
    attempt = start_attempt(ada, timed)
    told = ada_client.post(reverse("api-attempt-extend", args=[attempt.pk])).json()
    assert (told["extensions"], told["can_be_extended"]) == (1, True)
    assert 39 * 60 < told["seconds_left"] <= 40 * 60
