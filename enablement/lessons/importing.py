"""A document into drafts: converted, read, checked against the guide, kept for a person to accept.

Nothing goes live. From the site a document goes through an ImportJob that the worker runs; the command line
calls `import_document` and waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone

from enablement import audit
from enablement.judges.encoder import PATIENCE, EncoderUnavailable, encode
from enablement.judges.heads import NotTrained
from enablement.lessons import reading
from enablement.lessons.conflicts import Row, find_conflicts, own_wordings
from enablement.lessons.documents import ConversionStopped, convert
from enablement.lessons.guide_check import check_against_guide
from enablement.lessons.known_documents import find_document
from enablement.lessons.proposing import Arrival, store_arrival
from enablement.models import DocumentVersion, ImportJob, ImportState, Lesson, Person, Source, Work
from enablement.outbox import add_work
from enablement.own_forms import written_for
from enablement.texts import BadText

WORK = "import_document"
CHECK = "check_document"
# A document that ended the worker this often is given up: one more try would end it again.
MAX_STARTS = 2
SECONDS_BETWEEN_NOTES = 0.4

# The names of the contract, by the kinds of the reader.
COUNTED = {
    "cards": "card",
    "fits": "fit",
    "guide_entries": "guide_entry",
    "analogies": "analogy",
    "comparisons": "comparison",
    "terms": "term",
    "ladder_steps": "ladder_step",
    "decision_questions": "decision_question",
    "scripts": "script",
}

Note = Callable[[str, int, int], None]
"""Hears what is done now, in words, with how much of it is done, of how much (0 of 0: not known)."""


class Stopped(Exception):
    """Somebody cancelled the import."""


@dataclass(frozen=True, slots=True)
class Import:
    """What was read from a document, and what that added. `source` is None after a dry run.

    `findings` are the sentences that break the guide, `conflicts` where it contradicts another document.
    `unchecked` is a sentence where the guide could not be asked; `notes` came from the conversion.
    """

    reading: reading.Reading
    findings: list[Row]
    source: Source | None
    added: int
    conflicts: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unchecked: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what the contract prints: a list for each kind, and the counts of all of them."""
        result: dict[str, Any] = {
            name: [_summary(draft.item) for draft in self.reading.of_kind(kind)]
            for name, kind in COUNTED.items()
        }
        result["passages"] = [
            {"title_path": list(row.title_path), "text": row.text, "why": row.why}
            for row in self.reading.passages
        ]
        names = ("entry", "start", "end", "quote", "level")
        result["findings"] = [{name: row[name] for name in names} for row in self.findings]
        result["conflicts"] = self.conflicts
        result["skipped"] = [{"text": row.text, "reason": row.reason} for row in self.reading.skipped]
        counts = {name: len(rows) for name, rows in result.items()}
        source = self.source.slug if self.source else None
        about = {"title": self.reading.title, "source": source, "added": self.added, "notes": self.notes}
        return {**about, "counts": counts, **result}


def import_document(
    data: bytes,
    name: str,
    *,
    person: Person,
    lesson: Lesson | None = None,
    source: Source | None = None,
    dry_run: bool = False,
    note: Note = lambda stage, done, total: None,
    check_later: bool = False,
) -> Import:
    """Read a document into drafts. The same document twice adds nothing, a changed one only what changed.

    `source` names the document that this is a new version of; None: told by its title and name. `note`
    may raise to stop it all. Raises DocumentError for what is not a document; EncoderUnavailable and
    NotTrained too, unless `check_later`: then the import goes on and says that it is unchecked.
    """
    note("Opening the file", 0, 0)
    converted = convert(
        data,
        name,
        on_progress=lambda done, total: note("Reading its pages", done, total),
        should_stop=lambda: _asks_to_stop(note),
    )
    note("Looking for cards, lines and terms", 0, 0)
    read = reading.read_document(converted.text, name)
    findings: list[Row] = []
    conflicts: list[Row] = []
    unchecked = ""
    try:
        encode(["ready"], patience=PATIENCE)
        findings = check_against_guide(read, person, note)
        note("Comparing it with other documents", 0, 0)
        conflicts = find_conflicts(read, source or find_document(read, name))
    except (EncoderUnavailable, NotTrained) as error:
        if not check_later:
            raise
        unchecked = str(error)
    if dry_run:
        return Import(read, findings, None, 0, conflicts, converted.notes)
    note("Keeping what was found", 0, 0)
    arrival = Arrival(
        read,
        name,
        lesson,
        converted.format,
        converted.notes,
        [*findings, *conflicts],
        own_wordings(read, person) if not unchecked else {},
    )
    source, added = store_arrival(arrival, person, source)
    return Import(read, findings, source, added, conflicts, converted.notes, unchecked)


def request_import(
    person: Person,
    name: str,
    data: bytes,
    *,
    lesson: Lesson | None = None,
    source: Source | None = None,
) -> ImportJob:
    """Hand a document to the worker. The job shows how far it is."""
    with transaction.atomic():
        job = ImportJob.objects.create(
            person=person, name=name[-255:], data=data, lesson=lesson, source=source
        )
        add_work(WORK, key=_key(job), job=str(job.pk))
        audit.record(person, "request import", job, after={"name": job.name, "bytes": len(data)})
    return job


def request_check(source: Source, person: Person) -> None:
    """Have the worker check a document against the guide and the other documents once more."""
    with transaction.atomic():
        add_work(CHECK, source=source.pk, person=person.pk)
        audit.record(person, "request check", source)


def check_again(source_id: int, person_id: int) -> None:
    """Bring the conflicts of a document's last version up to date. Raises EncoderUnavailable, NotTrained."""
    version = DocumentVersion.objects.select_related("source").filter(source=source_id).first()
    person = Person.objects.filter(pk=person_id).first()
    if version is None or person is None:
        return
    read = reading.read_document(version.text, version.source.title)
    encode(["ready"], patience=PATIENCE)
    rows = [*check_against_guide(read, person), *find_conflicts(read, version.source)]
    DocumentVersion.objects.filter(pk=version.pk).update(findings=rows)
    ImportJob.objects.filter(source=source_id, state=ImportState.DONE).update(error="")


def cancel_import(job: ImportJob, person: Person) -> None:
    """Stop an import: at once where it waits, at its next step where it runs. Drafts of it are not kept."""
    waiting = ImportJob.objects.filter(pk=job.pk, state=ImportState.WAITING)
    running = ImportJob.objects.filter(pk=job.pk, state=ImportState.RUNNING)
    with transaction.atomic():
        ended = waiting.update(state=ImportState.CANCELLED, data=b"", stage="", ended_at=timezone.now())
        if ended or running.update(cancel_asked=True):
            audit.record(person, "cancel import", job)


def run_import(job_id: str) -> None:
    """Do the work of one job. Run again after the worker died, it starts afresh, twice at most."""
    job = ImportJob.objects.select_related("person", "lesson", "source").filter(pk=job_id).first()
    if job is None or job.person is None or job.state not in (ImportState.WAITING, ImportState.RUNNING):
        return
    if _starts(job) > MAX_STARTS:
        _end(
            job,
            ImportState.FAILED,
            error=f"Reading “{job.name}” stopped the worker twice. Split it, and try again.",
        )
        return
    if job.cancel_asked:
        _end(job, ImportState.CANCELLED)
        return
    ImportJob.objects.filter(pk=job.pk).update(state=ImportState.RUNNING)
    try:
        with written_for(job.person):
            done = import_document(
                bytes(job.data),
                job.name,
                person=job.person,
                lesson=job.lesson,
                source=job.source,
                note=_Notes(job),
                check_later=True,
            )
    except (Stopped, ConversionStopped):
        _end(job, ImportState.CANCELLED)
    except (reading.DocumentError, BadText) as error:
        _end(job, ImportState.FAILED, error=str(error))
    except SoftTimeLimitExceeded:
        sentence = f"Reading “{job.name}” took longer than four minutes. Split it, and try again."
        _end(job, ImportState.FAILED, error=sentence)
    else:
        ImportJob.objects.filter(pk=job.pk).update(source=done.source, added=done.added)
        _end(job, ImportState.DONE, error=done.unchecked)


def _asks_to_stop(note: Note) -> bool:
    """Ask the listener, which raises where somebody cancelled."""
    try:
        note("", 0, 0)
    except Stopped:
        return True
    return False


class _Notes:
    """Writes down how far a job is, a few times a second, and hears whether somebody cancelled it."""

    def __init__(self, job: ImportJob) -> None:
        self.job = job
        self.stage = ""
        self.written = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.written < SECONDS_BETWEEN_NOTES and stage in ("", self.stage):
            return
        self.written, self.stage = now, stage or self.stage
        values: Mapping[str, Any] = {"stage": stage, "done": done, "total": total} if stage else {}
        kept = ImportJob.objects.filter(pk=self.job.pk, cancel_asked=False)
        if not (kept.update(**values) if values else kept.exists()):
            raise Stopped


def _end(job: ImportJob, state: ImportState, *, error: str = "") -> None:
    """The file itself is let go of: its text lives on in its version."""
    ImportJob.objects.filter(pk=job.pk).update(
        state=state, error=error, data=b"", stage="", done=0, total=0, ended_at=timezone.now()
    )


def _key(job: ImportJob) -> str:
    return f"{WORK}:{job.pk}"


def _starts(job: ImportJob) -> int:
    """How often the worker has taken this job up; now counts."""
    return Work.objects.filter(key=_key(job)).values_list("tries", flat=True).first() or 1


def _summary(item: Mapping[str, Any]) -> dict[str, Any]:
    """What names an item in a list: its slug and its first line."""
    line = next((item[key] for key in ("title", "term", "dont_say", "question", "text") if item.get(key)), "")
    return {"slug": item.get("slug", ""), "title": line}
