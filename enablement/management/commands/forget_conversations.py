"""Delete for good the conversations that are too old or were put away."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone

from enablement.chat.keeping import forget, to_be_forgotten
from enablement.management.json_command import JsonCommand


class Command(JsonCommand):
    help = "Delete conversations older than CONVERSATION_DAYS, and those that were deleted a week ago."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def answer(self, **options: Any) -> dict[str, Any]:
        now = timezone.now()
        old = to_be_forgotten(now)
        span = old.aggregate(first=Min("updated_at"), last=Max("updated_at"))
        found = {
            "conversations": old.count(),
            "from": span["first"] and span["first"].isoformat(),
            "to": span["last"] and span["last"].isoformat(),
            "deleted": 0,
        }
        return found if options["dry_run"] else found | {"deleted": forget(now)}

    def describe(self, result: dict[str, Any]) -> str:
        span = f", from {result['from']} to {result['to']}" if result["from"] else ""
        return f"{result['conversations']} conversations are too old{span}; {result['deleted']} were deleted."
