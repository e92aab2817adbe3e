"""The guide out of the database as CSV, and a CSV file into drafts: nothing in it goes live unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet

from enablement import audit
from enablement.lessons import schema
from enablement.lessons.canonical import canonical_piece
from enablement.lessons.guide_csv import CsvError, GuideRow, guide_csv_text, read_guide_csv
from enablement.lessons.pieces import find_piece, read_piece
from enablement.lessons.revising import BadItem, new_draft, open_draft, open_revision, save_draft
from enablement.models import Card, GuideEntry, Lesson, Person, Revision, Source, State

KIND = "guide_entry"
REASON = "From a CSV file."


@dataclass(slots=True)
class Proposed:
    """What a file came to: drafts of new and of changed entries, and slugs of those left alone."""

    new: list[Revision] = field(default_factory=list)
    changed: list[Revision] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)


def export_guide(lessons: Iterable[Lesson]) -> str:
    """Return the released entries of `lessons` as a CSV file."""
    entries = GuideEntry.objects.filter(lesson__in=lessons, state=State.RELEASED)
    rows = entries.select_related("lesson").order_by("lesson__position", "position", "slug")
    return guide_csv_text(
        (entry.lesson.slug, cast(schema.GuideEntryItem, read_piece(entry))) for entry in rows
    )


def take_guide(lessons: QuerySet[Lesson], person: Person) -> str:
    """As `export_guide`, and a record that `person` took it."""
    text = export_guide(lessons)
    audit.note(person, "export_guide", "guideentry", "csv", after={"lessons": lessons.count()})
    return text


def propose_guide(text: str, lesson: Lesson, person: Person) -> Proposed:
    """Make a draft for each row of a CSV file that says something new. New entries come into `lesson`, unless
    their row names another.

    An entry that somebody is working on is left alone (`busy`); columns that the file does not have keep what
    they say. Raises CsvError, and then nothing is made.
    """
    rows = read_guide_csv(text)
    lessons = {known.slug: known for known in Lesson.objects.all()}
    problems = list(_unknown_names(rows, lessons))
    if problems:
        raise CsvError(problems)
    proposed = Proposed()
    with transaction.atomic():
        for row in rows:
            _propose(row, lessons.get(row.lesson, lesson), person, proposed)
        after = {"new": len(proposed.new), "changed": len(proposed.changed), "busy": proposed.busy}
        audit.record(person, "import guide", lesson, after=after)
    return proposed


def _propose(row: GuideRow, lesson: Lesson, person: Person, proposed: Proposed) -> None:
    live = find_piece(KIND, row.slug)
    if open_revision(KIND, row.slug):
        proposed.busy.append(row.slug)
        return
    before = canonical_piece(read_piece(live)) if live else {}
    item = canonical_piece(schema.GuideEntryItem.model_validate(before | row.values))
    if item == before:
        proposed.same.append(row.slug)
        return
    try:
        if live is None:
            proposed.new.append(new_draft(lesson, KIND, item, person, reason=REASON))
            return
        draft = open_draft(KIND, row.slug, person)
        proposed.changed.append(
            save_draft(draft, item, edition=draft.edition, person=person, reason=REASON, complete=True)
        )
    except BadItem as error:
        raise CsvError([f"line {row.line}: {error}"]) from error


def _unknown_names(rows: Sequence[GuideRow], lessons: dict[str, Lesson]) -> Iterator[str]:
    known: dict[str, set[Any]] = {
        "cards": set(Card.objects.values_list("slug", flat=True)),
        "sources": set(Source.objects.values_list("slug", flat=True)),
    }
    for row in rows:
        if row.lesson and row.lesson not in lessons:
            yield f"line {row.line}, lesson: there is no lesson “{row.lesson}”."
        for name, slugs in known.items():
            for slug in row.values.get(name, ()):
                if slug not in slugs:
                    yield f"line {row.line}, {name}: there is no {name[:-1]} “{slug}”."
