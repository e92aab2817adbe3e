"""Answers that are files: what they are called, and what a program has to accept to get one."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.renderers import BaseRenderer


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
