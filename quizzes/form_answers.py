"""Answers out of the attempt page's own form: the way that works without script."""

from __future__ import annotations

from django.db import transaction
from django.http import QueryDict

from quizzes.attempts import MAX_SEQ, save_answer
from quizzes.models import Answer, Attempt


@transaction.atomic
def save_form(attempt: Attempt, form: QueryDict) -> list[int]:
    """Save what the form changed, and return the numbers of questions that a newer window had answered.

    The form carries, for each question, the number of the save it knows of. Where a later one is stored,
    the form is the older of two windows, and what is stored stays. Raises BadResponse and AttemptClosed.
    """
    newer_elsewhere = []
    for answer in Answer.objects.filter(attempt=attempt).select_related("question"):
        seen = form.get(f"seq-{answer.question_id}")
        if seen is None or not seen.isdecimal() or len(seen) > len(str(MAX_SEQ)):
            continue
        rules = answer.question.rules
        response = rules.from_form(field_values(form, f"q-{answer.question_id}"))
        if rules.is_same(response, answer.response):
            continue
        if int(seen) < answer.client_seq:
            newer_elsewhere.append(answer.position + 1)
            continue
        seq = min(max(int(seen), answer.client_seq + 1), MAX_SEQ)
        save_answer(attempt, answer.question, response, seq)
    return newer_elsewhere


def field_values(form: QueryDict, name: str) -> list[str]:
    """What a question's fields hold; each part of a question may have a field of its own, `name-part`."""
    fields = [field for field in form if field == name or field.startswith(f"{name}-")]
    return [value for field in fields for value in form.getlist(field)]
