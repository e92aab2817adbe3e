"""Documents as editors hand them in, and those that were read in."""

from __future__ import annotations

from typing import Final

from django.db.models import Count, Q, QuerySet

from enablement.lessons.documents import LIMITS
from enablement.lessons.known_documents import PASTED
from enablement.models import DraftState, Source
from enablement.texts import clean_text

# As much as the body of a request may hold beside a few other fields.
MAX_PASTE: Final = 5_000_000
LONGEST_TITLE: Final = 200


def pasted(text: str, title: str = "") -> tuple[str, bytes]:
    """Return a pasted text as a file: its name and its bytes. Raises BadText."""
    cleaned = clean_text(text, what="text", limit=MAX_PASTE)
    return f"{title}.txt" if title else PASTED, cleaned.encode()


def is_too_large(name: str, size: int) -> str:
    """Return what is said of a file of `size` bytes that is too large; empty where it is not."""
    if size <= LIMITS.bytes:
        return ""
    most = LIMITS.bytes // (1024 * 1024)
    return f"“{name}” is larger than {most} MB. Split it, or save it without its pictures."


def readable_documents() -> QuerySet[Source]:
    """Documents that were read in. Only for editors."""
    return Source.objects.exclude(text="").select_related("lesson", "nearly_same_as")


def counted_documents() -> QuerySet[Source]:
    """The same, the newest first, with how much there is of each: drafts, those that wait, versions…"""
    waiting = Count("drafts", filter=Q(drafts__state=DraftState.PROPOSED), distinct=True)
    counted = readable_documents().annotate(
        draft_count=Count("drafts", filter=~Q(drafts__state=DraftState.GONE), distinct=True),
        waiting_count=waiting,
        passage_count=Count("passages", distinct=True),
        version_count=Count("versions", distinct=True),
    )
    return counted.order_by("-added_at", "-pk")
