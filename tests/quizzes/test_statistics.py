"""Figures of items and quizzes, against numpy; and who reads them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given as examples
from hypothesis import strategies as st

from enablement.models import Membership, Person, Role, Team
from quizzes.attempts import start_attempt
from quizzes.models import Question, Quiz
from quizzes.statistics.item_report import quiz_statistics, readable
from quizzes.statistics.measures import Given, ItemFigures, OptionFigures, item_figures, reliability
from quizzes.statistics.verdicts import FEWEST, consistency, verdict
from tests.quizzes.doors import CANARY, Answering


def answers(matrix: np.ndarray) -> list[Given]:
    """A matrix of scores, people by items, as answers."""
    return [
        Given(str(person), item, float(score), ("a",) if score else ("b",))
        for person, row in enumerate(matrix)
        for item, score in enumerate(row)
    ]


def made_up(people: int, items: int, seed: int = 1) -> np.ndarray:
    """Right and wrong answers of people of different ability to items of different difficulty."""
    random = np.random.default_rng(seed)
    ability, difficulty = random.normal(size=(people, 1)), random.normal(size=items)
    return (random.random((people, items)) < 1 / (1 + np.exp(2 * (difficulty - ability)))).astype(float)


def test_difficulty_and_corrected_discrimination_are_numpys() -> None:
    matrix = made_up(80, 7)
    found = item_figures(answers(matrix))
    for item in range(7):
        rest = np.delete(matrix, item, axis=1).sum(axis=1)
        assert found[item].difficulty == pytest.approx(matrix[:, item].mean())
        assert found[item].discrimination == pytest.approx(np.corrcoef(matrix[:, item], rest)[0, 1])
        assert found[item].n == 80


def test_alpha_is_kr20_for_right_and_wrong() -> None:
    matrix = made_up(60, 8)
    found = reliability(answers(matrix))
    share = matrix.mean(axis=0)
    # Kuder and Richardson's formula 20, with variances over n as they wrote it.
    kr20 = 8 / 7 * (1 - (share * (1 - share)).sum() / matrix.sum(axis=1).var())
    assert found
    assert found.alpha == pytest.approx(kr20)
    assert found.low < found.alpha < found.high
    assert not found.estimated


def test_the_interval_covers_what_a_bootstrap_covers() -> None:
    matrix = made_up(120, 10)
    random = np.random.default_rng(2)
    drawn = [matrix[random.integers(0, 120, 120)] for _ in range(400)]
    alphas = [_alpha(sample) for sample in drawn]
    found = reliability(answers(matrix))
    assert found
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(alphas, [2.5, 97.5])), abs=0.04)


def _alpha(matrix: np.ndarray) -> float:
    k = matrix.shape[1]
    return float(k / (k - 1) * (1 - matrix.var(axis=0, ddof=1).sum() / matrix.sum(axis=1).var(ddof=1)))


def test_where_people_were_asked_different_items_alpha_is_estimated() -> None:
    matrix = made_up(300, 12)
    random = np.random.default_rng(3)
    some = [one for one in answers(matrix) if random.random() < 0.5]
    found = reliability(some)
    assert found
    assert found.estimated
    # Half the items: Spearman and Brown's formula says what alpha of the whole becomes.
    whole = _alpha(matrix)
    half = 0.5 * whole / (1 - 0.5 * whole)
    assert found.alpha == pytest.approx(half, abs=0.08)


@examples(st.lists(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=3, max_size=3), max_size=12))
def test_whatever_is_answered_the_figures_stay_in_their_bounds(rows: list[list[float]]) -> None:
    given = answers(np.array(rows).reshape(-1, 3))
    for figures in item_figures(given).values():
        assert 0 <= figures.difficulty <= 1
        assert figures.discrimination is None or -1.0001 <= figures.discrimination <= 1.0001
    found = reliability(given)
    assert found is None or found.alpha <= 1.0001


def item(n: int = 50, difficulty: float = 0.6, discrimination: float = 0.4, **rest: float) -> ItemFigures:
    counts = {"a": round(n * difficulty), "b": n - round(n * difficulty)}
    options = tuple(OptionFigures(name, count, n, rest.get(name, 0.5)) for name, count in counts.items())
    return ItemFigures(1, n, difficulty, discrimination, 12.0, options)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (item(difficulty=0.95), "Easy"),
        (item(difficulty=0.28), "Hard"),
        (item(difficulty=0.2), "than by guessing"),
        (item(discrimination=-0.1), "Check the key"),
        (item(discrimination=0.05), "no better here"),
        (item(discrimination=0.15), "only weakly"),
        (item(b=0.9), "do better than those who choose the right one"),
        (item(difficulty=1.0), "Nobody chooses b"),
    ],
)
def test_an_item_to_look_at_says_why(figures: ItemFigures, words: str) -> None:
    found = verdict(figures, ["a"], 0.25)
    assert found.label == "Look at it"
    assert any(words in reason for reason in found.reasons)


def test_nothing_is_said_of_few_answers() -> None:
    assert verdict(item(n=FEWEST - 1, discrimination=-0.5), ["a"], 0.25).label == "Too few answers"
    assert verdict(item(n=FEWEST), ["a"], 0.25).label == "Fine"
    assert "Too few" in consistency(None)


@pytest.fixture
def taken(quiz: Quiz, ada: Person, zoe: Person, hand_in: Answering) -> Iterator[Quiz]:
    """Ada at her first try wrong in one, at her second in none; Zoe wrong in another."""
    hand_in(ada, quiz, what_to_promise="a")
    hand_in(ada, quiz)
    hand_in(zoe, quiz, sort_scraping="lock")
    return quiz


def test_only_first_attempts_count_and_options_carry_their_misconception(taken: Quiz, nia: Person) -> None:
    attempts = readable(taken, nia)
    assert attempts is not None
    report = quiz_statistics(taken, attempts)
    row = next(row for row in report.items if row.question.slug == "what-to-promise")
    assert (report.attempts, row.difficulty) == (2, 50)
    chosen = {option.text: option.figures.count for option in row.options}
    assert chosen["It can never be opened"] == 1
    assert row.options[0].misconception.startswith(CANARY)
    assert row.options[1].is_right


def test_managers_read_their_teams_and_reps_nothing(
    client: Client, taken: Quiz, max: Person, nia: Person, ada: Person, eve: Person
) -> None:
    address = reverse("quiz-statistics", args=[taken.slug])
    for person, status in ((nia, 200), (max, 200), (ada, 404), (eve, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status
    attempts = readable(taken, max)
    assert attempts is not None
    assert quiz_statistics(taken, attempts).attempts == 1


def test_a_manager_who_has_the_quiz_open_reads_no_keys(client: Client, taken: Quiz, max: Person) -> None:
    start_attempt(max, taken)
    client.force_login(max)
    assert client.get(reverse("quiz-statistics", args=[taken.slug])).status_code == 404


def test_the_page_says_what_to_look_at(
    client: Client, quiz: Quiz, nia: Person, north: Team, hand_in: Answering
) -> None:
    for number in range(FEWEST):
        person = Person.objects.create_user(f"rep{number}", role=Role.REP)
        Membership.objects.create(team=north, person=person)
        hand_in(person, quiz, what_squeaks=None if number % 2 else "a")
    client.force_login(nia)
    page = client.get(reverse("quiz-statistics", args=[quiz.slug])).content.decode()
    assert "4 questions to look at" in page
    assert "than by guessing" in page
    assert "Easy: 100\xa0% are right" in page


def test_a_manager_goes_on_to_which_way_people_err(
    client: Client, max: Person, ada: Person, quiz: Quiz, hand_in: Answering
) -> None:
    hand_in(ada, quiz)
    client.force_login(max)
    page = client.get(f"/quizzes/{quiz.slug}/statistics/").content.decode()
    sorted_one = Question.objects.filter(quizzes=quiz, distinction__isnull=False)[0]
    link = f"/answers/?question={sorted_one.slug}"
    assert f'href="{link}"' in page
    assert "This question: chosen against true" in client.get(link).content.decode()
