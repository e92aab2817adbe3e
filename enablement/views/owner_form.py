"""Choosing who answers for a piece: a person or a team."""

from __future__ import annotations

from typing import Any

from django import forms

from enablement.models import Person, Team
from enablement.trust.owners import editors

Choices = list[tuple[str, Any]]


def owner_choices(person: Person, nobody: str = "Nobody") -> Choices:
    """Editors, the people that `person` may see, and the teams; first, under the name `nobody`, no one."""
    known = {other.pk: other for other in editors()}
    known |= {other.pk: other for other in Person.objects.visible_to(person).filter(is_active=True)}
    people = sorted(known.values(), key=lambda other: other.name.casefold())
    return [
        ("", nobody),
        ("People", [(f"person:{other.pk}", other.name) for other in people]),
        ("Teams", [(f"team:{team.pk}", team.name) for team in Team.objects.all()]),
    ]


class OwnerForm(forms.Form):
    """A person, a team or nobody."""

    owner = forms.ChoiceField(label="Owner", required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]

    def owner_named(self) -> dict[str, Any]:
        """`person` and `team`, one of them None or both."""
        kind, _, pk = self.cleaned_data["owner"].partition(":")
        return {
            "person": Person.objects.get(pk=pk) if kind == "person" else None,
            "team": Team.objects.get(pk=pk) if kind == "team" else None,
        }


class IntervalForm(OwnerForm):
    """An owner, and after how many days the owner is asked again."""

    interval_days = forms.IntegerField(label="Ask again after (days)", min_value=1, max_value=3650)
