"""Sort what a buyer said."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from enablement.judges.sorting import default_distinction, sort_statement
from enablement.management.json_command import BadInput, JsonCommand, command_person, read_text_argument
from enablement.models import Distinction


class Command(JsonCommand):
    help = "Say what kind of problem TEXT describes."
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("text")
        parser.add_argument("--distinction", help="slug of the distinction to sort by (default: the first)")

    def answer(self, **options: Any) -> dict[str, Any]:
        person, slug = command_person(), options["distinction"]
        if slug:
            distinction = Distinction.objects.visible_to(person).filter(slug=slug).first()
        else:
            distinction = default_distinction(person)
        if distinction is None:
            raise BadInput(f"There is no released distinction{f' “{slug}”' if slug else ''}.")
        return sort_statement(read_text_argument(options["text"]), distinction, person).as_json()

    def describe(self, result: dict[str, Any]) -> str:
        strengths = ", ".join(f"{name} {value:.2f}" for name, value in result["signals"].items())
        lines = [f"{result['title']} ({strengths})", result["remedy"], f"Ask: {result['next_question']}"]
        if result["say"]:
            lines.append(f"Say: {result['say']}")
        return "\n".join(line for line in lines if line)
