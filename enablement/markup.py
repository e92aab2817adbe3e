"""The one place where Markdown and a model's text become HTML.

Parse with raw HTML off, then sanitise against a short allow-list; nothing else in the project marks
text as safe HTML. Images never pass (an image's address can carry data out), links keep http, https,
mailto and addresses of our own.
"""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from enablement.judges.language_tags import language_tag

TAGS = {
    *("p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"),
    *("h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"),
}
# What holds a passage of its own, and so says which language that is in.
BLOCKS = {"p", "li", "h2", "h3", "h4", "th", "td"}
# A field of content has 4,000 characters at most (lessons/schema.py), an answer of the chat fewer. The worst
# text found of this length takes 0.15 s.
MAX_CHARACTERS = 20_000

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")


# The same text always gives the same HTML; a page of the knowledge base shows some thirty of them.
@lru_cache(maxsize=2_000)
def render_markdown(text: str) -> SafeString:
    """Return `text` as HTML that is safe to show. Text past 20,000 characters is left out.

    A passage in another language than English says so (WCAG 2.2, criterion 3.1.2).
    """
    tokens = _parser.parse(text[:MAX_CHARACTERS])
    _name_languages(tokens)
    html = _parser.renderer.render(tokens, _parser.options, {})
    return mark_safe(
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}} | {tag: {"lang"} for tag in BLOCKS},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener nofollow",
        )
    )


def _name_languages(tokens: list[Token]) -> None:
    """Set the language of what stands in a block of its own on that block."""
    for at, token in enumerate(tokens):
        if token.type != "inline":
            continue
        # The paragraph of a list without blank lines is not written; its item is.
        block = tokens[at - 2] if tokens[at - 1].hidden else tokens[at - 1]
        if (tag := _language_tag(token.content)) is not None and block.tag in BLOCKS:
            block.attrSet("lang", tag)


@lru_cache(maxsize=4_000)
def _language_tag(text: str) -> str | None:
    return language_tag(text)


def language_attribute(text: str) -> SafeString:
    """Return ` lang="de"` for a German text and the like; nothing for English."""
    tag = _language_tag(str(text)[:MAX_CHARACTERS])
    return SafeString("") if tag is None else format_html(' lang="{}"', tag)


def in_own_language(text: str) -> SafeString:
    """Return plain text, escaped, in an element that names its language where that is not English."""
    language, escaped = language_attribute(text), SafeString(conditional_escape(text))
    return format_html("<span{}>{}</span>", language, escaped) if language else escaped
