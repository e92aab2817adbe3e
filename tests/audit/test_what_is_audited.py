"""Everything that the audit is kept for writes a row, with who, what, before and after, and from where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from enablement.audit.settings import note_settings
from enablement.models import AuditEvent, Lesson, Person, Team
from quizzes.models import Quiz
from tests.audit.deeds import MUST_BE_AUDITED, PASSWORD, Stage, change_a_role, change_a_team, sign_in
from tests.quizzes.doors import Answering


@pytest.fixture
def stage(
    client: Client,
    ada: Person,
    max: Person,
    nia: Person,
    root: Person,
    north: Team,
    released_lesson: Lesson,
    quiz: Quiz,
    hand_in: Answering,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Stage:
    monkeypatch.setattr("enablement.management.commands.backup.write_backup", _empty_backup)
    return Stage(client, ada, max, nia, root, north, released_lesson, quiz, hand_in, tmp_path)


def _empty_backup(database: object, folder: Path, recipients: object) -> object:
    """What a backup is about is tested in tests/store; it cannot see rows of an unfinished transaction."""
    from enablement.store.backup import Backup

    folder.mkdir()
    return Backup(folder, "2026-01-01", [], [])


@pytest.mark.parametrize("deed", MUST_BE_AUDITED, ids=lambda deed: deed.__name__)
def test_it_is_in_the_audit(stage: Stage, deed: Callable[[Stage], None]) -> None:
    last = AuditEvent.objects.values_list("pk", flat=True).first() or 0
    deed(stage)
    written = {
        (row.verb, row.kind, row.actor.username if row.actor else None)
        for row in AuditEvent.objects.filter(pk__gt=last).select_related("actor")
    }
    assert MUST_BE_AUDITED[deed] in written


def test_a_row_says_which_request_it_came_in(stage: Stage) -> None:
    response = stage.client.post("/sign-in/", {"username": "ada", "password": PASSWORD})
    row = AuditEvent.objects.get(verb="sign_in")
    assert (row.channel, row.request, row.address) == ("page", response["X-Request-ID"], "127.0.0.1")
    call_command("backup", str(stage.folder / "backup"))
    row = AuditEvent.objects.get(verb="back_up")
    assert (row.channel, row.request, row.address) == ("program", "", None)


def test_an_unknown_name_at_sign_in_is_not_kept(stage: Stage) -> None:
    stage.client.post("/sign-in/", {"username": "my-Secret-pass", "password": "ada"})
    assert AuditEvent.objects.get(verb="fail_sign_in").subject == "somebody unknown"


def test_a_changed_role_says_what_it_was(stage: Stage) -> None:
    change_a_role(stage)
    row = AuditEvent.objects.get(verb="change", kind="person")
    assert (row.before or {})["role"] == "rep"
    assert (row.after or {})["role"] == "manager"


def test_a_changed_team_says_who_left(stage: Stage) -> None:
    change_a_team(stage)
    before = AuditEvent.objects.get(verb="change", kind="team").before or {}
    assert before["membership"] == ["Ada in North"]


@pytest.mark.django_db
def test_settings_are_noted_once_and_secrets_never() -> None:
    assert note_settings({"DOSAY_RECALL_DAYS": "30", "OPENAI_API_KEY": "sk-canary"})
    assert note_settings({"DOSAY_RECALL_DAYS": "30", "OPENAI_API_KEY": "sk-canary"}) is None
    changed = note_settings({"DOSAY_RECALL_DAYS": "60", "OPENAI_API_KEY": "sk-canary-2"})
    assert changed is not None
    assert changed.subject == "DOSAY_RECALL_DAYS, OPENAI_API_KEY"
    assert (changed.before or {})["DOSAY_RECALL_DAYS"] == "30"
    assert "canary" not in "".join(str((row.before, row.after)) for row in AuditEvent.objects.all())


def test_a_failed_sign_in_after_a_good_one_names_the_person(stage: Stage) -> None:
    sign_in(stage)
    stage.client.post("/sign-out/")
    stage.client.post("/sign-in/", {"username": "ada", "password": "wrong"})
    assert AuditEvent.objects.filter(verb="fail_sign_in").get().subject == str(stage.ada.pk)
