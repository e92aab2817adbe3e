"""Which released line was given to whom: the record that a later correction goes by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enablement.models import Delivery, Person, Surface


@dataclass(frozen=True, slots=True)
class Line:
    """One line of released content, as it was given. `field` is the content's field it came from."""

    kind: str
    slug: str
    field: str
    text: str


def record_deliveries(person: Person, surface: Surface, purpose: str, lines: Iterable[Line]) -> None:
    """Note that `person` was given `lines`; the same line twice in one go counts once."""
    Delivery.objects.bulk_create(
        Delivery(
            person=person,
            surface=surface,
            purpose=purpose,
            kind=line.kind,
            slug=line.slug,
            field=line.field,
            text=line.text,
        )
        for line in dict.fromkeys(lines)
    )
