"""Correction recall: whoever was given a line whose meaning has changed is told the old and the new one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from enablement import audit
from enablement.lessons import schema
from enablement.models import Delivery, Lesson, Person, Recall, Revision, Surface
from enablement.numbers import number
from enablement.trust.corrections import Correction, corrections, is_touched
from enablement.trust.notices import RECALL, notify
from enablement.trust.owners import owners_of
from enablement.trust.vocabulary import known_words


@transaction.atomic
def recall_changed_lines(
    old: schema.Item | None,
    new: schema.Item | None,
    revision: Revision,
    person: Person | None,
    *,
    changes_meaning: bool | None = None,
) -> list[Recall]:
    """Tell everybody who was given a line of `old` that `new` no longer says. Return one recall a line.

    `old` None: a new piece, which corrects nothing. `new` None: the piece was withdrawn. `changes_meaning`
    True (or ticked on the revision): every changed text counts; False: none does; None: the texts decide.
    Done twice for one revision, it has one effect.
    """
    if old is None or changes_meaning is False:
        return []
    forced = bool(changes_meaning or revision.changes_meaning)
    known = known_words(revision.kind, revision.slug)
    found = corrections(revision.kind, old, new, known, forced=forced)
    return [_recall(correction, revision, person, known, forced=forced) for correction in found]


def _recall(
    correction: Correction,
    revision: Revision,
    person: Person | None,
    known: Collection[str],
    *,
    forced: bool,
) -> Recall:
    recall, made = Recall.objects.get_or_create(
        lesson=revision.lesson,
        kind=revision.kind,
        slug=revision.slug,
        field=correction.field,
        revision=revision,
        defaults={"old": correction.old, "new": correction.new, "by": person},
    )
    if made:
        people = people_given(correction, recall, known, forced=forced)
        _tell(recall, people)
        audit.record(person, "recall_line", recall, after={"piece": _name(recall), "people": len(people)})
    return recall


def people_given(
    correction: Correction, recall: Recall, known: Collection[str], *, forced: bool = False
) -> list[Person]:
    """The active people who were given the line in the last DOSAY_RECALL_DAYS days, on any surface."""
    since = timezone.now() - timedelta(days=settings.RECALL_DAYS)
    deliveries = Delivery.objects.filter(
        kind=recall.kind, slug=recall.slug, given_at__gte=since, person__is_active=True
    )
    given = deliveries.order_by().values_list("person", "field", "text").distinct()
    touched = {
        person
        for person, field, text in given.iterator()
        if is_touched(text, field, correction, known, forced=forced)
    }
    return list(Person.objects.filter(pk__in=touched).order_by("username"))


def notice_key(recall: Recall) -> str:
    """The key of the notices to those who were given the old line; the owner's has another."""
    return f"recall:{recall.pk}"


def may_read_new(recall: Recall, person: Person) -> bool:
    """Whether `person` may still read the lesson. Whoever may not hears only that the old line fell."""
    return Lesson.objects.visible_to(person).filter(pk=recall.lesson_id).exists()


def with_leave(recalls: Iterable[Recall], person: Person) -> list[tuple[Recall, bool]]:
    """Each recall with whether `person` may read the new line, in one query."""
    readable = set(Lesson.objects.visible_to(person).values_list("pk", flat=True))
    return [(recall, recall.lesson_id in readable) for recall in recalls]


def _tell(recall: Recall, people: list[Person]) -> None:
    url = f"/corrections/{recall.pk}/"
    notify(
        people,
        RECALL,
        f"Corrected: “{recall.old}”",
        text="You were given this line before it was corrected. See what to say now.",
        url=url,
        recall=recall,
        key=notice_key(recall),
    )
    _note_new_line(recall, people)
    if people:
        told = len(people)
        notify(
            _answerable(recall),
            RECALL,
            lambda: f"{_count(told)} told of a correction: “{recall.old}”",
            text="See whom the old line had reached, and who has read the correction.",
            url=url,
            recall=recall,
            key=f"{notice_key(recall)}:owner",
        )


def _count(people: int) -> str:
    return "1 person was" if people == 1 else f"{number(people)} people were"


def _note_new_line(recall: Recall, people: list[Person]) -> None:
    """The correction gives people the new line, so it counts as given: the next correction goes by it too."""
    if not recall.new:
        return
    Delivery.objects.bulk_create(
        Delivery(
            person=person,
            surface=Surface.BROWSER,
            purpose="recall",
            kind=recall.kind,
            slug=recall.slug,
            field=recall.field,
            text=recall.new,
        )
        for person in people
        if may_read_new(recall, person)
    )


def _answerable(recall: Recall) -> list[Person]:
    """The owners of the piece, or whoever released the correction where it has none."""
    return owners_of(recall.kind, recall.slug) or ([recall.by] if recall.by else [])


def _name(recall: Recall) -> str:
    return f"{recall.kind}:{recall.slug}:{recall.field}"
