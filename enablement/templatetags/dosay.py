"""Template tags of the site. They are built in: no template needs to load them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any, Protocol

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince

from enablement import numbers
from enablement.markup import in_own_language, language_attribute, render_markdown
from enablement.models import Revision
from enablement.quoting import mark_quote, quoted_url
from enablement.roles import may_edit
from enablement.static_files import sheets

register = template.Library()

KIND_NAMES = {
    "card": "Card",
    "fit": "Situation",
    "comparison": "Comparison",
    "trait": "Comparison",
    "guide_entry": "Guide",
    "analogy": "Analogy",
    "distinction": "Telling apart",
    "outcome": "Telling apart",
    "ladder": "Order of steps",
    "ladder_step": "Step",
    "decision_question": "Decision",
    "script": "Spoken answer",
    "term": "Glossary",
    "disagreement": "Disagreement",
    "lesson": "Lesson",
    "fixed_answer": "Approved wording",
}


class Span(Protocol):
    """A piece of a text: from character `start` up to, not including, `end`."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as HTML."""
    return render_markdown(text)


@register.simple_tag(takes_context=True)
def prose(context: Context, text: str) -> SafeString:
    """Markdown as HTML, with the quote that the address names marked."""
    return mark_quote(render_markdown(text), _quote(context))


@register.simple_tag(takes_context=True)
def line(context: Context, text: str) -> SafeString:
    """Plain text, escaped, with the quote that the address names marked."""
    return mark_quote(in_own_language(text), _quote(context))


@register.simple_tag
def lang_of(text: str) -> SafeString:
    """The attribute that names the language of what holds `text`; nothing for English."""
    return language_attribute(text)


@register.filter
def own_language(text: str) -> SafeString:
    """Plain text, escaped, that says which language it is in where that is not English."""
    return in_own_language(text)


def _quote(context: Context) -> str:
    request = context.get("request")
    return request.GET.get("quote", "")[:1000] if request is not None else ""


@register.filter
def quoted(url: str, quote: str) -> str:
    """The address of a page, so that `quote` is marked on it."""
    return quoted_url(url, quote)


@register.filter
def kind_name(kind: str) -> str:
    """The name of a kind of content as people read it."""
    return KIND_NAMES.get(kind, kind.replace("_", " ").capitalize())


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, for a template that goes through a short list of names."""
    return text.split()


@register.filter
def number(value: float | str | None, decimals: int = 0) -> str:
    """A number in the form that the reader chose; nothing for nothing."""
    return "" if value in {None, ""} else numbers.number(float(value or 0), decimals)


@register.filter
def per_cent(value: float | str | None, decimals: int = 0) -> str:
    """A value in per cent, with its sign, in the form that the reader chose; nothing for nothing."""
    return "" if value in {None, ""} else numbers.per_cent(float(value or 0), decimals)


@register.filter
def share(value: float | str | None) -> str:
    """A share from 0 to 1 in whole per cent, as `per_cent` writes it."""
    return "" if value in {None, ""} else numbers.per_cent(100 * float(value or 0))


@register.filter
def ago(moment: datetime) -> str:
    """How long ago something was; in the first minute “just now”."""
    passed = timesince(moment)
    return "just now" if passed.startswith("0") else f"{passed} ago"


@register.filter
def message_class(level: str) -> str:
    """The class of a notice for a message's level."""
    return {"success": "good", "warning": "warn", "error": "bad"}.get(level, "")


@register.filter
def cell(cells: Mapping[str, str], slug: str) -> str:
    """What a comparison's row says about the card with `slug`."""
    return cells.get(slug, "")


@register.simple_tag
def style_sheets() -> list[str]:
    """The addresses of the style sheets that every page has."""
    return sheets()


@register.simple_tag
def marked(text: str, spans: Iterable[Span], attribute: str = "") -> SafeString:
    """`text`, escaped, with each span in `<mark>`; its class is the span's `attribute` (a level, a signal).

    Where spans overlap, the one that begins first is marked up to the beginning of the next.
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    parts: list[str] = []
    at = 0
    for number, span in enumerate(ordered):
        start, end = max(span.start, at), min(span.end, len(text))
        if number + 1 < len(ordered):
            end = min(end, max(ordered[number + 1].start, start))
        if end <= start:
            continue
        parts.append(escape(text[at:start]))
        parts.append(_mark(text[start:end], str(getattr(span, attribute, "")) if attribute else ""))
        at = end
    parts.append(escape(text[at:]))
    # Every part is escaped; a page of hits has some two hundred of them.
    whole = SafeString("".join(parts))
    language = lang_of(text)
    return format_html("<span{}>{}</span>", language, whole) if language else whole


def _mark(text: str, name: str) -> SafeString:
    named = f' class="{escape(name)}"' if name else ""
    return SafeString(f"<mark{named}>{escape(text)}</mark>")


@register.inclusion_tag("parts/crumbs.html")
def crumbs(*pairs: Any) -> dict[str, Any]:
    """Breadcrumbs: label, address, label, address …; the last label, without address, is this page."""
    links = [{"label": label, "url": url} for label, url in zip(pairs[::2], pairs[1::2], strict=False)]
    return {"links": links, "here": pairs[-1] if len(pairs) % 2 else ""}


@register.inclusion_tag("parts/say.html")
def say(text: str, label: str = "Say", source: object = None) -> dict[str, object]:
    """An approved line with a button that copies it, and the number of its source."""
    return {"text": text, "label": label, "source": source}


@register.inclusion_tag("parts/edit_tools.html", takes_context=True)
def edit_tools(context: Context, part: Any) -> dict[str, Any]:
    """For editors: what may be done with a piece, and whether there is a draft of it."""
    person = context["user"]
    if not person.is_authenticated or not may_edit(person):
        return {}
    kind = part.kind
    draft = Revision.objects.open().filter(kind=kind, slug=part.slug).select_related("author").first()
    return {"part": part, "kind": kind, "draft": draft, "csrf_token": context.get("csrf_token")}


@register.filter
def focus_key(name: str, at: int) -> str:
    """The beginning of the ids of a row's buttons."""
    return f"{name}-{at}-"


@register.filter
def with_article(noun: str) -> str:
    """“a card”, “an outcome”."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


@register.filter
def label(name: str) -> str:
    """A field's name as a label: `what_it_is` is “What it is”."""
    return name.replace("_", " ").capitalize()


@register.filter
def plain(value: Any) -> str:
    """A draft's value, which may hold lists, as lines of plain text."""
    if isinstance(value, Mapping):
        return "; ".join(f"{label(str(name))}: {plain(part)}" for name, part in value.items() if part)
    if isinstance(value, list):
        return "\n".join(plain(part) for part in value)
    return str(value)
