"""Which questions an attempt asks."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizzes.drawing import Drawable, DrawRule, draw, siblings
from quizzes.likeness import content_words

TOPICS = ["sorting"] * 12 + ["cost"] * 6 + ["wording"] * 6
LEVELS = ["easy", "middle", "hard"]
ITEMS = [
    Drawable(number, topic=topic, kind="one", difficulty=LEVELS[number % 3])
    for number, topic in enumerate(TOPICS)
]


@given(count=st.integers(1, 40), seed=st.integers())
def test_a_draw_has_the_count_and_no_question_twice(count: int, seed: int) -> None:
    drawn = draw(ITEMS, count, Random(seed))
    assert len(drawn) == len(set(drawn)) == min(count, len(ITEMS))


@given(seed=st.integers())
def test_every_topic_is_drawn_by_its_share(seed: int) -> None:
    topics = Counter(TOPICS[number] for number in draw(ITEMS, 12, Random(seed)))
    assert abs(topics["sorting"] - 6) <= 1
    assert abs(topics["cost"] - 3) <= 1
    assert abs(topics["wording"] - 3) <= 1


def test_without_a_count_everything_is_asked_in_another_order_each_time() -> None:
    first, second = draw(ITEMS, None, Random(1)), draw(ITEMS, None, Random(2))
    assert sorted(first) == sorted(second) == list(range(24))
    assert first != second


@given(seed=st.integers())
def test_rules_are_filled_first(seed: int) -> None:
    rules = [DrawRule(3, topic="cost"), DrawRule(2, topic="wording", difficulty="hard")]
    drawn = draw(ITEMS, 8, Random(seed), rules)
    assert len(drawn) == 8
    assert sum(TOPICS[number] == "cost" for number in drawn) >= 3
    assert sum(TOPICS[number] == "wording" and number % 3 == 2 for number in drawn) >= 2


def test_rules_without_a_count_ask_what_they_say() -> None:
    assert len(draw(ITEMS, None, Random(1), [DrawRule(4, topic="cost")])) == 4


def test_a_rule_that_cannot_be_filled_gives_what_there_is() -> None:
    assert len(draw(ITEMS, None, Random(1), [DrawRule(9, topic="cost")])) == 6


@given(seed=st.integers())
def test_siblings_and_rewordings_are_never_asked_together(seed: int) -> None:
    said = "Which step would you take first when replies are far too long?"
    pool = [
        Drawable(1, "a", family="f"),
        Drawable(2, "b", family="f"),
        Drawable(3, "a", words=content_words(said)),
        Drawable(4, "b", words=content_words(said.replace("Which step", "What"))),
        Drawable(5, "b", words=content_words("Where does a citation lead?")),
    ]
    drawn = set(draw(pool, None, Random(seed)))
    assert len(drawn) == 3
    assert len(drawn & {1, 2}) == len(drawn & {3, 4}) == 1


@given(seed=st.integers())
def test_a_retake_asks_the_sibling_else_the_topic_else_the_same(seed: int) -> None:
    missed = [Drawable(1, "a", "one", family="f"), Drawable(2, "b", "one"), Drawable(3, "c", "one")]
    others = [Drawable(11, "z", "one", family="f"), Drawable(12, "b", "sort"), Drawable(13, "b", "one")]
    assert sorted(siblings(missed, others, Random(seed))) == [3, 11, 13]
