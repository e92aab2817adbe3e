"""What a search of the audit found, as CSV or as JSON lines, streamed however many rows it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from enablement.audit.recording import note
from enablement.audit.searching import Search, find_events
from enablement.models import AuditEvent, Person
from enablement.models.records import AuditEventQuerySet
from enablement.spreadsheet import TOGETHER, csv_blocks

COLUMNS: Final = (
    "id",
    "at",
    "actor",
    "verb",
    "kind",
    "subject",
    "before",
    "after",
    "channel",
    "request",
    "address",
)


def take(search: Search, reader: Person, format: str) -> AuditEventQuerySet:
    """Return the rows that a search finds. That `reader` took them, and how many, is on record."""
    # Up to here and no further: the row about this export is not part of it.
    newest = AuditEvent.objects.values_list("pk", flat=True).first() or 0
    found = find_events(search, reader).filter(pk__lte=newest)
    after = {**search.given, "format": format, "rows": found.count()}
    note(reader, "export_audit", "auditevent", format, after=after)
    return found


def as_csv(events: AuditEventQuerySet) -> Iterator[str]:
    """Yield the rows as a CSV file."""
    rows = (row_of(event) for event in events.iterator(chunk_size=2_000))
    return csv_blocks(COLUMNS, ([_cell(row[name]) for name in COLUMNS] for row in rows))


def as_json_lines(events: AuditEventQuerySet) -> Iterator[str]:
    """Yield the rows as JSON, one object a line, in blocks."""
    block: list[str] = []
    for event in events.iterator(chunk_size=2_000):
        block.append(json.dumps(row_of(event), ensure_ascii=False) + "\n")
        if len(block) == TOGETHER:
            yield "".join(block)
            block = []
    yield "".join(block)


def row_of(event: AuditEvent) -> dict[str, Any]:
    """A row as programs read it; the actor is a user name, empty for the program itself."""
    return {name: getattr(event, name) for name in COLUMNS} | {
        "at": event.at.isoformat(timespec="milliseconds"),
        "actor": event.actor.username if event.actor else "",
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
