"""A paper on kettles that two editors review, for the lesson about doors."""

from __future__ import annotations

import pytest

from enablement.lessons import reading
from enablement.lessons.proposing import Arrival, store_arrival
from enablement.models import Draft, Lesson, Person, Source
from tests.documents.papers import PAPER


@pytest.fixture
def paper(released_lesson: Lesson, nia: Person) -> Source:
    """The paper, read into drafts."""
    return take_in(PAPER, nia, released_lesson)


@pytest.fixture
def kettle(paper: Source) -> Draft:
    """Its draft of a card."""
    return Draft.objects.get(source=paper, kind="card")


def take_in(text: str, person: Person, lesson: Lesson | None = None) -> Source:
    """Read a text into drafts without asking the guide."""
    read = reading.read_document(text, "kettles.md")
    source, _ = store_arrival(Arrival(read, "kettles.md", lesson), person)
    return source


def draft_of(source: Source, kind: str, words: str) -> Draft:
    """The draft of a kind that has these words, the latest first."""
    drafts = Draft.objects.filter(source=source, kind=kind).order_by("-pk")
    return next(draft for draft in drafts if words in str(draft.item))
