"""A program that calls the API, and a small knowledge base for it to read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from enablement.models import (
    Analogy,
    Card,
    Comparison,
    Fit,
    FitKind,
    GuideEntry,
    Lesson,
    Person,
    State,
    Team,
    Term,
)
from enablement.tokens import make_token
from tests.quizzes.conftest import every_kind

__all__ = ["every_kind"]


@dataclass(frozen=True)
class Program:
    """A client with a token."""

    clear: str
    client: Client

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers={"Authorization": f"Bearer {self.clear}"})

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """Post `body` as JSON; bytes as they are."""
        sent = body if isinstance(body, bytes) else json.dumps(body)
        known = {"Authorization": f"Bearer {self.clear}", "Accept": "application/json"}
        return self.client.post(
            f"/api/v1/{path}", sent, content_type="application/json", headers=known | headers
        )


@pytest.fixture
def program(db: None) -> Callable[[Person], Program]:
    def of(person: Person) -> Program:
        return Program(make_token(person, "a program", 7)[1], Client())

    return of


@pytest.fixture
def pieces(south: Team) -> Lesson:
    """A released lesson with a draft of everything beside it, and a lesson for team South alone."""
    lesson = _lesson("tuning", State.RELEASED)
    prompting = _card(lesson, "prompting", State.RELEASED)
    hidden = _card(lesson, "hidden-card", State.DRAFT)
    for card, state in ((prompting, State.RELEASED), (prompting, State.DRAFT)):
        Fit.objects.create(
            lesson=lesson,
            slug=f"fit-{state}",
            card=card,
            fit_kind=FitKind.FITS,
            title=f"{state} fit",
            text="x",
            state=state,
        )
    comparison = Comparison.objects.create(lesson=lesson, slug="both", title="Both", state=State.RELEASED)
    comparison.cards.set([prompting, hidden])
    cells = {"prompting": "cheap", "hidden-card": "secret cell"}
    comparison.traits.create(slug="cost", title="Cost", claim="One costs more.", cells=cells)
    entry = GuideEntry.objects.create(
        lesson=lesson,
        slug="train-it",
        dont_say="We train it.",
        do_say="It reads.",
        why="So.",
        state=State.RELEASED,
    )
    entry.cards.set([prompting, hidden])
    entry.phrasings.create(text="Made for you.", breaks=True)
    about = {"lesson": lesson, "state": State.RELEASED}
    analogy = Analogy.objects.create(
        **about, slug="chef", title="Chef", card=hidden, familiar="x", mapping="x"
    )
    analogy.points.create(side="holds", text="A recipe can be read.")
    Term.objects.create(**about, slug="lora", term="LoRA", meaning="Small updates.", card=prompting)
    elsewhere = _lesson("south-only", State.RELEASED)
    elsewhere.teams.add(south)
    _card(elsewhere, "south-card", State.RELEASED)
    return lesson


def _lesson(slug: str, state: State) -> Lesson:
    return Lesson.objects.create(slug=slug, title=slug, thesis="x", summary="x", state=state)


def _card(lesson: Lesson, slug: str, state: State) -> Card:
    fields = dict.fromkeys(
        ("what_it_is", "what_it_does", "where_it_comes_from", "what_makes_it_distinct"), "x"
    )
    return Card.objects.create(lesson=lesson, slug=slug, title=f"Title of {slug}", state=state, **fields)
