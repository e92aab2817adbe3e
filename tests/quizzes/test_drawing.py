"""Which questions an attempt asks."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizzes.drawing import draw

ITEMS = [(number, "sorting" if number < 12 else "cost" if number < 18 else "wording") for number in range(24)]


@given(count=st.integers(1, 40), seed=st.integers())
def test_a_draw_has_the_count_and_no_question_twice(count: int, seed: int) -> None:
    drawn = draw(ITEMS, count, Random(seed))
    assert len(drawn) == len(set(drawn)) == min(count, len(ITEMS))


@given(seed=st.integers())
def test_every_topic_is_drawn_by_its_share(seed: int) -> None:
    topics = Counter(dict(ITEMS)[number] for number in draw(ITEMS, 12, Random(seed)))
    assert abs(topics["sorting"] - 6) <= 1
    assert abs(topics["cost"] - 3) <= 1
    assert abs(topics["wording"] - 3) <= 1


def test_without_a_count_everything_is_asked_in_another_order_each_time() -> None:
    first, second = draw(ITEMS, None, Random(1)), draw(ITEMS, None, Random(2))
    assert sorted(first) == sorted(second) == list(range(24))
    assert first != second
