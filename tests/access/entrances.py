"""Every way by which a text comes in: the boxes, a stream, the API, a card, a document, an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.test import Client

from enablement.lessons.importing import run_import
from enablement.models import Draft, ImportJob, Source, Work
from enablement.tasks import run_work
from quizzes import tasks as quiz_tasks
from quizzes.models import Answer, Grade, PendingGrade
from tests.access.callers import client_of
from tests.access.world import World

CARD_FIELDS: Final = ("what_it_is", "what_it_does", "where_it_comes_from", "what_makes_it_distinct")
Replies = Iterator[tuple[str, Any]]
Entrance = Callable[[World, str], Replies]


def post(client: Client, place: str, body: dict[str, Any]) -> Any:
    """Send JSON to the API. It refuses a NUL as such; without one the rest of a text is looked at too."""
    sent = json.dumps(body).replace("\\u0000", "")
    return client.post(f"/api/v1/{place}", sent, content_type="application/json")


def by_boxes(world: World, text: str) -> Replies:
    rep = client_of(world.north.rep)
    for box in ("ask", "check", "sort"):
        yield box, rep.post(f"/{box}/", {"text": text}, follow=True)
    yield "search", rep.get("/search/", {"q": text})


def by_stream(world: World, text: str) -> Replies:
    yield "stream", client_of(world.north.rep).post("/ask/stream/", {"text": text})


def by_api(world: World, text: str) -> Replies:
    rep = client_of(world.north.rep)
    for place in ("ask/", "sortings/", "wording-checks/"):
        yield place, post(rep, place, {"text": text})
    yield "search/", rep.get("/api/v1/search/", {"q": text.replace("\0", "")})


def by_card(world: World, text: str) -> Replies:
    editor, rep = client_of(world.editor), client_of(world.north.rep)
    item = {"slug": "door-brought", "title": text[:200], **dict.fromkeys(CARD_FIELDS, text)}
    begun = post(editor, "drafts/", {"kind": "card", "lesson": "doors", "item": item})
    yield "draft", begun
    if begun.status_code != 201:
        return
    pk = begun.json()["id"]
    yield "page of the draft", editor.get(f"/revisions/{pk}/")
    yield "release", post(editor, f"drafts/{pk}/release/", {})
    for address in ("/cards/door-brought/", "/lessons/doors/", "/api/v1/cards/door-brought/", "/cards/"):
        yield address, rep.get(address)


def by_document(world: World, text: str) -> Replies:
    editor = client_of(world.editor)
    handed_in = post(editor, "documents/", {"text": text, "lesson": "doors"})
    yield "document", handed_in
    if handed_in.status_code != 202:
        return
    job = ImportJob.objects.get(pk=handed_in.json()["id"])
    run_import(str(job.pk))
    job.refresh_from_db()
    yield "import", editor.get(f"/documents/imports/{job.pk}/", follow=True)
    source = Source.objects.filter(pk=job.source_id).first()
    if source is None:
        return
    yield "page of the document", editor.get(f"/documents/{source.slug}/")
    yield "its conflicts", editor.get(f"/documents/{source.slug}/conflicts/")
    for draft in Draft.objects.filter(source=source)[:3]:
        yield "page of its draft", editor.get(f"/documents/drafts/{draft.pk}/", follow=True)


def by_answer(world: World, text: str) -> Replies:
    """Answer the question in one's own words, hand in, let the judge read it, look at it on both sides."""
    rep, manager = client_of(world.north.rep), client_of(world.north.manager)
    attempt = world.north.places["open attempt"]["pk"]
    free = Answer.objects.get(attempt=attempt, question__kind="free_text")
    answer = {"attempt": str(attempt), "question": free.question_id, "response": {"text": text}}
    yield "answer", post(rep, "answers/", answer | {"client_seq": 9})
    yield "its page", rep.get(f"/attempts/{attempt}/")
    before = set(Work.objects.values_list("pk", flat=True))
    yield "handed in", post(rep, f"attempts/{attempt}/submit/", {})
    for work in Work.objects.exclude(pk__in=before):
        assert run_work(work.pk), f"{work.name} failed, as {quiz_tasks.__name__} does it"
    # Read by the judge: it has a grade, or waits for a person and no longer for the judge.
    waits = PendingGrade.objects.for_review().filter(answer=free)
    assert waits.exists() or Grade.objects.filter(answer=free).exists()
    yield "result", rep.get(f"/attempts/{attempt}/result/")
    yield "desk", manager.get(f"/desk/{free.pk}/", follow=True)


ENTRANCES: Final[dict[str, Entrance]] = {
    "boxes": by_boxes,
    "stream": by_stream,
    "api": by_api,
    "card": by_card,
    "document": by_document,
    "answer": by_answer,
}
