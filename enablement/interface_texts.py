"""The texts of the interface itself, as they stand in the templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

_HIDDEN = re.compile(r"<(script|style|code|pre)\b.*?</\1>|<!--.*?-->|\{#.*?#\}", re.DOTALL)
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
_SPOKEN = re.compile(r'\b(?:placeholder|aria-label|title|alt|data-announce)="([^"]*)"')
# Inside a sentence; every other element ends one.
_INLINE = re.compile(r"</?(?:a|b|strong|em|q|span|small|kbd|mark|time|i|bdi|sup|sub)\b[^>]*>")
_ELEMENT = re.compile(r"<[^>]*>")


def interface_texts() -> Iterator[tuple[str, str]]:
    """Yield (name of the template, a text that people read in it) for every template of ours."""
    for app in ("enablement", "quizzes"):
        folder = Path(settings.ROOT) / app / "templates"
        for path in sorted(folder.rglob("*.html")):
            for text in readable(path.read_text(encoding="utf-8")):
                yield str(path.relative_to(folder)), text


def readable(template: str) -> Iterator[str]:
    """Yield the texts of `template`, one for each element; what is filled in stands as an ellipsis. Pure."""
    text = _HIDDEN.sub("\n", template)
    text = _VALUE.sub("…", text)
    text = _TAG.sub("\n", text)
    spoken = _SPOKEN.findall(text)
    lines = _ELEMENT.sub("\n", _INLINE.sub("", text)).splitlines() + spoken
    for line in lines:
        tidy = " ".join(line.split())
        is_attribute = re.match(r"[\w-]+=\"", tidy)  # Of a template that stands inside an element.
        if re.search(r"[A-Za-z]{2}", tidy) and not is_attribute:
            yield tidy
