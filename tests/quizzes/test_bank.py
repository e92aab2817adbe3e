"""The bank of a lesson, and quizzes that draw from it by rule."""

from __future__ import annotations

from enablement.models import Person, State
from quizzes.attempts import start_attempt
from quizzes.bank import bank_of
from quizzes.models import Attempt, Question, Quiz


def from_bank(quiz: Quiz, *rules: dict[str, object]) -> Quiz:
    quiz.from_bank, quiz.rules = True, list(rules)
    quiz.save()
    return quiz


def asked(attempt: Attempt) -> set[str]:
    return set(attempt.answers.values_list("question__slug", flat=True))


def test_a_quiz_draws_from_the_bank_of_its_lesson(quiz: Quiz, every_kind: Attempt, ada: Person) -> None:
    slugs = asked(start_attempt(ada, from_bank(quiz, {"count": 3, "topic": "parts"})))
    assert slugs == {"kind-one", "kind-several", "what-squeaks"}


def test_what_is_not_released_is_not_asked(quiz: Quiz, every_kind: Attempt, ada: Person) -> None:
    Question.objects.filter(slug="kind-one").update(state=State.DRAFT)
    assert "kind-one" not in asked(start_attempt(ada, from_bank(quiz, {"count": 3, "topic": "parts"})))


def test_the_bank_has_the_newest_version_of_each(quiz: Quiz) -> None:
    old = Question.objects.get(slug="what-squeaks")
    Question.objects.create(
        lesson=old.lesson, slug=old.slug, version=2, kind=old.kind, prompt="Newer", topic="parts"
    )
    assert list(bank_of(quiz.lesson).filter(slug=old.slug).values_list("version", flat=True)) == [2]
