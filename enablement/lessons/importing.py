"""A document into drafts: read, checked against the guide, kept for a person to accept. Nothing goes live."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from enablement import audit
from enablement.judges.wording import Finding, check_clean_text
from enablement.lessons import reading
from enablement.models import Draft, Lesson, Person, Source, SourcePassage

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


@dataclass(frozen=True, slots=True)
class Import:
    """What was read from a document, and what that added. `source` is None after a dry run."""

    reading: reading.Reading
    findings: list[Finding]
    source: Source | None
    added: int

    def as_json(self) -> dict[str, Any]:
        """Return what the contract prints: a list for each kind, and the counts of all of them."""
        result: dict[str, Any] = {
            name: [_summary(draft.item) for draft in self.reading.of_kind(kind)]
            for name, kind in COUNTED.items()
        }
        result["passages"] = [
            {"title_path": list(row.title_path), "text": row.text} for row in self.reading.passages
        ]
        result["findings"] = [
            {"entry": row.entry, "start": row.start, "end": row.end, "quote": row.quote, "level": row.level}
            for row in self.findings
        ]
        result["skipped"] = [{"text": row.text, "reason": row.reason} for row in self.reading.skipped]
        counts = {name: len(rows) for name, rows in result.items()}
        source = self.source.slug if self.source else None
        return {
            "title": self.reading.title,
            "source": source,
            "added": self.added,
            "counts": counts,
            **result,
        }


def import_document(
    data: bytes, name: str, *, person: Person, lesson: Lesson | None = None, dry_run: bool = False
) -> Import:
    """Read a document into drafts. The same document twice adds nothing.

    Raises reading.DocumentError for what is not a document, EncoderUnavailable, NotTrained.
    """
    text = reading.decode_document(data, name)
    read = reading.read_document(text, name)
    # A hint is too weak to hold against somebody else's document.
    findings = [finding for finding in check_clean_text(read.text, person) if finding.level != "hint"]
    if dry_run:
        return Import(read, findings, None, 0)
    with transaction.atomic():
        source, changed = _store_source(read, name, lesson)
        added = _store_drafts(read, source, lesson) if changed else 0
        if changed:
            audit.record(person, "import", source, after={"sha256": source.sha256, "drafts": added})
    return Import(read, findings, source, added)


def _summary(item: Mapping[str, Any]) -> dict[str, Any]:
    """What names an item in a list: its slug and its first line."""
    line = next((item[key] for key in ("title", "term", "dont_say", "question", "text") if item.get(key)), "")
    return {"slug": item.get("slug", ""), "title": line}


def _store_source(read: reading.Reading, name: str, lesson: Lesson | None) -> tuple[Source, bool]:
    """Return the document's source and whether its text is new. A document is known by its title."""
    digest = hashlib.sha256(read.text.encode()).hexdigest()
    same = Source.objects.filter(sha256=digest).first()
    if same:
        return same, False
    title = (read.title or name)[:300]
    # Titles that begin alike, or have no Latin letter, are told apart by a piece of their hash.
    slug = f"document-{slugify(title)[:50]}-{hashlib.sha256(title.encode()).hexdigest()[:8]}"
    values: dict[str, Any] = {"title": title, "text": read.text, "sha256": digest}
    if lesson is not None:
        values["lesson"] = lesson
    source, _ = Source.objects.update_or_create(slug=slug, defaults=values)
    return source, True


def _store_drafts(read: reading.Reading, source: Source, lesson: Lesson | None) -> int:
    """Keep what is new and let go of passages of the text before. Return how many drafts were added."""
    known = set(source.drafts.values_list("fingerprint", flat=True))
    drafts = {
        fingerprint: Draft(
            lesson=lesson,
            source=source,
            kind=draft.kind,
            item=draft.item,
            start=draft.span[0],
            end=draft.span[1],
            spans={field: list(span) for field, span in draft.spans.items()},
            fingerprint=fingerprint,
        )
        for draft in read.drafts
        if (fingerprint := _fingerprint(draft)) not in known
    }
    Draft.objects.bulk_create(drafts.values())
    source.passages.all().delete()
    SourcePassage.objects.bulk_create(
        SourcePassage(
            source=source, title_path=list(row.title_path), text=row.text, start=row.span[0], end=row.span[1]
        )
        for row in read.passages
    )
    return len(drafts)


def _fingerprint(draft: reading.Draft) -> str:
    content = json.dumps([draft.kind, draft.item], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
