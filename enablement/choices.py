"""What a person chooses about their own pages and messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import available_timezones

from django.db import transaction

from enablement import audit
from enablement.models import Person

# The others in the list of zones are old names and those of machines.
AREAS: Final = {
    *("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
}
MAIL: Final = ("mail", "messages_by")
LOOKS: Final = ("time_zone", "date_form", "number_form", "density", "single_keys")
VERBS: Final = {"choose_mail": MAIL, "choose_looks": LOOKS}


def time_zones() -> list[tuple[str, str]]:
    """Every zone that has a place in its name, and UTC: (name, name as people read it)."""
    places = sorted(name for name in available_timezones() if name.split("/")[0] in AREAS)
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]


def choose(person: Person, chosen: Mapping[str, Any]) -> None:
    """Save what `person` chose, by field (MAIL and LOOKS), and put on record what is different by it.

    Whether each value is one of the field's is the caller's to check.
    """
    known = Person.objects.get(pk=person.pk)
    with transaction.atomic():
        for verb, names in VERBS.items():
            before = {
                name: getattr(known, name)
                for name in names
                if name in chosen and getattr(known, name) != chosen[name]
            }
            if not before:
                continue
            for name in before:
                setattr(person, name, chosen[name])
            person.save(update_fields=list(before))
            audit.record(person, verb, person, before=before, after={name: chosen[name] for name in before})
