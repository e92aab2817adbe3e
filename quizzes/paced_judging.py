"""Judging much in the background: for a while at a time, other work between, and what is done is kept."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import astuple
from hashlib import sha256

from django.core.cache import cache

from enablement.judges.answer_files import shipped_check
from enablement.judges.answers import judge_answers
from enablement.judges.judgements import Asked, Judgement
from quizzes.grading.rubrics import Judge

# Seconds that a judgement is kept for.
KEPT_FOR = 24 * 3600


class NotDone(Exception):
    """Time is up. What was judged is kept, and the next run goes on from there."""


def judge_for(seconds: float) -> Judge:
    """Return what judges for so long, then raises NotDone; what it has judged before takes no time."""
    until = time.monotonic() + seconds
    digest = shipped_check().digest

    def judge(asked: Sequence[Asked]) -> list[Judgement]:
        key = "paced-judging:" + sha256(repr((digest, asked)).encode()).hexdigest()
        kept = cache.get(key)
        if kept is not None:
            return [Judgement(*row) for row in kept]
        if time.monotonic() > until:
            raise NotDone
        judged = judge_answers(asked, patience=60.0)
        cache.set(key, [astuple(one) for one in judged], KEPT_FOR)
        return judged

    return judge
