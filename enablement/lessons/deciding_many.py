"""Many drafts of a document decided in one go, and all of it taken back in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from enablement.lessons.deciding import DecidingError, accept_draft, discard_draft, undo_decision
from enablement.lessons.live import naming_line
from enablement.lessons.revising import StaleEdition
from enablement.models import Draft, Person, Source

# Pieces name cards, so cards come first.
_FIRST = ("card",)


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of many drafts: those that were decided, and why others were not, by what names them."""

    done: Sequence[Draft]
    refused: Sequence[tuple[str, str]]


Verb = Callable[[Draft, Person], Draft]
VERBS: dict[str, Verb] = {
    "accept": accept_draft,
    "release": lambda draft, person: accept_draft(draft, person, release=True),
    "discard": discard_draft,
}


def decide_many(drafts: Iterable[Draft], person: Person, verb: str) -> Decided:
    """Accept, accept and release, or discard each of `drafts`; one that cannot be does not stop the others.

    KeyError for another verb. Those that were decided share one time: undo_many takes them back by it.
    """
    decided = _each(sorted(drafts, key=lambda one: (one.kind not in _FIRST, one.start)), person, VERBS[verb])
    at = timezone.now()
    Draft.objects.filter(pk__in=[draft.pk for draft in decided.done]).update(decided_at=at)
    return decided


def last_together(source: Source, person: Person) -> list[Draft]:
    """The drafts that `person` decided last, where that were several in one go; those still decided."""
    own = source.drafts.filter(decided_by=person).exclude(decided_at=None)
    last: datetime | None = own.order_by("-decided_at").values_list("decided_at", flat=True).first()
    together = list(own.filter(decided_at=last)) if last else []
    return together if len(together) > 1 else []


def undo_many(drafts: Iterable[Draft], person: Person) -> Decided:
    """Take each decision back, the last one first."""
    ordered = sorted(drafts, key=lambda one: (one.kind not in _FIRST, one.start), reverse=True)
    return _each(ordered, person, undo_decision)


def _each(drafts: Iterable[Draft], person: Person, verb: Verb) -> Decided:
    done, refused = [], []
    for draft in drafts:
        try:
            with transaction.atomic():
                done.append(verb(draft, person))
        except (DecidingError, StaleEdition) as error:
            refused.append((naming_line(draft.item), str(error)))
    return Decided(done, refused)
