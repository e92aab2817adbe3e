"""The shapes of drafts: pieces of content in the form of lesson files, and what is wrong with them."""

from __future__ import annotations

from typing import Any, Final

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from enablement.api.exchange import InputSerializer, SentSlugField, StringField
from enablement.api.filters import OfLessonSerializer
from enablement.lessons.checking import Problem, problems_of
from enablement.lessons.live import LESSON, naming_line
from enablement.lessons.pieces import KINDS
from enablement.lessons.releasing import is_stale
from enablement.models import OPEN_STATES, Lesson, Person, Revision, RevisionState

KIND_CHOICES: Final = [(kind, kind) for kind in (LESSON, *KINDS)]
LONGEST_NOTE: Final = 4_000


class DraftFilterSerializer(OfLessonSerializer):
    """Narrows the drafts."""

    kind = serializers.ChoiceField(choices=KIND_CHOICES, required=False)
    state = serializers.ChoiceField(
        choices=[(state.value, state.label) for state in OPEN_STATES], required=False
    )


class BeginDraftSerializer(InputSerializer):
    """An existing piece by `kind` and `slug`; or, with `item`, a new one in `lesson` (none for a lesson)."""

    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    slug = SentSlugField(max_length=80, required=False)
    lesson = SentSlugField(max_length=80, required=False)
    item = serializers.DictField(required=False, help_text="The piece in the form of lesson files.")
    reason = StringField(max_length=300, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "item" not in attrs and "slug" not in attrs:
            raise ValidationError({"slug": ["Name a piece to change, or send a new one as item."]})
        if "item" in attrs and (attrs["kind"] == LESSON) == ("lesson" in attrs):
            raise ValidationError({"lesson": ["A new piece is part of a lesson; a new lesson is of none."]})
        return attrs


class SaveDraftSerializer(InputSerializer):
    """The whole piece as it is to be, and the `edition` that you read before."""

    item = serializers.DictField(help_text="The piece in the form of lesson files.")
    edition = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    reason = StringField(max_length=300, required=False)


class DraftVerbSerializer(InputSerializer):
    """`note` goes with sending back; `changes_meaning` with a release (null: the texts decide)."""

    note = StringField(max_length=LONGEST_NOTE, required=False)
    changes_meaning = serializers.BooleanField(required=False, allow_null=True)


class RetireSerializer(InputSerializer):
    """With `undo`, the piece is shown again; with `tell`, who was given a line of it hears of it."""

    undo = serializers.BooleanField(required=False)
    tell = serializers.BooleanField(required=False)


class VersionNameSerializer(serializers.ModelSerializer[Revision]):
    """A version of a piece, without its text."""

    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True)
    title = serializers.SerializerMethodField()
    state = serializers.CharField(help_text=", ".join(RevisionState.values))
    author = serializers.SlugRelatedField[Person](slug_field="username", read_only=True, allow_null=True)
    reviewer = serializers.SlugRelatedField[Person](slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Revision
        fields = [
            *("id", "lesson", "kind", "slug", "number", "title", "state", "edition", "reason"),
            *("changes_meaning", "author", "reviewer", "review_note", "made_at", "saved_at", "released_at"),
        ]

    def get_title(self, revision: Revision) -> str:
        return naming_line(revision.item)


class VersionSerializer(VersionNameSerializer):
    """A version of a piece. `problems` are what keeps it from being released, by field."""

    item = serializers.DictField()
    problems = serializers.SerializerMethodField()
    is_stale = serializers.SerializerMethodField(help_text="Readers see another text than when it was begun.")

    class Meta(VersionNameSerializer.Meta):
        fields = [*VersionNameSerializer.Meta.fields, "item", "problems", "is_stale"]

    def get_problems(self, revision: Revision) -> dict[str, list[str]]:
        return said_of(problems_of(revision.kind, revision.item))

    def get_is_stale(self, revision: Revision) -> bool:
        return is_stale(revision)


def said_of(problems: list[Problem], before: str = "") -> dict[str, list[str]]:
    """Return problems as the API says them: sentences by the path of the field, `outcomes.1.say`."""
    said: dict[str, list[str]] = {}
    for problem in problems:
        said.setdefault(before + ".".join(map(str, problem.path)), []).append(problem.message)
    return said
