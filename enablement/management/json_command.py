"""A command that people read and programs parse."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import ProgrammingError

from config.embedded.servers import wait_for_encoder
from enablement.judges.encoder import EncoderUnavailable
from enablement.management.first_use import make_ready, tables_are_missing
from enablement.models import Person, Role
from enablement.texts import BadText


class BadInput(CommandError):
    """What was given cannot be worked on: one clear line, status 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)


class JsonCommand(BaseCommand):
    """`answer()` returns the result as data; `--json` prints it as one object, else `describe()` words it.

    Logs go to standard error. Status 0, or 2 for bad input with one clear line.
    """

    # The checks import every page of the site, about a second; `run`, `migrate` and the tests make them.
    requires_system_checks: list[str] = []
    # Whether the command asks the encoder, and so waits until it has loaded.
    asks_encoder = False
    # Whether the command makes the tables and the starter content where there are none yet.
    needs_content = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if self.asks_encoder:
            wait_for_encoder()
        try:
            result = self._answer_even_at_first(**options)
        except (BadText, EncoderUnavailable) as error:
            raise BadInput(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder))
        else:
            self.stdout.write(self.describe(result))

    def _answer_even_at_first(self, **options: Any) -> dict[str, Any]:
        try:
            return self.answer(**options)
        except ProgrammingError:
            if not tables_are_missing():
                raise
            if not self.needs_content:
                raise BadInput(
                    "The tables of this release are not in this database: run manage.py migrate first."
                ) from None
            make_ready()
            return self.answer(**options)

    def answer(self, **options: Any) -> dict[str, Any]:
        """Do the work and return its result."""
        raise NotImplementedError

    def describe(self, result: dict[str, Any]) -> str:
        """Word the result for a person."""
        raise NotImplementedError


def read_text_argument(text: str) -> str:
    """Return `text`, or standard input for “-”."""
    return sys.stdin.buffer.read().decode(errors="replace") if text == "-" else text


def command_person() -> Person:
    """Return the person who asks from the command line: sees released content, signs in nowhere."""
    person, made = Person.objects.get_or_create(
        username="command-line", defaults={"first_name": "Command line", "role": Role.REP}
    )
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person
