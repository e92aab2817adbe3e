"""Quizzes and practice, for the palette."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from enablement.models import Person
from enablement.palette import Place
from quizzes.models import Quiz


def places_of(person: Person) -> Iterator[Place]:
    """The quizzes that `person` may take, and what there is to do with them."""
    for quiz in Quiz.objects.visible_to(person).order_by("title"):
        yield Place("Quiz", quiz.title, quiz.get_absolute_url())
    yield Place("Do", "Practise", reverse("practice"), "two minutes questions today")
    yield Place("Do", "Talk to a made-up buyer", reverse("coach"), "coach role play")
    yield Place("Page", "Your results", reverse("my-results"), "scores answers grades")
