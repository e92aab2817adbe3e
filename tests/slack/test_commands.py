"""What is read from the words after `/dosay`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enablement.slack.commands import Action, Command, parse_command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", Command(Action.HELP)),
        ("  ", Command(Action.HELP)),
        ("HELP", Command(Action.HELP)),
        ("help me explain retrieval", Command(Action.ASK, "help me explain retrieval")),
        ("link ABCD-2345", Command(Action.LINK, "ABCD-2345")),
        ("link abcd2345", Command(Action.LINK, "abcd2345")),
        ("link", Command(Action.LINK)),
        ("link between tuning and cost", Command(Action.ASK, "link between tuning and cost")),
        ("unlink", Command(Action.UNLINK)),
        ("quiz", Command(Action.QUIZ)),
        ("sort it answers from old policy", Command(Action.SORT, "it answers from old policy")),
        ("sort", Command(Action.SORT)),
        ("Check\nWe train it\non your documents.", Command(Action.CHECK, "We train it\non your documents.")),
        ("quizz", Command(Action.MISTYPED, "quizz")),
        ("Chek", Command(Action.MISTYPED, "chek")),
        ("hlep", Command(Action.MISTYPED, "hlep")),
        ("retrieval", Command(Action.ASK, "retrieval")),
        ("sorting mail", Command(Action.ASK, "sorting mail")),
        ("what does ~LoRA~ cost?", Command(Action.ASK, "what does ~LoRA~ cost?")),
        ("is `A &amp; B` &lt; C?", Command(Action.ASK, "is `A & B` < C?")),
        ("see <https://a.example/x|the page>", Command(Action.ASK, "see the page")),
        ("see <https://a.example/x>", Command(Action.ASK, "see https://a.example/x")),
        ("<@U1|ada> in <#C1|field> and <!here>", Command(Action.ASK, "@ada in #field and @here")),
    ],
)
def test_a_command_is_read(text: str, command: Command) -> None:
    assert parse_command(text) == command


@given(st.text())
def test_any_text_is_some_command(text: str) -> None:
    assert parse_command(text).action in Action
