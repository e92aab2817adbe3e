"""Text into Slack's own markup, so that nothing in it can mention anybody or pass for a link."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from django.conf import settings

from enablement.slack.limits import MAX_LABEL

ELLIPSIS = "…"
UNNAMED = "Open"
_CUT_ENTITY = re.compile(r"&[a-z]{0,3}$")
# No pattern can start anew inside what it has read, so the time stays in step with the text's length.
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_HEADING = re.compile(r"^#{1,6}[ \t]([^\n]+)$", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]*)[-*][ \t]+", re.MULTILINE)
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\s]+\)")


def escape(text: str) -> str:
    """Replace the three characters of Slack's markup. A mention cannot be written without them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def from_markdown(text: str) -> str:
    """Return Markdown as escaped Slack text. Links keep their words only: addresses come from us alone."""
    text = _MARKDOWN_LINK.sub(r"\1", escape(text))
    text = _HEADING.sub(_bold_line, _BULLET.sub(r"\1• ", text))
    return _BOLD.sub(r"*\1*", text)


def _bold_line(match: re.Match[str]) -> str:
    return f"*{match.group(1).strip(' #')}*"


def cut(escaped: str, limit: int, ending: str = ELLIPSIS) -> str:
    """Return `escaped`, or the whole words of it that fit in `limit` characters with `ending` after them."""
    if len(escaped) <= limit:
        return escaped
    kept = _CUT_ENTITY.sub("", escaped[: limit - len(ending)])
    at_blank = kept.rsplit(maxsplit=1)[0] if len(kept.split(maxsplit=1)) > 1 else kept
    # A word of hundreds of characters is cut within.
    return (at_blank if len(at_blank) > len(kept) // 2 else kept) + ending


def link(path: str, label: str) -> str:
    """Return a link to a page of this site. A path that leads elsewhere leaves the label alone."""
    words = cut(escape(" ".join(label.split())).replace("|", "¦"), MAX_LABEL) or UNNAMED
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith("//"):
        return words
    return f"<{settings.SITE_URL.rstrip('/')}{quote(path, safe='/#?=&%-._~')}|{words}>"
