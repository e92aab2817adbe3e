"""Nothing tells a right answer from a wrong one before handing in: not the reply, and not the work behind it.

How long it takes is measured by `manage.py benchmark_answers`; here it is what is done that is compared.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quizzes.models import Attempt
from tests.quizzes.doors import answer_of

RIGHT, WRONG = "b", "a"


def saved(client: Client, attempt: Attempt, chosen: str, seq: int) -> tuple[dict[str, Any], int, list[str]]:
    """Save an answer. Return the reply without what was sent, its length, and the statements behind it."""
    question = answer_of(attempt, "what-to-promise").question_id
    body = {
        "attempt": str(attempt.pk),
        "question": question,
        "response": {"chosen": [chosen]},
        "client_seq": seq,
    }
    with CaptureQueriesContext(
        connection,
    ) as queries:
        reply = client.post(reverse("api-answers"), body, content_type="application/json")
    said = {
        name: value
        for name, value in reply.json().items()
        if name not in ("response", "client_seq", "saved_at")
    }
    return (
        said,
        reply.status_code,
        [re.sub(r"'[^']*'|\d+", "?", row["sql"]) for row in queries.captured_queries],
    )


@pytest.mark.django_db
def test_a_right_answer_is_saved_just_as_a_wrong_one(ada_client: Client, attempt: Attempt) -> None:
    saved(ada_client, attempt, WRONG, 1)
    wrong, right = (saved(ada_client, attempt, chosen, seq) for seq, chosen in ((2, WRONG), (3, RIGHT)))
    assert wrong == right
    assert not any("answerkey" in statement for statement in right[2])
