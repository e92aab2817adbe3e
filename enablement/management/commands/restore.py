"""Put a backup back."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection
from redis.exceptions import RedisError

from config import env
from enablement import audit
from enablement.management.json_command import BadInput, JsonCommand
from enablement.personal.erased import BadErasedList, erase_again, keep_erased
from enablement.store.backup import BadBackup, no_answer, restore_backup
from enablement.store.invariants import broken
from enablement.store.sealing import BadKey


class Command(JsonCommand):
    help = "Put a backup into the database, all of it or nothing, and compare every table with the backup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path, help="the folder that manage.py backup wrote")
        parser.add_argument("--replace", action="store_true", help="delete what is in the database first")
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="the key that opens an encrypted backup"
        )
        parser.add_argument("--to", metavar="URL", default="", help="restore to this database instead")

    def answer(self, **options: Any) -> dict[str, Any]:
        folder, to = options["folder"].absolute(), options["to"]
        try:
            database = env.database_at(to, "--to") if to else connection.settings_dict
            # What is restored may know of no erasure, and may be all there is when this ends half-way.
            erased = [] if to else keep_erased(settings.DATA_FOLDER)
            # Nothing of ours may hold a lock on what is replaced.
            connection.close()
            backup = restore_backup(database, folder, replace=options["replace"], key=options["identity"])
        except (BadBackup, BadErasedList, BadKey, ImproperlyConfigured) as error:
            raise BadInput(str(error)) from error
        except OperationalError as error:
            raise BadInput(str(no_answer(error))) from error
        result = {"made_at": backup.made_at, "tables": len(backup.tables), "rows": backup.rows, "equal": True}
        if to:
            return result
        _bring_up_to_date()
        try:
            again = erase_again(erased, settings.DATA_FOLDER)
        except BadErasedList as error:
            raise BadInput(str(error)) from error
        result |= {"erased_again": again.erased, "not_erased": [one.pk for one in again.left]}
        audit.note(None, "restore_backup", "backup", backup.made_at, after={"rows": backup.rows})
        return {**result, "broken": [outcome.sentence for outcome in broken()]}

    def describe(self, result: dict[str, Any]) -> str:
        lines = [
            f"{result['rows']:,} rows of {result['tables']} tables are back, as they were at "
            f"{result['made_at']}: every table has the rows and the hash that were noted."
        ]
        if result.get("erased_again"):
            lines.append(f"Erased since then, and so erased again: {result['erased_again']} people.")
        if result.get("not_erased"):
            numbers = ", ".join(map(str, result["not_erased"]))
            lines.append(
                "Erased before, and back with their names, since erasing them failed (the log says why): the "
                f"people with the numbers {numbers}. Restore once more, or erase them as an admin."
            )
        if result.get("broken"):
            lines.append("Run manage.py verify: " + " ".join(result["broken"]))
        return "\n".join(lines)


def _bring_up_to_date() -> None:
    """An older release's tables are moved on, and what was cached of the other database is forgotten."""
    call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
    try:
        cache.clear()
    except (RedisError, OSError):
        print("Redis does not answer: start the site anew, so that nothing old is shown.", file=sys.stderr)
