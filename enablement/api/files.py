"""Answers that are files: what they are called, and what a program has to accept to get one."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from rest_framework.renderers import BaseRenderer

from enablement.models import Person
from enablement.personal.handing_out import hand_out


class MarkdownRenderer(BaseRenderer):
    """Lets `Accept: text/markdown` through; the view writes the file itself."""

    media_type = "text/markdown"
    format = "md"
    charset = "utf-8"


class JsonLinesRenderer(BaseRenderer):
    """Lets `Accept: application/jsonl` through; the view streams the file itself."""

    media_type = "application/jsonl"
    format = "jsonl"
    charset = "utf-8"


class CsvRenderer(BaseRenderer):
    """Lets `Accept: text/csv` through; the view writes the file itself."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"


class ZipRenderer(BaseRenderer):
    """Lets `Accept: application/zip` through; the view writes the file itself."""

    media_type = "application/zip"
    format = "zip"
    charset = None
    render_style = "binary"


def data_file(person: Person, actor: Person) -> HttpResponse:
    """All that is held about `person`, as a zip file; that `actor` took it is on record."""
    name = f"data-{person.username}-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(hand_out(person, actor), content_type="application/zip", headers=headers)


def streamed_file(blocks: Iterable[str], name: str, kind: type[BaseRenderer]) -> StreamingHttpResponse:
    """A text that comes in blocks, as a file to keep."""
    response = StreamingHttpResponse(blocks, content_type=f"{kind.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def text_file(text: str, name: str, kind: type[BaseRenderer]) -> HttpResponse:
    """A text as a file to keep."""
    response = HttpResponse(text, content_type=f"{kind.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
