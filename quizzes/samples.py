"""What people decided joins the bench of its question, and leaves it when the decision is taken back."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from quizzes.grading import written_in
from quizzes.models import Answer, SampleAnswer


def join_bench(answer: Answer, met: list[str], spoilt: bool) -> dict[str, Any]:
    """Put an answer on the bench as it was decided. Return what `leave_bench` needs to take that back."""
    question, text = answer.question, written_in(answer.response)
    known = SampleAnswer.objects.filter(question=question)
    sample = known.filter(text=text).first()
    if sample is not None:
        was = {"met": sample.met, "breaks": sample.breaks}
        known.filter(text=text).update(met=met, breaks=spoilt)
        return {"sample": sample.pk, "was": was}
    last = known.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    sample = SampleAnswer.objects.create(
        question=question, position=position, text=text, met=met, breaks=spoilt
    )
    return {"sample": sample.pk, "was": None}


def leave_bench(joined: dict[str, Any]) -> None:
    """Take back what `join_bench` did."""
    if not joined:
        return
    sample = SampleAnswer.objects.filter(pk=joined["sample"])
    if joined["was"]:
        sample.update(**joined["was"])
    else:
        sample.delete()
