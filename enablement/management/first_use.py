"""A command on a machine that has not run the site yet: the embedded database is made ready for it."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.embedded.servers import Server, servers, wait_for_encoder


def tables_are_missing() -> bool:
    """Whether the database lacks tables or columns of this release."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def make_ready() -> None:
    """Bring the embedded database up to date and load the starter content, telling so on standard error.

    Raises CommandError where the database is a server of somebody's own: its tables are not ours to change.
    """
    if Server.DATABASE.address:
        raise CommandError(
            "The tables of this database are not those of this release: run manage.py migrate, then "
            "manage.py load_lessons.",
            returncode=2,
        )
    print("First use: making the tables and loading the starter lessons. It takes a minute.", file=sys.stderr)
    # Also for a command that itself encodes nothing: half of this would be taken for the whole the next time.
    with servers({Server.ENCODER}), redirect_stdout(sys.stderr):
        wait_for_encoder()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_lessons", now=True)
        call_command("load_quizzes")
