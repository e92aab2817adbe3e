"""Whether the tables are those that this version of the program expects."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@dataclass(frozen=True, slots=True)
class Tables:
    """Migrations that the database lacks, and those that it has and this version does not know."""

    missing: int
    unknown: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What to do; empty where all is well."""
        if self.missing:
            return f"{self.missing} migrations are not applied yet. Run manage.py migrate."
        if self.unknown:
            return (
                f"A newer version has brought the tables up to date ({', '.join(self.unknown[:3])}). "
                "This version goes on for a while: start the newer one, or restore the backup made before it."
            )
        return ""


def how_tables_stand() -> Tables:
    """Compare the database with the migrations that lie here. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    missing = len(executor.migration_plan(loader.graph.leaf_nodes()))
    ours = {app for app, _ in loader.disk_migrations}
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in loader.disk_migrations and not _was_squashed(loader, app, name)
    )
    return Tables(missing, tuple(unknown))


def _was_squashed(loader: object, app: str, name: str) -> bool:
    replacements = getattr(loader, "replacements", {})
    return any((app, name) in migration.replaces for migration in replacements.values())
