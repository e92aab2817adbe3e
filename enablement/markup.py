"""The one place where Markdown and a model's text become HTML.

Parse with raw HTML off, then sanitise against a short allow-list; nothing else in the project marks
text as safe HTML. Images never pass (an image's address can carry data out), links keep http, https,
mailto and addresses of our own.
"""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    *("p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"),
    *("h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"),
}
# A field of content has 4,000 characters at most (lessons/schema.py), an answer of the chat fewer. The worst
# text found of this length takes 0.15 s.
MAX_CHARACTERS = 20_000

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")


# The same text always gives the same HTML; a page of the knowledge base shows some thirty of them.
@lru_cache(maxsize=2_000)
def render_markdown(text: str) -> SafeString:
    """Return `text` as HTML that is safe to show. Text past 20,000 characters is left out."""
    html = _parser.render(text[:MAX_CHARACTERS])
    return mark_safe(
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener nofollow",
        )
    )
