"""The badge is for one judge, one set of rules and rubrics, and one model; benches run when any changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from enablement.judges.judgements import Asked, Judgement
from enablement.models import Person
from quizzes import paced_judging, tasks
from quizzes.badge import badge_now, mark_now
from quizzes.models import Attempt, BenchRun, Question, QuestionBench, SampleAnswer
from quizzes.question_bench import is_current, run_stale_benches
from tests.quizzes.doors import answer_of

FIGURES = {"n": 10, "accuracy": 0.95, "graded_up_adversarial": 0, "adversarial": 4, "review_rate": 0.1}


@pytest.fixture
def question(every_kind: Attempt) -> Question:
    """A question answered in one's own words, with the samples of its bench."""
    return answer_of(every_kind, "kind-free").question


def all_met(asked: Sequence[Asked]) -> list[Judgement]:
    return [Judgement(True, 0, len(one.answer), 0.9, True, 0.9) for one in asked]


@pytest.mark.django_db
def test_the_badge_expires_with_the_model(settings: Any) -> None:
    assert not badge_now().is_earned
    BenchRun.objects.create(fingerprint=mark_now(), passed=True, figures=FIGURES)
    assert badge_now().is_earned
    settings.OPENAI_API_KEY, settings.GRADING_OPINION = "key", True
    assert not badge_now().is_current
    settings.GRADING_OPINION = False
    BenchRun.objects.create(fingerprint=mark_now(), passed=False, figures=FIGURES)
    assert badge_now().is_current
    assert not badge_now().is_earned


def test_a_bench_runs_once_and_again_when_its_rubric_or_samples_change(question: Question) -> None:
    ran, again = (run_stale_benches(all_met, timezone.now()) for _ in range(2))
    assert (ran, again) == (QuestionBench.objects.count(), 0)
    bench = QuestionBench.objects.get(question=question)
    assert len(bench.rows) == question.samples.count()
    assert all(row["verdict"] != "right" for row in bench.rows if not row["right"])
    SampleAnswer.objects.filter(question=question, position=1).update(text="No idea at all.")
    assert not is_current(Question.objects.get(pk=question.pk))
    assert run_stale_benches(all_met, timezone.now()) == 1


def test_a_slow_machine_goes_on_with_the_benches_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch, question: Question
) -> None:
    judged: list[Sequence[Asked]] = []

    def one_at_a_time(asked: Sequence[Asked], patience: float) -> list[Judgement]:
        """As slow as the time that a run has."""
        judged.append(asked)
        monkeypatch.setattr(paced_judging.time, "monotonic", lambda: float("inf"))
        return all_met(asked)

    BenchRun.objects.create(fingerprint=mark_now(), passed=True, figures=FIGURES)
    monkeypatch.setattr(paced_judging, "judge_answers", one_at_a_time)
    for run in range(1, 4):
        monkeypatch.setattr(paced_judging.time, "monotonic", lambda: 0.0)
        tasks.run_benches()
        assert len(judged) == run
    assert len(set(map(tuple, judged))) == 3


def test_the_benches_run_one_at_a_time(monkeypatch: pytest.MonkeyPatch, question: Question) -> None:
    monkeypatch.setattr(tasks, "judge_for", lambda seconds: all_met)
    cache.set(tasks.BENCHES_RUN, 1, 60)
    tasks.run_benches()
    assert not QuestionBench.objects.exists()
    cache.delete(tasks.BENCHES_RUN)
    tasks.run_benches()
    assert QuestionBench.objects.filter(question=question).exists()
    assert cache.get(tasks.BENCHES_RUN) is None


def test_editors_see_badge_and_bench(question: Question, nia: Person, client: Client) -> None:
    client.force_login(nia)
    bank, page = (
        reverse("question-bank", args=[question.lesson.slug]),
        reverse("question-preview", args=[question.slug]),
    )
    assert "No badge yet" in client.get(bank).content.decode()
    assert "has not run yet" in client.get(page).content.decode()
    BenchRun.objects.create(fingerprint=mark_now(), passed=True, figures=FIGURES)
    run_stale_benches(all_met, timezone.now())
    assert "has its badge" in client.get(bank).content.decode()
    assert "sample answers come out as they should" in client.get(page).content.decode()
