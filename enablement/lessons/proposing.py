"""A reading of a document into the database: a version of its text, and only what changed as proposals.

What stood in the text before and still does keeps its draft and what an editor decided about it. What
changed becomes a new draft beside the one it would replace. What has left the text is marked as gone unless
it was decided; a decided draft keeps the version whose text its spans count in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from enablement import audit
from enablement.lessons import reading
from enablement.lessons.known_documents import digest_of, find_alike, find_document, free_slug, title_of
from enablement.lessons.matching import Known, find_same, pair_drafts
from enablement.lessons.pieces import KINDS, read_piece
from enablement.models import (
    DocumentVersion,
    Draft,
    DraftState,
    Lesson,
    Person,
    Revision,
    Source,
    SourcePassage,
    State,
)

DECIDED = (DraftState.ACCEPTED, DraftState.MERGED, DraftState.DISCARDED)
TAKEN_UP = (DraftState.ACCEPTED, DraftState.MERGED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that was read and checked, on its way into the database."""

    read: reading.Reading
    name: str
    lesson: Lesson | None
    format: str = ""
    notes: Sequence[str] = ()
    findings: Sequence[Mapping[str, Any]] = field(default_factory=list)
    targets: Mapping[int, str] = field(default_factory=dict)
    """Slugs of existing pieces that drafts are about, by the draft's place, where the guide's judge knew."""


def store_arrival(
    arrival: Arrival, person: Person | None, source: Source | None = None
) -> tuple[Source, int]:
    """Keep a document's text and propose what is new in it. Return its source and the number of new drafts.

    The text that is there already changes nothing. `source` names the document that this is a version of.
    """
    with transaction.atomic():
        source = _source(arrival, source)
        former = _last_version(source)
        digest = digest_of(arrival.read.text)
        if former and former.sha256 == digest:
            return source, 0
        version = DocumentVersion.objects.create(
            source=source,
            number=former.number + 1 if former else 1,
            text=arrival.read.text,
            sha256=digest,
            format=arrival.format,
            findings=list(arrival.findings),
            skipped=_skipped(arrival),
            added_by=person,
        )
        Source.objects.filter(pk=source.pk).update(text=version.text, sha256=digest)
        added = _propose(arrival, source, version)
        _store_passages(arrival.read, source)
        audit.record(person, "import", source, after={"version": version.number, "drafts": added})
    source.refresh_from_db()
    return source, added


def existing_pieces(kinds: Iterable[str]) -> list[Known[str]]:
    """Return every piece of `kinds` that readers see, or that is open as a draft."""
    known: list[Known[str]] = []
    for kind in set(kinds) & set(KINDS):
        rows = KINDS[kind].model._default_manager.exclude(state=State.ARCHIVED)
        known += [Known(row.slug, kind, read_piece(row).model_dump(mode="json")) for row in rows]
        drafts = Revision.objects.open().filter(kind=kind).exclude(slug__in=[one.key for one in known])
        known += [Known(draft.slug, kind, draft.item) for draft in drafts]
    return known


def _source(arrival: Arrival, source: Source | None) -> Source:
    """The document's own row, locked: two uploads of one document take turns."""
    found = source or find_document(arrival.read, arrival.name)
    if found is None:
        found, _ = Source.objects.get_or_create(
            slug=free_slug(arrival.read, arrival.name),
            defaults={
                "title": title_of(arrival.read, arrival.name),
                "lesson": arrival.lesson,
                "nearly_same_as": find_alike(arrival.read, arrival.name),
            },
        )
    locked = Source.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if arrival.lesson and locked.lesson_id is None:
        locked.lesson = arrival.lesson
        locked.save(update_fields=["lesson"])
    return locked


def _last_version(source: Source) -> DocumentVersion | None:
    """The version before. A text that was read before versions were kept becomes version 1."""
    former = source.versions.first()
    if former or not source.text:
        return former
    former = DocumentVersion.objects.create(
        source=source, number=1, text=source.text, sha256=source.sha256 or digest_of(source.text)
    )
    source.drafts.filter(version=None).update(version=former)
    return former


def _propose(arrival: Arrival, source: Source, version: DocumentVersion) -> int:
    """Bring the drafts in line with the new text. Return how many are new."""
    before = {draft.fingerprint: draft for draft in source.drafts.select_related("revision")}
    new: dict[str, tuple[int, reading.Draft]] = {}
    still: set[int] = set()
    for place, draft in enumerate(arrival.read.drafts):
        print_ = fingerprint(draft.kind, draft.item)
        if print_ in before:
            _keep(before[print_], draft, version)
            still.add(before[print_].pk)
        else:
            new.setdefault(print_, (place, draft))
    replaced = set(
        source.drafts.filter(earlier__isnull=False, state__in=DECIDED).values_list("earlier", flat=True)
    )
    left = [
        draft
        for draft in before.values()
        if draft.pk not in still and draft.state != DraftState.GONE and draft.pk not in replaced
    ]
    _add(arrival, source, version, new, left)
    waiting = [draft.pk for draft in left if draft.state == DraftState.PROPOSED]
    Draft.objects.filter(pk__in=waiting).update(state=DraftState.GONE)
    return len(new)


def _keep(draft: Draft, again: reading.Draft, version: DocumentVersion) -> None:
    """The same piece in the new text: its spans move there. What came back after it had gone waits again."""
    later = Draft.objects.filter(earlier=draft, state__in=TAKEN_UP).first()
    if draft.state == DraftState.GONE or (draft.state in TAKEN_UP and later):
        draft.state, draft.earlier = DraftState.PROPOSED, later or draft.earlier
        draft.revision = draft.decided_by = draft.decided_at = None
    draft.version, (draft.start, draft.end) = version, again.span
    draft.spans = _spans(again)
    draft.save()


def _add(
    arrival: Arrival,
    source: Source,
    version: DocumentVersion,
    new: Mapping[str, tuple[int, reading.Draft]],
    left: Sequence[Draft],
) -> None:
    """The new drafts, each with what it would replace."""
    olds = {draft.pk: draft for draft in left}
    rows = list(new.items())
    pairs = pair_drafts(
        [Known(draft.pk, draft.kind, draft.item) for draft in left],
        [(draft.kind, draft.item) for _, (_, draft) in rows],
    )
    pieces = existing_pieces({draft.kind for _, (_, draft) in rows})
    made = []
    for at, (print_, (place, draft)) in enumerate(rows):
        earlier = olds.get(pairs.get(at, 0))
        target = _taken_as(earlier) or find_same(draft.kind, draft.item, pieces)
        made.append(
            Draft(
                lesson=source.lesson,
                source=source,
                version=version,
                kind=draft.kind,
                item=draft.item,
                start=draft.span[0],
                end=draft.span[1],
                spans=_spans(draft),
                fingerprint=print_,
                earlier=earlier,
                target=target or arrival.targets.get(place, ""),
            )
        )
    Draft.objects.bulk_create(made)


def _taken_as(earlier: Draft | None) -> str:
    """The piece that came of an earlier draft; what was never decided passes on what it was about."""
    if earlier is None:
        return ""
    if earlier.state in TAKEN_UP and earlier.revision and earlier.revision.kind == earlier.kind:
        return earlier.revision.slug
    return earlier.target


def _store_passages(read: reading.Reading, source: Source) -> None:
    source.passages.all().delete()
    SourcePassage.objects.bulk_create(
        SourcePassage(
            source=source,
            title_path=list(row.title_path),
            text=row.text,
            why=row.why,
            start=row.span[0],
            end=row.span[1],
        )
        for row in read.passages
    )


def fingerprint(kind: str, item: Mapping[str, Any]) -> str:
    """Return what tells whether a draft is the same as one that was read before."""
    content = json.dumps([kind, item], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _spans(draft: reading.Draft) -> dict[str, list[int]]:
    return {name: list(span) for name, span in draft.spans.items()}


def _skipped(arrival: Arrival) -> list[dict[str, Any]]:
    rows = [
        {"text": row.text, "start": row.span[0], "end": row.span[1], "reason": row.reason}
        for row in arrival.read.skipped
    ]
    return rows + [{"text": "", "start": 0, "end": 0, "reason": note} for note in arrival.notes]
