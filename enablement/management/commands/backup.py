"""Write everything to a folder."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection

from enablement import audit
from enablement.management.json_command import BadInput, JsonCommand
from enablement.store.backup import BadBackup, no_answer, write_backup
from enablement.store.sealing import BadKey


class Command(JsonCommand):
    help = "Write everything in the database, as it is at one moment, to a new folder."
    needs_content = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--recipient",
            action="append",
            metavar="AGE1…",
            help="only who has the key to this (age, or a public SSH key) can read the backup; may be "
            "repeated (default: DOSAY_BACKUP_RECIPIENTS)",
        )
        parser.add_argument("folder", type=Path, help="a folder that does not exist yet, or is empty")

    def answer(self, **options: Any) -> dict[str, Any]:
        try:
            # Before it is made, so that it holds the row itself.
            audit.note(None, "back_up", "backup", options["folder"].name)
            print(
                f"Writing everything to {options['folder']}. People may go on working meanwhile.",
                file=sys.stderr,
            )
            to = options["recipient"] or settings.BACKUP_RECIPIENTS
            backup = write_backup(connection.settings_dict, options["folder"].absolute(), to)
        except (BadBackup, BadKey) as error:
            raise BadInput(str(error)) from error
        except OperationalError as error:
            raise BadInput(str(no_answer(error))) from error
        size = sum(file.stat().st_size for file in backup.folder.iterdir())
        return {
            "folder": str(backup.folder),
            "made_at": backup.made_at,
            "tables": len(backup.tables),
            "rows": backup.rows,
            "bytes": size,
            "encrypted": backup.is_sealed,
        }

    def describe(self, result: dict[str, Any]) -> str:
        rows, size = f"{result['rows']:,}", f"{result['bytes'] / 1024**2:.1f} MiB"
        return (
            f"{rows} rows of {result['tables']} tables are in {result['folder']} ({size}"
            f"{', encrypted' if result['encrypted'] else ''}).\n"
            "Not in it: the settings (the environment or .env), and the key that signs sessions. Keep them "
            "apart from it."
        )
