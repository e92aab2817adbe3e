"""Texts that people bring, through every entrance. The rows are not kept here: DOSAY_CORPORA names a folder

of JSON lines with `text` or `untrusted` in each row, in the folder itself and in its `attacks/`:

    DOSAY_CORPORA=path/to/rows python -m pytest -s tests/access/test_corpora.py
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import transaction
from django.utils import timezone

from enablement.api import limits
from enablement.chat.writing import ENGLISH
from enablement.judges.reading import is_foreign
from enablement.judges.training import train_all
from enablement.models import Lesson, SlackLink, Turn
from enablement.retrieval.indexing import index_lesson
from tests.access.callers import client_of
from tests.access.entrances import ENTRANCES, post
from tests.access.world import World, build_world
from tests.slack.conftest import Workspace, slack_server, workspace
from tests.slack.slack_server import problems_of, stray_mentions

__all__ = ["slack_server", "workspace"]

FOLDER: Final = os.environ.get("DOSAY_CORPORA", "")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER, reason="minutes; DOSAY_CORPORA names a folder of rows"),
]
# Of our own, so that there are some whatever is brought: what a judge of English must not guess about.
FOREIGN: Final = (
    "Unser Chatbot kennt unsere Richtlinien nicht, wir wollen ihn damit trainieren.",
    "Le modèle répond toujours sur le mauvais ton, il faut l’entraîner à nouveau.",
    "¿Cuánto cuesta entrenar el modelo con nuestros documentos?",
    "O modelo não conhece os nossos produtos e nós queremos treiná-lo.",
    "Nasz model nie zna naszych dokumentów, dlaczego?",
    "Наша модель не знает наших документов.",
    "私たちの文書でモデルを訓練してください。",
    "نموذجنا لا يعرف وثائقنا.",
)
LEADS: Final = ("href", "src", "action", "formaction", "data", "xlink:href")


def read_texts(folder: str) -> list[str]:
    """The texts of all rows, each once."""
    found: dict[str, None] = {}
    for path in [*sorted(Path(folder).glob("*.jsonl")), *sorted(Path(folder).glob("attacks/*.jsonl"))]:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found |= {row[name]: None for name in ("text", "untrusted") if isinstance(row.get(name), str)}
    return list(found)


class Running(HTMLParser):
    """What of a page would run, load or lead somewhere it should not."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("iframe", "object", "embed", "base", "marquee") or any(name[:2] == "on" for name in given):
            self.found.append(f"<{tag} {attrs}>")
        if tag in ("script", "img", "link") and not (given.get("src") or given.get("href") or "").startswith(
            ("/static/", "data:image/")
        ):
            self.found.append(f"<{tag} {attrs}>")
        for name in LEADS:
            value = "".join((given.get(name) or "").lower().split())
            if value.startswith(("javascript:", "vbscript:", "data:text")):
                self.found.append(f"{name}={given[name]}")


def faults(name: str, response: Any, keys: tuple[str, ...]) -> list[str]:
    """What is wrong with an answer: a failure, something that runs, a key."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode(errors="replace")
    found = [f"{name}: status {response.status_code}"] if response.status_code >= 500 else []
    found += [f"{name}: shows {key}" for key in keys if key in text]
    if response["Content-Type"].startswith("text/html"):
        page = Running()
        page.feed(text)
        found += [f"{name}: {one}" for one in page.found]
    return found


@pytest.fixture(scope="module")
def world(starter_lessons: None, django_db_blocker: Any) -> Iterator[World]:
    """Both sides beside the starter lessons, in one transaction that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = build_world()
        for lesson in Lesson.objects.filter(
            slug__in=[side.places["lesson"]["slug"] for side in made.sides()]
        ):
            index_lesson(lesson)
        train_all()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def as_often_as_one_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in limits.PersonThrottle.__subclasses__():
        monkeypatch.setattr(throttle, "rate", "100000/min")


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_whatever_comes_in_fails_nothing_runs_nowhere_and_shows_no_key(world: World, entrance: str) -> None:
    # Who hands in is shown the keys of their own quiz.
    sides = [world.south] if entrance == "answer" else world.sides()
    keys, problems, counts = tuple(side.key for side in sides), [], Counter[str]()
    texts = read_texts(FOLDER)
    for text in texts:
        with transaction.atomic():
            for name, response in ENTRANCES[entrance](world, text):
                counts[f"{response.status_code // 100}xx"] += 1
                problems += [f"{text[:80]!r} {fault}" for fault in faults(name, response, keys)]
            transaction.set_rollback(True)
    print(f"\n{entrance}: {len(texts)} texts, {dict(sorted(counts.items()))}, {len(problems)} problems")
    assert counts["2xx"] > len(texts) / 2
    assert not problems, "\n".join(problems)


def test_whatever_is_said_in_slack_is_answered_as_slack_takes_it(world: World, workspace: Workspace) -> None:
    SlackLink.objects.create(
        person=world.north.rep, slack_team="T1", slack_user="U1", member_at=timezone.now()
    )
    texts, answers, problems = read_texts(FOLDER), 0, []
    keys = tuple(side.key for side in world.sides())
    for text in texts:
        for command in ("", "sort ", "check "):
            with transaction.atomic():
                told = workspace.say(f"{command}{text}"[:3_000])
                said = [{"response_type": "ephemeral", "text": told, "blocks": []}]
                workspace.do_work()
                said += workspace.server.messages[workspace.name]
                transaction.set_rollback(True)
            answers += len(said)
            for message in said:
                wrong = [*problems_of(message), *stray_mentions(message)]
                wrong += [key for key in keys if key in str(message)]
                problems += [f"{command}{text[:80]!r}: {one}" for one in wrong]
    print(f"\nSlack: {len(texts)} texts, {answers} messages, {len(problems)} problems")
    assert not problems, "\n".join(problems)


def test_nothing_is_guessed_about_another_language(world: World) -> None:
    rep, guessed = client_of(world.north.rep), []
    brought = [text for text in read_texts(FOLDER) if is_foreign(text)]
    for text in (*FOREIGN, *brought):
        with transaction.atomic():
            verdict = post(rep, "sortings/", {"text": text}).json()
            checked = post(rep, "wording-checks/", {"text": text}).json()
            answer = post(rep, "ask/", {"text": text}).json()
            told = Turn.objects.get(pk=answer["turn"]).note if "turn" in answer else ENGLISH
            transaction.set_rollback(True)
        if text in FOREIGN and verdict.get("outcome", "unsure") != "unsure":
            guessed.append(f"sorted: {text}")
        if checked.get("findings") and text in FOREIGN:
            guessed.append(f"checked: {text}")
        if not answer.get("refused", True) and ENGLISH not in told:
            guessed.append(f"answered: {text}")
    print(f"\n{len(FOREIGN)} texts of our own in other languages, {len(brought)} of those brought")
    assert not guessed, "\n".join(guessed)
