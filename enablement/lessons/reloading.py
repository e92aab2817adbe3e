"""Files read again: what was edited here stays, and what the files say now becomes a draft beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from enablement.lessons import schema
from enablement.lessons.live import LESSON, LessonWords, as_data, find_live
from enablement.lessons.pieces import KINDS
from enablement.lessons.versions import add_revision, open_revision
from enablement.models import Lesson, Origin, Revision, RevisionState, State

Key = tuple[str, str]
REASON = "The files of this lesson say this now."


@dataclass(frozen=True, slots=True)
class Reload:
    """What a load writes (`item`), and what it puts beside the text that was edited here."""

    item: schema.LessonItem
    writes_lesson: bool
    renewed: list[Key]
    proposed: list[Key]


def plan_reload(item: schema.LessonItem) -> Reload:
    """Tell apart what a load may write from what was edited here. Nothing is written yet."""
    known = _histories(item)
    kept: dict[str, list[Any]] = {spec.plural: [] for spec in KINDS.values()}
    renewed: list[Key] = []
    proposed: list[Key] = []
    writes_lesson = True
    for kind, piece in _pieces(item):
        key = (kind, str(getattr(piece, "slug", "")))
        verdict = _verdict(as_data(piece), known.get(key, []), key)
        renewed += [key] if verdict == "renew" else []
        proposed += [key] if verdict == "propose" else []
        if verdict in ("write", "renew"):
            if kind != LESSON:
                kept[KINDS[kind].plural].append(piece)
        elif kind == LESSON:
            writes_lesson = False
    return Reload(item.model_copy(update=kept), writes_lesson, renewed, proposed)


def finish_reload(lesson: Lesson, item: schema.LessonItem, plan: Reload) -> None:
    """Write the versions that a load led to, and give every piece its place in the file again."""
    wanted = {(kind, getattr(piece, "slug", "")): as_data(piece) for kind, piece in _pieces(item)}
    for kind, slug in plan.renewed:
        _renew(lesson, kind, slug, wanted[kind, slug])
    for kind, slug in plan.proposed:
        _propose(lesson, kind, slug, wanted[kind, slug])
    if plan.item != item:
        for spec in KINDS.values():
            for position, piece in enumerate(getattr(item, spec.plural)):
                spec.model._default_manager.filter(slug=piece.slug).update(position=position)


def _pieces(item: schema.LessonItem) -> Iterator[tuple[str, schema.Item]]:
    """Every piece of a lesson with its kind; the lesson's own words first."""
    yield LESSON, LessonWords.model_validate({n: getattr(item, n) for n in LessonWords.model_fields})
    for kind, spec in KINDS.items():
        for piece in getattr(item, spec.plural):
            yield kind, piece


def _histories(item: schema.LessonItem) -> dict[Key, list[Revision]]:
    """The versions of the pieces of a lesson that have any, newest first."""
    slugs = {getattr(piece, "slug", "") for _, piece in _pieces(item)}
    histories: dict[Key, list[Revision]] = {}
    for revision in Revision.objects.filter(slug__in=slugs).order_by("-number"):
        histories.setdefault((revision.kind, revision.slug), []).append(revision)
    return histories


def _verdict(data: dict[str, Any], history: list[Revision], key: Key) -> str:
    """`write` what was never edited here, `renew` what was last loaded, `propose` or `leave` the rest."""
    released = next((row for row in history if row.state == RevisionState.RELEASED), None)
    live = find_live(*key) if history else None
    if released is None or live is None:
        return "write"
    loaded = next((row for row in history if row.origin == Origin.LOADED), None)
    if data == released.item or (loaded is not None and data == loaded.item):
        return "leave" if live.state == State.ARCHIVED or released.origin != Origin.LOADED else "write"
    if released.origin == Origin.LOADED and live.state != State.ARCHIVED:
        return "renew"
    return "propose"


def _renew(lesson: Lesson, kind: str, slug: str, data: dict[str, Any]) -> None:
    former = Revision.objects.filter(kind=kind, slug=slug, state=RevisionState.RELEASED)
    former.update(state=RevisionState.SUPERSEDED)
    values = {"state": RevisionState.RELEASED, "released_at": timezone.now()}
    add_revision(lesson, kind, slug, data, origin=Origin.LOADED, reason=REASON, **values)


def _propose(lesson: Lesson, kind: str, slug: str, data: dict[str, Any]) -> None:
    """A draft for somebody to look at; where somebody is at one already, it is kept in the history."""
    taken = open_revision(kind, slug) is not None
    base = Revision.objects.filter(kind=kind, slug=slug, state=RevisionState.RELEASED).first()
    add_revision(
        lesson,
        kind,
        slug,
        data,
        origin=Origin.LOADED,
        reason=REASON,
        base=base,
        state=RevisionState.DISCARDED if taken else RevisionState.DRAFT,
    )
