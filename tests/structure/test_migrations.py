"""An upgrade while the code before it runs: its rows still fit, and what it reads is still there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField, DeleteModel, RemoveField, RenameField, RenameModel
from django.db.models import NOT_PROVIDED, ManyToManyField

# The last migrations before anybody had a release to upgrade from.
UNRELEASED = {"enablement": "0034_reason_of_passages", "quizzes": "0027_kept_responses_moved"}
TAKES_AWAY = (DeleteModel, RemoveField, RenameField, RenameModel)


def faults(migration: Migration) -> Iterator[str]:
    """What code of the release before could not live with."""
    for operation in migration.operations:
        if isinstance(operation, AddField) and needs_a_value(operation):
            yield f"{operation.model_name}.{operation.name}: the old code gives it no value; add db_default"
        if isinstance(operation, TAKES_AWAY):
            yield f"{operation.describe()}: the old code still reads it; take it away one release later"


def needs_a_value(operation: AddField) -> bool:
    field = operation.field
    given = field.null or isinstance(field, ManyToManyField) or field.db_default is not NOT_PROVIDED
    return not given


def test_the_code_of_the_release_before_runs_on_the_new_tables() -> None:
    migrations = MigrationLoader(None).disk_migrations
    new = {
        f"{app}.{name}": list(faults(migration))
        for (app, name), migration in migrations.items()
        if app in UNRELEASED and name > UNRELEASED[app]
    }
    assert {name: found for name, found in new.items() if found} == {}


@pytest.mark.parametrize(
    ("name", "found"),
    [("0016_retakes_and_order", 2), ("0027_kept_responses_moved", 0), ("0025_two_minute_practice", 1)],
)
def test_what_would_break_it_is_found(name: str, found: int) -> None:
    assert len(list(faults(MigrationLoader(None).disk_migrations["quizzes", name]))) == found
