"""`manage.py run`: the whole site on this machine. `make run` calls it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from django.core.management.base import BaseCommand
from django.db import connection

from config.supervisor.ports import read_port
from config.supervisor.site import run_site
from enablement.models import Person, Work
from enablement.outbox import MAX_TRIES


class Command(BaseCommand):
    help = "Start the servers, the site, the worker and beat; Ctrl-C stops them. PORT names the port."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        run_site(read_port(os.environ.get("PORT", "") or "8000"), DatabaseFacts())


class DatabaseFacts:
    """What the run shows of the product. No connection is kept: a run lasts for days."""

    def sign_ins(self) -> Sequence[str]:
        """Return one line for each person of demo mode: the name and the role."""
        try:
            people = Person.objects.filter(is_demo=True, is_active=True).order_by("pk")
            return [f"{person.name} ({person.get_role_display().lower()})" for person in people]
        finally:
            connection.close()

    def unfinished_embeddings(self) -> int:
        """Return how many lessons the worker has still to embed, and judges to fit."""
        try:
            return Work.objects.filter(
                name__in=["index_lesson", "train_sorting", "train_guide"],
                finished_at=None,
                tries__lt=MAX_TRIES,
            ).count()
        finally:
            connection.close()
