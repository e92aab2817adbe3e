"""What the page shows on which a piece is written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from enablement.editing.bench import GUIDE_ENTRY
from enablement.editing.boxes import Form
from enablement.editing.choices import Offer
from enablement.editing.merging import digests
from enablement.lessons.checking import Problem, problems_of, where
from enablement.lessons.difference import compare
from enablement.lessons.labels import label_of
from enablement.lessons.live import LESSON, find_live, item_type, kind_title, naming_line
from enablement.lessons.releasing import is_stale
from enablement.lessons.versions import released_revision
from enablement.models import Person, Revision, RevisionState


def desk(
    person: Person,
    revision: Revision,
    item: Mapping[str, Any],
    *,
    problems: Sequence[Problem] = (),
    reason: str | None = None,
    edition: int | None = None,
) -> dict[str, Any]:
    """Return the context of the form. `item` is what is in it: the draft's text, or what was just written.

    A version that was never saved has no number; `edition` is the one that the form began from.
    """
    is_new = revision.pk is None
    form = Form(revision.kind, item, Offer(revision.lesson, person, item), problems, asks_slug=is_new)
    released = None if is_new else released_revision(revision.kind, revision.slug)
    return {
        "revision": revision,
        "lesson": revision.lesson,
        "is_new": is_new,
        "is_lesson": revision.kind == LESSON,
        "kind_title": kind_title(revision.kind),
        "name": naming_line(item) or kind_title(revision.kind),
        "boxes": form.boxes(),
        "marked": [
            (problem, "-".join(map(str, problem.path)), spoken(revision.kind, problem))
            for problem in problems
        ],
        "missing": [] if is_new else missing(revision.kind, item),
        "edition": revision.edition if edition is None else edition,
        "began": json.dumps(digests(revision.item)),
        "reason": revision.reason if reason is None else reason,
        "released": released,
        "changes": compare(revision.kind, item_type(revision.kind), released.item, item) if released else [],
        "is_stale": not is_new and is_stale(revision),
        "needs_review": revision.lesson.needs_review if not is_new or revision.kind != LESSON else False,
        "is_waiting": revision.state == RevisionState.IN_REVIEW,
        "live": None if is_new else find_live(revision.kind, revision.slug),
        "action": action_of(revision),
        "has_bench": revision.kind == GUIDE_ENTRY,
    }


def missing(kind: str, item: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what has to be done before a release: the id of the field, its name in words, what is wrong."""
    return [
        ("-".join(map(str, problem.path)), spoken(kind, problem), problem.message)
        for problem in problems_of(kind, item)
        if problem.path != ("slug",)
    ]


def spoken(kind: str, problem: Problem) -> str:
    """Return where a problem is, by the labels of the form: `Outcomes 2, Line to say`."""
    path = problem.path
    if not path:
        return kind_title(kind)
    words = label_of(kind, str(path[0]))
    if len(path) > 1 and isinstance(path[1], int):
        words += f" {path[1] + 1}"
    if len(path) > 2:
        words += f", {label_of(str(path[0]), str(path[2]))}"
    return words if len(path) < 4 else f"{words} {where(path[3:])}"


def action_of(revision: Revision) -> str:
    """Return the address that the form is sent to."""
    if revision.pk is not None:
        return reverse("revision", args=[revision.pk])
    if revision.kind == LESSON:
        return reverse("lesson-new")
    return reverse("piece-new", args=[revision.lesson.slug, revision.kind])
