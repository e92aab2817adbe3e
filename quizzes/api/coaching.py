"""Coaching notes: written by managers, answered by either side, with their figures before and after."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import manager_of, person_of
from enablement.api.exchange import InputSerializer, StringField, TextField, read_sent
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged
from enablement.api.parsing import JSONParser
from enablement.models import Person
from quizzes.api.giving import UndoSerializer
from quizzes.assignments.audience import managed_people
from quizzes.coaching.comparison import comparison_of
from quizzes.coaching.focus import focuses_of, read_focuses
from quizzes.coaching.notes import LONGEST_NOTE, MOST_FOCUSES, BadNote, answer_note, end_note, write_note
from quizzes.deadlines import server_now
from quizzes.models import CoachingNote, CoachingReply


class WriteNoteSerializer(InputSerializer):
    """Whom it is to (a user name), what it says, and the keys of what it is about."""

    person = StringField(max_length=150)
    text = TextField(longest=LONGEST_NOTE)
    focus = serializers.ListField(child=StringField(max_length=300), min_length=1, max_length=MOST_FOCUSES)


class ReplyInputSerializer(InputSerializer):
    """An answer to a note."""

    text = TextField(longest=LONGEST_NOTE)


class FocusSerializer(serializers.Serializer[Any]):
    """Something that goes wrong: `right` of `answers` of late, and how many questions there are on it."""

    key = serializers.CharField()
    title = serializers.CharField()
    sentence = serializers.CharField(help_text="What a mix-up looks like in numbers; empty for a topic.")
    answers = serializers.IntegerField(source="share.n")
    right = serializers.IntegerField(source="share.right")
    questions = serializers.IntegerField()
    askable = serializers.BooleanField(source="is_askable", help_text="Whether a note may be about it.")


class CoachingReplySerializer(serializers.ModelSerializer[CoachingReply]):
    """An answer to a note, by either side."""

    by = serializers.SlugRelatedField[Person](slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = CoachingReply
        fields = ["by", "text", "at"]


class CoachingNoteSerializer(serializers.ModelSerializer[CoachingNote]):
    """A note. Its questions are the quiz `items`; from `recheck_on` on, others are `recheck`."""

    person = serializers.CharField(source="person.username")
    by = serializers.CharField(source="by.username", default=None, allow_null=True)
    focus = serializers.ListField(child=serializers.CharField())
    items = serializers.CharField(source="items.slug")
    recheck = serializers.CharField(source="recheck.slug", default=None, allow_null=True)

    class Meta:
        model = CoachingNote
        fields = [
            *("id", "person", "by", "text", "focus", "items", "recheck"),
            *("recheck_on", "made_at", "ended_at"),
        ]


class ShareSerializer(serializers.Serializer[Any]):
    """How many answers, and how many of them right."""

    answers = serializers.IntegerField(source="n")
    right = serializers.IntegerField()


class NoteFiguresSerializer(serializers.Serializer[Any]):
    """Answers on what the note is about: before it, with it, in the re-check, and in a sentence."""

    before = ShareSerializer(source="before.total")
    during = ShareSerializer(source="during.total")
    after = ShareSerializer(source="after.total")
    verdict = serializers.CharField()


class WholeNoteSerializer(serializers.Serializer[Any]):
    """A note with its answers and its figures."""

    note = CoachingNoteSerializer()
    replies = CoachingReplySerializer(many=True)
    figures = NoteFiguresSerializer()


@extend_schema(
    methods=["GET"],
    operation_id="coaching_notes_list",
    parameters=PARAMETERS,
    responses=page_of("CoachingNotePage", CoachingNoteSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=WriteNoteSerializer,
    responses={201: WholeNoteSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def coaching_notes(request: Request) -> Response:
    """The notes to you, and to the people you manage, newest first; a manager writes one by POST."""
    if request.method == "POST":
        return _write(request)
    return paged(request, _notes(person_of(request)).order_by("-made_at", "-pk"), CoachingNoteSerializer)


def _write(request: Request) -> Response:
    manager, sent = manager_of(request), read_sent(WriteNoteSerializer, request.data)
    person = get_object_or_404(managed_people(manager), username=sent["person"])
    try:
        note = write_note(manager, person, sent["text"], read_focuses(sent["focus"]), now=server_now())
    except BadNote as problem:
        raise ValidationError({"focus": [str(problem)]}) from None
    return _shown(note, person_of(request), status=201)


@extend_schema(operation_id="coaching_note_retrieve", responses=WholeNoteSerializer)
@api_view(["GET"])
def coaching_note(request: Request, pk: int) -> Response:
    """One note, with its answers and what came of it."""
    return _shown(get_object_or_404(_notes(person_of(request)), pk=pk), person_of(request))


@extend_schema(parameters=[PARAMETER], request=ReplyInputSerializer, responses=WholeNoteSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def coaching_note_replies(request: Request, pk: int) -> Response:
    """Answer a note. The other side hears of it."""
    person = person_of(request)
    note = get_object_or_404(_notes(person), pk=pk)
    answer_note(note, person, read_sent(ReplyInputSerializer, request.data)["text"], now=server_now())
    return _shown(note, person_of(request))


@extend_schema(parameters=[PARAMETER], request=UndoSerializer, responses=WholeNoteSerializer)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def coaching_note_end(request: Request, pk: int) -> Response:
    """As a manager, let no re-check come; with `undo`, let it come after all."""
    manager = manager_of(request)
    note = get_object_or_404(_notes(manager).exclude(person=manager), pk=pk)
    undo = read_sent(UndoSerializer, request.data).get("undo", False)
    end_note(note, manager, ended=not undo, now=server_now())
    return _shown(note, person_of(request))


@extend_schema(
    operation_id="coaching_focuses",
    responses=FocusSerializer(many=True),
)
@api_view(["GET"])
def coaching_focuses(request: Request, username: str) -> Response:
    """What a note to somebody may be about: what goes wrong most surely comes first."""
    manager = manager_of(request)
    person = get_object_or_404(managed_people(manager), username=username)
    return Response(FocusSerializer(focuses_of(person, server_now(), manager), many=True).data)


def _notes(reader: Person) -> QuerySet[CoachingNote]:
    return CoachingNote.objects.visible_to(reader).select_related("person", "by", "items", "recheck")


def _shown(note: CoachingNote, reader: Person, status: int = 200) -> Response:
    replies = note.replies.select_related("by")
    whole = {"note": note, "replies": replies, "figures": comparison_of(note, reader)}
    return Response(WholeNoteSerializer(whole).data, status=status)
