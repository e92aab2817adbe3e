"""What readers say about lines, lines that they propose, examples for the check, and the answers."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from enablement.api.content import person_of
from enablement.api.errors import Conflict
from enablement.api.exchange import InputSerializer, SentSlugField, StringField, TextField, read_sent
from enablement.api.filters import OfLessonSerializer
from enablement.api.idempotency import PARAMETER, idempotent
from enablement.api.paging import PARAMETERS, page_of, paged, read_filters
from enablement.api.parsing import JSONParser
from enablement.lessons.revising import BadItem, RevisingError
from enablement.models import Flag, FlagReason, FlagState, GuideEntry, Lesson, Person
from enablement.texts import tidy_text
from enablement.trust.examples import MAX_EXAMPLE, send_example
from enablement.trust.flags import (
    MAX_LINE,
    MAX_NOTE,
    AlreadyClosed,
    close_flag,
    flags_for,
    may_close,
    propose_entry,
    raise_flag,
)
from enablement.views.pieces import visible_piece

# What an open flag may become.
VERDICTS = [(state.value, state.label) for state in (FlagState.ACCEPTED, FlagState.DECLINED)]
ANSWERED = OpenApiResponse(description="It was answered already, or cannot become a draft.")


class FlagFilterSerializer(OfLessonSerializer):
    """Narrows the flags."""

    state = serializers.ChoiceField(choices=FlagState.choices, required=False)


class FlagInputSerializer(InputSerializer):
    """What is the matter with a piece, or with one line of it (`field`, or its words in `quote`)."""

    kind = SentSlugField(max_length=20)
    slug = SentSlugField(max_length=80)
    reason = serializers.ChoiceField(choices=[FlagReason.OUTDATED, FlagReason.WRONG, FlagReason.UNCLEAR])
    note = StringField(max_length=MAX_NOTE, required=False)
    field = StringField(max_length=200, required=False)
    quote = StringField(max_length=MAX_NOTE, required=False)


class ProposalSerializer(InputSerializer):
    """A line for the guide of a lesson."""

    lesson = SentSlugField(max_length=80)
    dont_say = TextField(longest=MAX_LINE)
    do_say = TextField(longest=MAX_LINE)
    why = TextField(longest=MAX_LINE)


class ExampleSerializer(InputSerializer):
    """A sentence in which the check missed a guide entry, or found it where all is fine."""

    entry = SentSlugField(max_length=80)
    text = TextField(longest=MAX_EXAMPLE)
    reason = serializers.ChoiceField(choices=[FlagReason.FINE, FlagReason.MISSED])


class FlagAnswerSerializer(InputSerializer):
    """Whether it is taken up, and a word to whoever wrote it."""

    state = serializers.ChoiceField(choices=VERDICTS)
    answer = StringField(max_length=MAX_NOTE, required=False)


class FlagSerializer(serializers.ModelSerializer[Flag]):
    """What somebody said about a line; `proposal` is a guide entry that they propose.

    `draft` is what came of it, for who may edit.
    """

    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True, allow_null=True)
    reason = serializers.CharField(help_text=", ".join(FlagReason.values))
    state = serializers.CharField(help_text=", ".join(FlagState.values))
    person = serializers.SlugRelatedField[Person](slug_field="username", read_only=True, allow_null=True)
    closed_by = serializers.SlugRelatedField[Person](slug_field="username", read_only=True, allow_null=True)
    draft = serializers.IntegerField(source="revision_id", allow_null=True)
    proposal = serializers.DictField(allow_null=True)

    class Meta:
        model = Flag
        fields = [
            *("id", "lesson", "kind", "slug", "field", "quote", "reason", "note", "proposal", "person"),
            *("state", "answer", "draft", "closed_by", "made_at", "closed_at"),
        ]


@extend_schema(
    methods=["GET"],
    operation_id="flags_list",
    parameters=[FlagFilterSerializer, *PARAMETERS],
    responses=page_of("FlagPage", FlagSerializer(many=True)),
)
@extend_schema(
    methods=["POST"],
    parameters=[PARAMETER],
    request=FlagInputSerializer,
    responses={201: FlagSerializer},
)
@api_view(["GET", "POST"])
@parser_classes([JSONParser])
@idempotent
def flags(request: Request) -> Response:
    """Your own flags, and those on what you answer for (all, for an editor); or say something about a line.

    Said again while it waits for an answer, the note is renewed.
    """
    person = person_of(request)
    if request.method == "POST":
        sent = read_sent(FlagInputSerializer, request.data)
        visible_piece(person, sent["kind"], sent["slug"])
        line = {name: tidy_text(sent.get(name, "")) for name in ("field", "quote")}
        made = raise_flag(person, sent["kind"], sent["slug"], sent["reason"], sent.get("note", ""), **line)
        return Response(FlagSerializer(made).data, status=201)
    found = flags_for(person).select_related("lesson", "person", "closed_by")
    wanted = read_filters(request, FlagFilterSerializer)
    names = {"lesson": "lesson__slug", "state": "state"}
    found = found.filter(**{names[name]: value for name, value in wanted.items()})
    return paged(request, found.order_by("-made_at", "-pk"), FlagSerializer)


@extend_schema(operation_id="flag_retrieve", responses=FlagSerializer)
@api_view(["GET"])
def flag(request: Request, pk: int) -> Response:
    """One flag."""
    return Response(FlagSerializer(get_object_or_404(flags_for(person_of(request)), pk=pk)).data)


@extend_schema(
    parameters=[PARAMETER], request=FlagAnswerSerializer, responses={200: FlagSerializer, 409: ANSWERED}
)
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def flag_answer(request: Request, pk: int) -> Response:
    """Answer a flag: as an editor, or as the owner of the piece. Whoever raised it hears of it.

    A proposal that is accepted becomes a draft, an example a phrasing of its entry.
    """
    person = person_of(request)
    found = get_object_or_404(flags_for(person), pk=pk)
    if not may_close(person, found):
        raise Http404
    sent = read_sent(FlagAnswerSerializer, request.data)
    try:
        closed = close_flag(found, person, sent["state"], sent.get("answer", ""))
    except (AlreadyClosed, BadItem, RevisingError) as error:
        raise Conflict(str(error)) from None
    return Response(FlagSerializer(closed).data)


@extend_schema(parameters=[PARAMETER], request=ProposalSerializer, responses={201: FlagSerializer})
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def flag_proposals(request: Request) -> Response:
    """Propose a line for the guide of a lesson. All editors hear of it."""
    person, sent = person_of(request), read_sent(ProposalSerializer, request.data)
    lessons = Lesson.objects.visible_to(person).released()
    made = propose_entry(person, get_object_or_404(lessons, slug=sent.pop("lesson")), sent)
    return Response(FlagSerializer(made).data, status=201)


@extend_schema(parameters=[PARAMETER], request=ExampleSerializer, responses={201: FlagSerializer})
@api_view(["POST"])
@parser_classes([JSONParser])
@idempotent
def flag_examples(request: Request) -> Response:
    """Say that the wording check missed a sentence, or was wrong about it. All editors hear of it."""
    person, sent = person_of(request), read_sent(ExampleSerializer, request.data)
    entry = get_object_or_404(GuideEntry.objects.visible_to(person), slug=sent["entry"])
    made = send_example(person, entry, sent["text"], FlagReason(sent["reason"]))
    return Response(FlagSerializer(made).data, status=201)
