"""Runs of the gold set: whether the grading that is in use has earned its badge."""

from __future__ import annotations

from django.db import models


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
