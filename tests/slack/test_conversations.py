"""The recorded conversations in docs/slack/ are what the bot says now.

`DOSAY_RECORD=1 python -m pytest tests/slack/test_conversations.py` plays them anew, with the starter lessons
and the real judges, and writes them; read `git diff` then. In every other run it is only looked whether the
bot has changed since: playing them takes a minute.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from enablement.models import Person
from tests.slack.conftest import Workspace
from tests.slack.conversations.plays import PLAYS
from tests.slack.conversations.rendering import shown
from tests.slack.conversations.stage import Stage
from tests.slack.web_api import WebApi

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "slack"
PARTS = ("enablement/slack", "quizzes/slack", "tests/slack/conversations")
IS_RECORDING = bool(os.environ.get("DOSAY_RECORD"))


def digest() -> str:
    """What the conversations follow from: the bot's code and the plays."""
    files = sorted(file for part in PARTS for file in (ROOT / part).rglob("*.py"))
    content = b"\0".join(str(file.relative_to(ROOT)).encode() + file.read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest()[:16]


@pytest.mark.skipif(IS_RECORDING, reason="they are being written")
def test_the_conversations_are_those_of_the_bot_as_it_is() -> None:
    pages = {page.stem: page.read_text(encoding="utf-8") for page in FOLDER.glob("*.md")}
    assert pages.keys() == PLAYS.keys()
    for name, text in pages.items():
        assert f"<!-- {digest()} -->" in text, f"docs/slack/{name}.md is old: see this module's first lines"


@pytest.fixture
def cast(ada: Person, max: Person, nia: Person, root: Person, eve: Person) -> dict[str, Person]:
    Person.objects.filter(pk=root.pk).update(first_name="Ruth")
    root.refresh_from_db()
    return {"Ada": ada, "Max": max, "Nia": nia, "Ruth": root, "Eve": eve}


@pytest.mark.skipif(not IS_RECORDING, reason="takes a minute; set DOSAY_RECORD=1")
@pytest.mark.parametrize("name", PLAYS)
def test_a_conversation_is_played_and_written_down(
    name: str,
    starter_lessons: None,
    workspace: Workspace,
    web_api: WebApi,
    cast: dict[str, Person],
    django_capture_on_commit_callbacks: Any,
) -> None:
    call_command("load_quizzes", verbosity=0)
    stage = Stage(workspace, web_api, django_capture_on_commit_callbacks)
    for who in ("Ada", "Max", "Nia", "Ruth"):
        stage.link(who, cast[who])
    title, play = PLAYS[name]
    play(stage, cast, web_api)
    head = [f"# {title}", "", f"<!-- {digest()} -->", ""]
    made = "\n".join([*head, *stage.lines]).rstrip() + "\n"
    FOLDER.mkdir(exist_ok=True)
    # What is made by chance is not to differ from one recording to the next.
    made = re.sub(r"http://127\.0\.0\.1:(?!8000|9/)\d+", "http://127.0.0.1:9200", made)
    made = re.sub(r"/notices/\d+/", "/notices/…/", made)
    made = re.sub(r"/c/[0-9a-f-]{36}/", "/c/…/", made)
    (FOLDER / f"{name}.md").write_text(made, encoding="utf-8")


def test_a_message_reads_as_in_slack() -> None:
    text = "*Right.*\n>A line &amp; more\n<https://dosay.example/cards/x/|A *card*>"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    row = {"type": "actions", "elements": [{"text": {"text": "More"}}]}
    assert shown({"blocks": [section, row]}) == [
        "> **Right.**",
        "> >A line & more",
        ">",
        "> [A **card**](https://dosay.example/cards/x/)",
        ">",
        "> `[ More ]`",
    ]
