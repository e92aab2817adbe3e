"""Runs of the gold set: whether the grading that is in use has earned its badge."""

from __future__ import annotations

from django.db import models

from quizzes.models.questions import Question


class BenchRunQuerySet(models.QuerySet["BenchRun"]):
    """Runs of the gold set."""

    def badge(self, fingerprint: str) -> BenchRun | None:
        """The newest run, if it passed and was made with the judge, rules and rubrics of `fingerprint`."""
        newest = self.first()
        return newest if newest and newest.passed and newest.fingerprint == fingerprint else None


class BenchRun(models.Model):
    """One run of the gold set. `fingerprint`: a hash over judge, rules and rubrics; another one, no badge."""

    fingerprint = models.CharField(max_length=64)
    passed = models.BooleanField()
    figures = models.JSONField()
    ran_at = models.DateTimeField(auto_now_add=True)

    objects = BenchRunQuerySet.as_manager()

    class Meta:
        ordering = ["-ran_at", "-pk"]

    def __str__(self) -> str:
        return f"{'passed' if self.passed else 'failed'} at {self.ran_at}"


class QuestionBench(models.Model):
    """The newest run of a question's own sample answers. `rows`: text, right, outcome and verdict of each.

    `fingerprint` is over rubric, samples, rules, judge and model; where it is another, the bench runs again.
    """

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="bench")
    fingerprint = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    ran_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"bench of {self.question}"

    def count(self, verdict: str) -> int:
        return sum(row["verdict"] == verdict for row in self.rows)

    @property
    def as_it_should(self) -> int:
        return self.count("right")

    @property
    def raised(self) -> int:
        return self.count("up")
