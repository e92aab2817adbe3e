"""A posted form into a question as data."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.text import slugify

from enablement.editing.parsing import parse_fields
from enablement.lessons.fields import shaped
from quizzes.authoring.offers import QuestionOffer
from quizzes.kinds import QuestionKind
from quizzes.models import Question
from quizzes.schema import ITEM_TYPES

# A new question is called by so much of what it asks.
LONGEST_NAME = 60


def parse_question(kind: QuestionKind, data: QueryDict, offer: QuestionOffer, slug: str) -> dict[str, Any]:
    """Return the question that a form holds. `slug`: as it is called; empty where it is new."""
    item = parse_fields(ITEM_TYPES[kind], data) | {"kind": kind.value, "slug": slug}
    for name in ("topic", "family"):
        item[name] = slugify(item[name] or "")[:80].strip("-")
    _name_checks(item, data)
    if "misconceptions" in item:
        offer.item = item
        wrong = {choice.value for choice in offer.columns("misconceptions")}
        given = item["misconceptions"]
        item["misconceptions"] = {name: text for name, text in given.items() if name in wrong}
    return item


def finished(kind: QuestionKind, item: dict[str, Any]) -> dict[str, Any]:
    """Return the question as it is saved: tidied, without empty rows, called by what it asks."""
    tidy = shaped(ITEM_TYPES[kind], item)
    tidy["slug"] = tidy["slug"] or free_slug(str(tidy["prompt"]) or kind.value)
    return tidy


def free_slug(text: str) -> str:
    """Return a slug made from a text that no question has yet."""
    name = slugify(text.replace("_", " "))[:LONGEST_NAME].strip("-") or "question"
    taken = set(Question.objects.filter(slug__startswith=name).values_list("slug", flat=True))
    return next(
        slug for slug in (name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )


def _name_checks(item: dict[str, Any], data: QueryDict) -> None:
    """Checks keep the names they have; a new one is called by its title."""
    names: list[str] = []
    for at, check in enumerate(item.get("checks") or []):
        name = data.get(f"checks-{at}-was", "") or slugify(check.get("title") or "")[:50].strip("-")
        while name and name in names:
            name += "-2"
        check["name"] = name
        names.append(name)
    for sample in item.get("bench") or []:
        sample["met"] = [name for name in names if name and name in sample["met"]]
