"""What narrows a report: as on its page, except that what is not understood is refused and never left out."""

from __future__ import annotations

from typing import Any, Final

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from enablement.api.content import person_of
from enablement.api.exchange import InputSerializer, SentSlugField, StringField
from enablement.api.paging import read_filters
from quizzes.deadlines import server_now
from quizzes.models import EvidenceSource
from quizzes.reports.scope import PERIODS, Scope, read_scope

WEEKS: Final = [(weeks, title) for weeks, title in PERIODS.items() if weeks]
# No clock of ours will see other years.
YEARS: Final = (2000, 2200)


class ScopeSerializer(InputSerializer):
    """A team that you manage, a lesson, a quiz; where answers came from; a period; both days count."""

    team = SentSlugField(max_length=80, required=False)
    lesson = SentSlugField(max_length=80, required=False)
    quiz = SentSlugField(max_length=80, required=False)
    source = serializers.ChoiceField(choices=EvidenceSource.choices, required=False)  # type: ignore[assignment]
    weeks = serializers.ChoiceField(choices=WEEKS, required=False, help_text="The last so many weeks.")
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
    then = serializers.ChoiceField(
        choices=[("1", "yes")], required=False, help_text="Without answers from before they joined the team."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for name in ("since", "until"):
            if name in attrs and not YEARS[0] <= attrs[name].year <= YEARS[1]:
                raise ValidationError({name: [f"Name a day of the years {YEARS[0]} to {YEARS[1]}."]})
        if "since" in attrs and "until" in attrs and attrs["until"] < attrs["since"]:
            raise ValidationError({"until": ["The first day is after the last one. Swap them."]})
        return attrs


class AnswerFilterSerializer(ScopeSerializer):
    """The same, and what a figure of a report may be narrowed to: `week` by its Monday."""

    person = StringField(max_length=150, required=False)
    topic = SentSlugField(max_length=80, required=False)
    distinction = SentSlugField(max_length=80, required=False)
    true = SentSlugField(max_length=80, required=False)
    chosen = SentSlugField(max_length=80, required=False, help_text="An outcome’s name, or `open`.")
    result = serializers.ChoiceField(choices=[("right", "right"), ("wrong", "wrong")], required=False)
    week = serializers.DateField(required=False)
    question = SentSlugField(max_length=80, required=False)


def scope_of(
    request: Request, shape: type[ScopeSerializer] = ScopeSerializer
) -> tuple[Scope, dict[str, str]]:
    """Return the scope that is asked for, and all that is asked for as text. Raises ValidationError."""
    given = {name: str(value) for name, value in read_filters(request, shape).items()}
    scope = read_scope(person_of(request), given, server_now())
    for name in ("team", "lesson", "quiz"):
        if name in given and getattr(scope, name) is None:
            raise ValidationError({name: [f"There is no {name} {given[name]} that you may read about."]})
    return scope, given
