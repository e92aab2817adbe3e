"""Messages to people in the site. One with a key reaches a person once, however often it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from enablement.models import Notice, Person
from enablement.own_forms import Words, said, written_for

VERIFY, REVIEW, FLAG, OUTCOME, RECALL = "verify", "review", "flag", "outcome", "recall"
SIGN_ON = "sign_on"
_TITLE_LENGTH = 300


def notify(
    people: Iterable[Person],
    kind: str,
    title: Words,
    *,
    text: Words = "",
    key: str | None = None,
    **fields: Any,
) -> int:
    """Write one notice for each of `people` who has none with `key`, and return how many were written.

    `fields`: url, recall, flag.
    """
    rows = []
    for person in {person.pk: person for person in people}.values():
        with written_for(person):
            words = {"title": shortened(said(title)), "text": said(text)}
        rows.append(Notice(person=person, kind=kind, key=key, **words, **fields))
    with transaction.atomic():
        have = set(Notice.objects.filter(key=key).values_list("person", flat=True)) if key else set()
        new = [row for row in rows if row.person_id not in have]
        Notice.objects.bulk_create(new, ignore_conflicts=key is not None)
    return len(new)


def read_notice(notice: Notice) -> None:
    """Note that the person has seen it; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def read_all(person: Person) -> int:
    """Mark everything as read and return how many were new."""
    return Notice.objects.visible_to(person).filter(read_at=None).update(read_at=timezone.now())


def shortened(text: str, length: int = _TITLE_LENGTH) -> str:
    """`text` in one line of at most `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rsplit(" ", 1)[0] + "…"
