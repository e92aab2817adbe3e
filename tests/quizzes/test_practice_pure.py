"""When a topic comes again, and which topics a session takes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.practice.choosing import Candidate, Topic, before_call, for_today, weakness_of, with_questions
from quizzes.practice.days import day_bounds, is_due, start_of, zone_of
from quizzes.practice.memory import LONGEST_INTERVAL_DAYS, UNKNOWN, Rating, gain, recall, replay, reviewed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ratings = st.sampled_from(list(Rating))


def learnt(*scores: Rating, every: timedelta = DAY) -> list[tuple[datetime, Rating]]:
    return [(NOON + number * every, rating) for number, rating in enumerate(scores)]


@given(st.lists(ratings, min_size=1, max_size=12))
def test_what_is_due_is_due_at_nine_tenths(scores: list[Rating]) -> None:
    memory = replay(learnt(*scores))
    assert memory
    days = (memory.due - memory.last).days
    assert 1 <= days <= LONGEST_INTERVAL_DAYS
    if 1 < days < LONGEST_INTERVAL_DAYS:
        assert recall(memory, memory.due) == pytest.approx(0.90, abs=0.03)


@given(st.lists(ratings, min_size=1, max_size=8), st.randoms())
def test_reviews_may_be_noted_in_any_order(scores: list[Rating], random: Random) -> None:
    shuffled = learnt(*scores)
    random.shuffle(shuffled)
    assert replay(shuffled) == replay(learnt(*scores))


def test_a_topic_that_went_well_comes_later_than_one_that_did_not() -> None:
    well, badly = (reviewed(None, rating, NOON) for rating in (Rating.GOOD, Rating.AGAIN))
    assert badly.due == NOON + DAY
    assert well.due > badly.due
    assert reviewed(well, Rating.GOOD, well.due).due - well.due > well.due - NOON


@given(ratings, st.integers(0, 60))
def test_practising_never_makes_things_worse(rating: Rating, days: int) -> None:
    assert 0 <= gain(reviewed(None, rating, NOON), NOON + days * DAY) <= 1


def test_what_nobody_knows_is_as_likely_right_as_wrong() -> None:
    assert recall(None, NOON) == UNKNOWN
    assert Rating.of(1.0) is Rating.GOOD
    assert (Rating.of(0.5), Rating.of(0.49)) == (Rating.HARD, Rating.AGAIN)


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        # Late on the first in New York it is the second in UTC.
        ("America/New_York", datetime(2026, 3, 2, 2, tzinfo=UTC), False),
        ("Asia/Tokyo", datetime(2026, 3, 1, 16, tzinfo=UTC), True),
        ("UTC", datetime(2026, 3, 2, 0, tzinfo=UTC), True),
    ],
)
def test_a_day_is_the_persons_own(zone: str, now: datetime, due: bool) -> None:
    assert is_due(NOON, now, ZoneInfo(zone)) is due


def test_days_on_which_clocks_change_have_23_and_25_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        begin, end = day_bounds(start_of(day, berlin) + timedelta(hours=5), berlin)
        assert (end.astimezone(UTC) - begin.astimezone(UTC)) == timedelta(hours=hours)
    assert zone_of("Nowhere/At_All") == ZoneInfo("UTC")


def test_today_takes_what_is_due_then_what_is_new_and_no_more_than_fits() -> None:
    forgotten = Topic("a", "forgotten", reviewed(None, Rating.AGAIN, NOON - 20 * DAY))
    due = Topic("a", "due", reviewed(None, Rating.AGAIN, NOON - DAY))
    later = Topic("a", "later", reviewed(None, Rating.GOOD, NOON))
    new = Topic("a", "new")
    topics = [new, later, due, forgotten]
    assert [one.topic for one in for_today(topics, NOON, ZoneInfo("UTC"), 9)] == ["forgotten", "due", "new"]
    assert [one.topic for one in for_today(topics, NOON, ZoneInfo("UTC"), 1)] == ["forgotten"]
    assert for_today(topics, NOON, ZoneInfo("UTC"), 0) == []


def test_a_weak_spot_comes_before_its_like() -> None:
    memory = reviewed(None, Rating.AGAIN, NOON - 2 * DAY)
    alike, weak = (
        Topic("a", "alike", memory),
        Topic("a", "weak", memory, weakness_of({"quiz": 1, "draft": 1})),
    )
    assert [one.topic for one in before_call([alike, weak], "a", NOON, 2)] == ["weak", "alike"]


def test_before_a_call_only_its_lesson_is_practised_and_topics_come_round() -> None:
    topics = [Topic("a", "x"), Topic("b", "y")]
    assert before_call(topics, "a", NOON, 3) == [topics[0]] * 3
    assert before_call(topics, "c", NOON, 3) == []


def test_a_question_never_met_is_asked_first_and_none_twice() -> None:
    topic = Topic("a", "x")
    known = [Candidate(1, "a", "x", NOON), Candidate(2, "a", "x", NOON - DAY), Candidate(3, "a", "x")]
    chosen = with_questions([topic] * 5, known, Random(0))
    assert [candidate.question for _, candidate in chosen] == [3, 2, 1]
