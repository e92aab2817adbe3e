"""Ask a question."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from enablement.chat.shape import answer_json, line_number
from enablement.chat.turns import answer_now
from enablement.management.json_command import JsonCommand, command_person, read_text_argument
from enablement.models import Surface, TurnState


class AnswerFailed(Exception):
    """The answer could not be written; the message says so to people."""


class Command(JsonCommand):
    help = "Answer TEXT from the released content, with citations."
    asks_encoder = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("text")

    def answer(self, **options: Any) -> dict[str, Any]:
        turn = answer_now(command_person(), read_text_argument(options["text"]), Surface.COMMAND)
        if turn.state == TurnState.FAILED:
            raise AnswerFailed(turn.note)
        return answer_json(turn) | {"note": turn.note}

    def describe(self, result: dict[str, Any]) -> str:
        lines = [f"Say: {result['say']} {line_number(result)}".rstrip() + "\n"] if result["say"] else []
        # Where there is no answer, the note says what to do about it: it comes first.
        first, last = (result["note"], "") if result["refused"] else ("", result["note"])
        lines += [first, result["answer"], ""]
        lines += [f"[{cited['n']}] {cited['title']}: “{cited['quote']}”" for cited in result["citations"]]
        lines += [f"Nearest: {near['title']} ({near['url']})" for near in result["nearest"]]
        return "\n".join([*lines, last]).strip()
