"""The badge that the grading in use has earned on the gold set; void once judge, rubric or model changes."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from enablement.judges.answer_files import shipped_check
from quizzes.bench import BENCH, ITEMS, Sample, fingerprint, read_bench, run_bench
from quizzes.grading.rubrics import Judge
from quizzes.models import BenchRun
from quizzes.second_opinion import grading_mark


@dataclass(frozen=True, slots=True)
class Badge:
    """The newest run of the gold set, if there is one, and whether it was made with what grades now."""

    run: BenchRun | None
    is_current: bool

    @property
    def is_earned(self) -> bool:
        return self.is_current and self.run is not None and self.run.passed


def badge_now() -> Badge:
    """Return the badge of the grading that is in use."""
    run = BenchRun.objects.first()
    return Badge(run, run is not None and run.fingerprint == mark_now())


def earn_badge(fixtures: Path, judge: Judge) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Grade the gold set with the local `judge`, keep the run, return its figures and a row for each answer.

    A language model only ever sends answers to a person, so the set is graded without one; its name is part
    of what the badge is for. Raises what `judge` raises.
    """
    samples = read_bench(fixtures)
    figures, rows = run_bench(samples, judge)
    mark = fingerprint(samples, grading_mark(shipped_check().digest))
    BenchRun.objects.create(fingerprint=mark, passed=figures["passed"], figures=figures)
    return figures, rows


def mark_now() -> str:
    """The fingerprint of the gold set with what grades now."""
    fixtures = settings.ROOT / "fixtures"
    files = [path for name in (ITEMS, BENCH) for path in sorted(fixtures.glob(f"*/{name}"))]
    return fingerprint(
        _samples(fixtures, tuple(path.stat().st_mtime_ns for path in files)),
        grading_mark(shipped_check().digest),
    )


@functools.lru_cache(maxsize=2)
def _samples(fixtures: Path, changed: tuple[int, ...]) -> list[Sample]:
    """The gold set as read when its files were last changed: a page cannot wait for so much YAML."""
    return read_bench(fixtures)
