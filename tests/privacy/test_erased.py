"""Who was erased is erased again where an older backup brings them back."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from enablement.management.commands import restore
from enablement.models import Person
from enablement.personal import erased
from enablement.personal.erased import erase_again, keep_erased
from enablement.personal.erasing import erase
from enablement.store.backup import Backup, BadBackup
from enablement.store.invariants import broken

pytestmark = pytest.mark.django_db


def bring_back(person: Person, **other: object) -> None:
    """The row as a backup from before had it."""
    old = {"username": "ada", "first_name": "Ada", "erased_at": None} | other
    Person.objects.filter(pk=person.pk).update(**old)


def is_named(person: Person) -> bool:
    return Person.objects.get(pk=person.pk).erased_at is None


def test_who_is_back_with_their_name_loses_it_again(ada: Person, zoe: Person, tmp_path: Path) -> None:
    erase(ada, None)
    known = keep_erased(tmp_path)
    assert erase_again(known, tmp_path).erased == 0
    bring_back(ada)
    assert erase_again(known, tmp_path).erased == 1
    assert not Person.objects.filter(username="ada").exists()
    assert is_named(zoe)
    assert not list(tmp_path.iterdir())


def test_somebody_elses_number_is_no_reason_to_erase_them(ada: Person, tmp_path: Path) -> None:
    erase(ada, None)
    known = keep_erased(tmp_path)
    bring_back(ada, date_joined=ada.date_joined - timedelta(days=1))
    assert erase_again(known, tmp_path).erased == 0


def test_one_who_cannot_be_erased_leaves_the_others_erased_and_stays_on_the_list(
    monkeypatch: pytest.MonkeyPatch, ada: Person, zoe: Person, tmp_path: Path
) -> None:
    erase(ada, None)
    erase(zoe, None)
    known = keep_erased(tmp_path)
    bring_back(ada)
    bring_back(zoe, username="zoe")

    def erase_all_but_ada(person: Person, actor: Person | None) -> None:
        if person.pk == ada.pk:
            raise ValueError("broken")
        erase(person, actor)

    monkeypatch.setattr(erased, "erase", erase_all_but_ada)
    again = erase_again(known, tmp_path)
    assert (again.erased, [one.pk for one in again.left], is_named(zoe)) == (1, [ada.pk], False)
    assert again.left == keep_erased(tmp_path)[:1]


@pytest.fixture
def half_way(monkeypatch: pytest.MonkeyPatch, settings: Any, ada: Person, tmp_path: Path) -> list[str]:
    """Ada is erased; a restore brings her back, and ends where the words say: at once, or at the tables."""
    erase(ada, None)
    settings.DATA_FOLDER = tmp_path
    ends = ["load", "migrate", ""]

    def restored(*args: Any, **options: Any) -> Backup:
        bring_back(ada)
        if ends[0] == "load":
            raise BadBackup("The restored database differs from the backup.")
        return Backup(tmp_path, "2027-01-01", [], [])

    def brought_up_to_date() -> None:
        if ends[0] == "migrate":
            raise OperationalError("the server was stopped")

    monkeypatch.setattr(restore, "restore_backup", restored)
    monkeypatch.setattr(restore, "_bring_up_to_date", brought_up_to_date)
    # The test's own transaction is on it.
    monkeypatch.setattr(connection, "close", lambda: None)
    return ends


def test_a_restore_that_ended_half_way_is_made_good_by_the_next(
    half_way: list[str], ada: Person, tmp_path: Path
) -> None:
    for problem in (CommandError, OperationalError):
        with pytest.raises(problem):
            call_command("restore", "backup", "--replace")
        assert is_named(ada)
        assert [case for one in broken() if one.name == "erased" for case in one.cases] == [
            f"the person with the number {ada.pk}"
        ]
        assert (tmp_path / "erased.json").stat().st_mode & 0o077 == 0
        half_way.pop(0)
    out = StringIO()
    call_command("restore", "backup", "--replace", stdout=out)
    assert "erased again: 1 people" in out.getvalue()
    assert not is_named(ada)
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("half_way")
def test_a_list_that_cannot_be_read_stops_a_restore_before_it_begins(ada: Person, tmp_path: Path) -> None:
    (tmp_path / "erased.json").write_text("[[1]]", encoding="ascii")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("restore", "backup", "--replace")
    assert not is_named(ada)
