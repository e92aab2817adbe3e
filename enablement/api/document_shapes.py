"""The shapes of documents on their way in, and of what was read from them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from enablement.api.exchange import InputSerializer, SentSlugField, StringField, TextField
from enablement.api.filters import OfLessonSerializer
from enablement.lessons.draft_fields import fields_of
from enablement.lessons.handing_in import LONGEST_TITLE
from enablement.lessons.live import naming_line
from enablement.models import (
    DocumentVersion,
    Draft,
    DraftState,
    ImportJob,
    ImportState,
    Lesson,
    Person,
    Source,
)

# A body of JSON has 2 MB; what is longer comes as a file.
MAX_TEXT = 500_000


@extend_schema_field(OpenApiTypes.BINARY)
class UploadField(serializers.FileField):
    """A file that is sent."""


class HandInSerializer(InputSerializer):
    """For which `lesson`, and the `document` of which it is the new version; both may be left out."""

    lesson = SentSlugField(max_length=80, required=False)
    document = SentSlugField(max_length=80, required=False)


class PasteSerializer(HandInSerializer):
    """The text of a document."""

    title = StringField(max_length=LONGEST_TITLE, required=False)
    text = TextField(longest=MAX_TEXT)

    def validate_text(self, text: str) -> str:
        if len(text) > MAX_TEXT:
            raise ValidationError(f"More than {MAX_TEXT:,} characters come as a file. Upload it.")
        return text


class UploadSerializer(HandInSerializer):
    """A document as a file: Word, PDF, HTML, Markdown or plain text, 20 MB at most."""

    file = UploadField()


class ImportFilterSerializer(OfLessonSerializer):
    """Narrows the imports."""

    state = serializers.ChoiceField(choices=ImportState.choices, required=False)


class ImportSerializer(serializers.ModelSerializer[ImportJob]):
    """How far an import is. `error` says why it failed, or, when it is done, what could not be asked."""

    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True, allow_null=True)
    document = serializers.CharField(source="source.slug", default=None, allow_null=True)
    state = serializers.CharField(help_text=", ".join(ImportState.values))
    url = serializers.SerializerMethodField()

    class Meta:
        model = ImportJob
        fields = [
            *("id", "url", "name", "lesson", "document", "state", "stage", "done", "total", "cancel_asked"),
            *("error", "added", "made_at", "ended_at"),
        ]

    def get_url(self, job: ImportJob) -> str:
        return reverse("import-job", args=[job.pk])


class DocumentNameSerializer(serializers.ModelSerializer[Source]):
    """A document that was read in, and how many of its drafts wait. `nearly_same_as` waits for `alike`."""

    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True, allow_null=True)
    nearly_same_as = serializers.SlugRelatedField[Source](slug_field="slug", read_only=True, allow_null=True)
    url = serializers.SerializerMethodField()
    drafts = serializers.IntegerField(source="draft_count")
    waiting = serializers.IntegerField(source="waiting_count")
    passages = serializers.IntegerField(source="passage_count")
    versions = serializers.IntegerField(source="version_count")

    class Meta:
        model = Source
        fields = [
            *("slug", "title", "url", "lesson", "nearly_same_as", "drafts", "waiting", "passages"),
            *("versions", "added_at"),
        ]

    def get_url(self, document: Source) -> str:
        return reverse("document-detail", args=[document.slug])


class DocumentVersionSerializer(serializers.ModelSerializer[DocumentVersion]):
    """The text of a document as it was read at one time.

    `findings` are sentences that break the guide or contradict another document, `skipped` what was left out.
    """

    findings = serializers.ListField(child=serializers.DictField())
    skipped = serializers.ListField(child=serializers.DictField())

    class Meta:
        model = DocumentVersion
        fields = ["number", "format", "added_at", "text", "findings", "skipped"]


class DocumentSerializer(DocumentNameSerializer):
    """A document with its last text, or that of the version asked for."""

    version = serializers.SerializerMethodField()

    class Meta(DocumentNameSerializer.Meta):
        fields = [*DocumentNameSerializer.Meta.fields, "version"]

    @extend_schema_field(DocumentVersionSerializer)
    def get_version(self, document: Source) -> Any:
        return DocumentVersionSerializer(self.context["version"]).data


class VersionFilterSerializer(InputSerializer):
    """Which version of a document to read; the last one without."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


class DocumentDraftFilterSerializer(OfLessonSerializer):
    """Narrows the drafts of documents. `document` by its slug."""

    document = SentSlugField(max_length=80, required=False)
    kind = SentSlugField(max_length=20, required=False)
    state = serializers.ChoiceField(choices=DraftState.choices, required=False)


class DocumentDraftNameSerializer(serializers.ModelSerializer[Draft]):
    """A piece as a document gives it. `revision` is the draft of the piece that came of accepting it."""

    document = serializers.CharField(source="source.slug")
    lesson = serializers.SlugRelatedField[Lesson](slug_field="slug", read_only=True, allow_null=True)
    title = serializers.SerializerMethodField()
    state = serializers.CharField(help_text=", ".join(DraftState.values))
    decided_by = serializers.SlugRelatedField[Person](slug_field="username", read_only=True, allow_null=True)

    class Meta:
        model = Draft
        fields = [
            *("id", "document", "lesson", "kind", "title", "state", "start", "end", "target", "revision"),
            *("earlier", "made_at", "decided_by", "decided_at"),
        ]

    def get_title(self, draft: Draft) -> str:
        return naming_line(draft.item)


class DocumentDraftSerializer(DocumentDraftNameSerializer):
    """The same with its text: as a lesson file has it, and field by field.

    `spans` are the characters of the document that each field came from.
    """

    item = serializers.DictField()
    values = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField(help_text="Fields that a piece needs and the document lacks.")
    spans = serializers.DictField(child=serializers.ListField(child=serializers.IntegerField()))

    class Meta(DocumentDraftNameSerializer.Meta):
        fields = [*DocumentDraftNameSerializer.Meta.fields, "item", "values", "missing", "spans"]

    def get_values(self, draft: Draft) -> dict[str, str]:
        return {field.path: field.value for field in fields_of(draft.kind, draft.item)}

    def get_missing(self, draft: Draft) -> list[str]:
        return [field.path for field in fields_of(draft.kind, draft.item) if field.is_missing]
