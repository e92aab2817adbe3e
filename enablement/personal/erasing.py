"""Erasing a person: what names them goes, scores stay without a name, and the audit keeps a pseudonym."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from enablement import audit
from enablement.audit.keeping import replace_names, take_names_out
from enablement.models import BrowserSession, KeptResponse, Notice, Person, Work
from enablement.personal.holdings import Fate, Holding, holdings

OURS = ("enablement", "quizzes")


class CannotErase(Exception):
    """Why a person cannot be erased now, in one sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """What there is of one kind, and what becomes of it."""

    what: str
    rows: int
    fate: Fate


def preview(person: Person) -> list[Line]:
    """Return what there is about a person and what would become of it. Changes nothing."""
    return [line for holding in holdings() if (line := _line(holding, person)).rows]


@transaction.atomic
def erase(person: Person, actor: Person | None) -> list[Line]:
    """Erase a person, all of it or nothing, and return what became of what there was. Raises CannotErase."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if actor is not None and person.pk == actor.pk:
        raise CannotErase("You cannot erase yourself. Ask another admin.")
    if person.erased_at:
        raise CannotErase("This person is erased already.")
    done = preview(person)
    names, parts = _names(person), [part for part in (person.first_name, person.last_name) if part]
    slack = [link.slack_user] if (link := getattr(person, "slack_link", None)) else []
    pseudonym = f"erased-{secrets.token_hex(4)}"
    keys = BrowserSession.objects.filter(person=person).values("session_key")
    Session.objects.filter(session_key__in=keys).delete()
    for holding in holdings():
        _apply(holding, person)
    _delete_of_libraries(person)
    _take_out_of_messages([*names, *slack], pseudonym)
    Work.objects.filter(_about(person, slack)).delete()
    _forget_responses([*names, f'"{person.username}"'])
    person.managed_teams.clear()
    username = person.username
    _take_the_name(person, pseudonym)
    take_names_out(person, [*names, *slack], [*parts, username], pseudonym)
    after = {"pseudonym": pseudonym} | {line.what: f"{line.rows}: {line.fate.value}" for line in done}
    audit.record(actor, "erase_person", person, after=after)
    return done


def _line(holding: Holding, person: Person) -> Line:
    return Line(holding.what, holding.rows(person).count(), holding.fate)


def _apply(holding: Holding, person: Person) -> None:
    rows = holding.rows(person).order_by()
    if holding.rewrite is not None:
        holding.rewrite(rows, person)
    same = holding.table._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True)))
    if holding.fate is Fate.GONE:
        same.delete()
    elif holding.fate is Fate.UNOWNED:
        same.update(**{holding.person: None})
    elif holding.empties:
        same.update(**holding.empties)


def _names(person: Person) -> list[str]:
    """What the person is called where somebody else is told of them.

    A user name is not among them: it may be a word ("admin", "will"), and stands for somebody only where the
    text is about them.
    """
    return [name for name in (person.get_full_name(), person.email) if len(name) > 1]


def _take_the_name(person: Person, pseudonym: str) -> None:
    person.username, person.email = pseudonym, ""
    person.first_name = person.last_name = ""
    person.is_active = person.is_staff = person.is_superuser = person.is_demo = False
    person.time_zone, person.last_login, person.erased_at = "UTC", None, timezone.now()
    person.set_unusable_password()
    person.save()


def _forget_responses(names: list[str]) -> None:
    """Answers that are kept to be given again, to an admin for instance, and that name the person."""
    for name in names:
        KeptResponse.objects.filter(body__icontains=name).delete()


def _delete_of_libraries(person: Person) -> None:
    """Whatever a library's table says about the person goes; ours are decided one by one."""
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            continue
        for field in model._meta.get_fields():
            if getattr(field, "related_model", None) is Person and getattr(field, "concrete", False):
                if field.many_to_many:
                    continue
                model._default_manager.filter(**{field.name: person}).delete()
    # Rows of the administration's own history, which say what the person was called.
    kind = ContentType.objects.get_for_model(Person)
    LogEntry.objects.filter(content_type=kind, object_id=str(person.pk)).delete()


def _take_out_of_messages(names: Iterable[str], pseudonym: str) -> None:
    """Messages to others say who did something; they say a pseudonym from now on."""
    for name in names:
        for notice in Notice.objects.filter(Q(title__contains=name) | Q(text__contains=name)):
            notice.title = replace_names(notice.title, [name], pseudonym)
            notice.text = replace_names(notice.text, [name], pseudonym)
            notice.save(update_fields=["title", "text"])


def _about(person: Person, slack: Iterable[str]) -> Q:
    """Work that waits for the person: by their number, and what they asked for in Slack."""
    found = Q(arguments__person=person.pk) | Q(arguments__person_id=person.pk)
    for name in slack:
        found |= Q(arguments__slack_user=name)
    return found
