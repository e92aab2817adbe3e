"""Versions of questions. What changes is a new row, so that every attempt keeps what it showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from enablement.lessons.canonical import data_hash
from enablement.models import Card, Distinction, GuideEntry, Ladder, Lesson
from quizzes.models import AnswerKey, Option, Question, SampleAnswer
from quizzes.schema import AnyItem
from quizzes.upkeep import content_now


@dataclass(frozen=True, slots=True)
class Links:
    """What questions point to, by slug."""

    lesson: Lesson
    cards: Mapping[str, Card] = field(default_factory=dict)
    entries: Mapping[str, GuideEntry] = field(default_factory=dict)
    distinctions: Mapping[str, Distinction] = field(default_factory=dict)
    ladders: Mapping[str, Ladder] = field(default_factory=dict)


def newest_version(slug: str) -> Question | None:
    """Return the newest version of a question."""
    return Question.objects.filter(slug=slug).order_by("-version").first()


def bring_question(item: AnyItem, links: Links, **about: str) -> tuple[Question, bool]:
    """Return the newest version of a question, and whether it was made now because `item` says something new.

    For a transaction of the caller's, with everything that `item` names among `links`. `about` are fields
    that say where it comes from: `state`, `origin`, `source_quote`.
    """
    fingerprint = data_hash(item.model_dump(mode="json"))
    newest = newest_version(item.slug)
    if newest is not None and newest.fingerprint == fingerprint:
        return newest, False
    question = Question.objects.create(
        lesson=links.lesson,
        slug=item.slug,
        version=newest.version + 1 if newest else 1,
        kind=item.kind,
        prompt=item.prompt,
        topic=item.topic,
        card=links.cards[item.card] if item.card else None,
        guide_entry=links.entries[item.guide_entry] if item.guide_entry else None,
        distinction=links.distinctions[item.sorted_by] if item.sorted_by else None,
        ladder=links.ladders[item.walks] if item.walks else None,
        stories=item.tells,
        difficulty=item.difficulty,
        family=item.family or "",
        fingerprint=fingerprint,
        **about,
    )
    question.content_seen = content_now(question)
    question.save(update_fields=["content_seen"])
    Option.objects.bulk_create(
        Option(question=question, position=position, text=text, stands_for=stands_for)
        for position, (stands_for, text) in enumerate(_options(item, links))
    )
    AnswerKey.objects.create(question=question, **item.key_fields())
    SampleAnswer.objects.bulk_create(
        SampleAnswer(question=question, position=position, **sample.model_dump())
        for position, sample in enumerate(item.samples)
    )
    return question, True


def _options(item: AnyItem, links: Links) -> list[tuple[str, str]]:
    """What the options stand for, and their texts. The steps of a ladder are called as they are now."""
    if item.walks:
        return [(step.slug, step.title) for step in links.ladders[item.walks].steps.all()]
    return [("", text) for text in item.option_texts]
