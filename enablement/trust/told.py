"""Corrections as people read them: those they were told of; for who answers for the line, whom it reached."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from enablement.models import Delivery, Notice, Person, Recall
from enablement.roles import may_edit
from enablement.trust.owners import may_verify
from enablement.trust.recalls import notice_key


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who was told, what they were given last before it, and the notice with whether it was read."""

    person: Person
    given: Delivery | None
    notice: Notice


def recalls_for(person: Person) -> QuerySet[Recall]:
    """Return the corrections that `person` was told of; all of them, for an editor."""
    recalls: QuerySet[Recall] = Recall.objects.select_related("by", "lesson")
    return recalls if may_edit(person) else recalls.filter(notices__person=person).distinct()


def answers_for(person: Person, recall: Recall) -> bool:
    """Whether `person` answers for the line, or made the correction: they see who was told."""
    return may_verify(person, recall.kind, recall.slug) or recall.by_id == person.pk


def may_read(person: Person, recall: Recall) -> bool:
    """Whether `person` was told of it, edits, or answers for the line."""
    own = Notice.objects.visible_to(person).filter(recall=recall)
    return may_edit(person) or own.exists() or answers_for(person, recall)


def given(recall: Recall) -> QuerySet[Delivery]:
    """When lines of this field were given, before the correction; the last first."""
    fields = {recall.field, recall.field.replace(":", ".")}
    lines = Delivery.objects.filter(kind=recall.kind, slug=recall.slug, field__in=fields)
    return lines.filter(given_at__lt=recall.made_at).order_by("-given_at")


def reached(recall: Recall) -> QuerySet[Notice]:
    """The notices to those who were given the old line."""
    return Notice.objects.filter(recall=recall, key=notice_key(recall))


def told(recall: Recall) -> list[Told]:
    """Who was told, by user name. Only for who answers for the line."""
    notices = reached(recall).select_related("person").order_by("person__username")
    last: dict[int, Delivery] = {}
    for delivery in given(recall).filter(person__in=[notice.person_id for notice in notices]):
        last.setdefault(delivery.person_id, delivery)
    return [Told(notice.person, last.get(notice.person_id), notice) for notice in notices]
