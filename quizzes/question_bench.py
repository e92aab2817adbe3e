"""A question's own bench: its sample answers graded anew whenever rubric, samples, judge or model change."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from enablement.judges.answer_files import shipped_check
from quizzes.bench import rules_digest
from quizzes.grading.rubrics import Judge, Outcome, grade_rubric, read_rubric
from quizzes.models import Question, QuestionBench, SampleAnswer
from quizzes.second_opinion import grading_mark

# Of one sweep; the next one goes on.
MOST_AT_ONCE = 50
VERDICTS = {
    (True, Outcome.MET): "right",
    (False, Outcome.NOT_MET): "right",
    (True, Outcome.NOT_MET): "down",
    (False, Outcome.MET): "up",
}


def run_stale_benches(judge: Judge, now: datetime) -> int:
    """Run the benches that are not up to date and return how many. Raises what `judge` raises."""
    newest = Question.objects.order_by("slug", "-version").distinct("slug").values("pk")
    with_samples = Question.objects.filter(pk__in=newest, samples__isnull=False).distinct()
    stale = [
        question
        for question in with_samples.select_related("key", "bench").prefetch_related("samples")
        if question.key.rubric.get("checks") and not is_current(question)
    ]
    for question in stale[:MOST_AT_ONCE]:
        run_question_bench(question, judge, now)
    return len(stale[:MOST_AT_ONCE])


def run_question_bench(question: Question, judge: Judge, now: datetime) -> QuestionBench:
    """Grade a question's samples and keep what came of each."""
    rubric = read_rubric(question.prompt, question.key.rubric)
    rows = []
    for sample in question.samples.all():
        grade = grade_rubric(rubric, sample.text, judge)
        right = not sample.breaks and len(sample.met) >= rubric.needed
        verdict = VERDICTS.get((right, grade.outcome), "person")
        rows.append({"text": sample.text, "right": right, "outcome": str(grade.outcome), "verdict": verdict})
    kept = {"fingerprint": bench_mark(question), "rows": rows, "ran_at": now}
    return QuestionBench.objects.update_or_create(question=question, defaults=kept)[0]


def is_current(question: Question) -> bool:
    """Whether the newest run is of the rubric, samples, judge and model as they are."""
    bench = getattr(question, "bench", None)
    return bench is not None and bench.fingerprint == bench_mark(question)


def bench_mark(question: Question) -> str:
    """A hash over all that the outcome of a question's bench rests on."""
    told: list[Any] = [
        rules_digest(),
        grading_mark(shipped_check().digest),
        question.prompt,
        question.key.rubric,
    ]
    told += [_told(sample) for sample in question.samples.all()]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _told(sample: SampleAnswer) -> list[Any]:
    return [sample.text, sample.met, sample.breaks]
