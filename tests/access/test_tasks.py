"""The tasks of the queue, a row for each: its name and what it may be told. One without a row fails.

A task of Celery is told nothing, or the number of a row of the outbox. Work of the outbox is told keys, where
to post, and in three cases words: of the one who asked, or of ours to be posted.
"""

from __future__ import annotations

import inspect
from typing import Any, Final

import pytest
from celery import current_app
from django.apps import apps

from enablement import outbox

TASKS: Final[dict[str, set[str]]] = {
    "enablement.tasks.run_work": {"work_id"},
    **{
        f"enablement.tasks.{name}": set()
        for name in (
            "forget_audit",
            "forget_card_openings",
            "forget_conversations",
            "forget_old_keys",
            "forget_old_sessions",
            "forget_slack_requests",
            "note_settings",
            "remind_owners",
            "send_mail",
            "sweep_outbox",
            "verify_store",
        )
    },
    **{
        f"quizzes.tasks.{name}": set()
        for name in (
            "close_overdue_attempts",
            "practise_in_slack",
            "recheck_notes",
            "remind_of_assignments",
            "run_benches",
        )
    },
}
WORK: Final[dict[str, set[str]]] = {
    "answer_slack": {"person_id", "action", "text", "asked_at", "place", "slack_user"},
    "ask_reason_slack": {"turn", "place"},
    "check_document": {"source", "person"},
    "grade_answer": {"answer"},
    "grade_practice": {"item"},
    "home_slack": {"slack_team", "slack_user", "said"},
    "import_document": {"job"},
    "index_lesson": {"lesson"},
    "mail_notices": {"person", "upto"},
    "note_attempt": {"attempt"},
    "notices_slack": {"person", "upto"},
    "plan_regrade": {"regrade"},
    "practice_feedback_slack": {"item", "place", "slack_user"},
    "practice_slack": {"person", "place", "slack_user", "by_itself"},
    "propose_by_model": {"lesson", "person"},
    "share_slack": {"person_id", "turn", "place"},
    "tell_slack": {"place", "text", "slack_user"},
    "train_guide": set(),
    "train_sorting": set(),
}


def told(function: Any) -> set[str]:
    """The names of what a function is told; an open list of arguments has no row."""
    parameters = inspect.signature(function).parameters.values()
    assert not [one for one in parameters if one.kind in (one.VAR_KEYWORD, one.VAR_POSITIONAL)], function
    return {one.name for one in parameters}


def ours() -> dict[str, Any]:
    """What a worker of ours can be asked to do by a message, the library's own tasks left out."""
    current_app.loader.import_default_modules()
    return {name: task for name, task in current_app.tasks.items() if not name.startswith("celery.")}


def test_every_task_has_a_row_and_is_told_what_it_says() -> None:
    assert {name: told(task.run) for name, task in ours().items()} == TASKS


def test_all_work_of_the_outbox_has_a_row_and_is_told_what_it_says() -> None:
    modules = {config.name for config in apps.get_app_configs()}
    handlers = {
        name: handler
        for name, handler in outbox.HANDLERS.items()
        # Tests have handlers of their own.
        if handler.__module__.split(".")[0] in modules
    }
    assert {name: told(handler) for name, handler in handlers.items()} == WORK


@pytest.mark.django_db
def test_a_number_that_leads_nowhere_does_nothing() -> None:
    ours()["enablement.tasks.run_work"].run(10**12)
    assert not outbox.run_work(10**12)
