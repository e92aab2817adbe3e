"""What an answer says of itself where it stands on lines that nobody vouches for any more."""

from __future__ import annotations

from enablement.chat.draft import Draft
from enablement.trust.facts import expired_pairs


def expired_note(draft: Draft) -> str:
    """A sentence that names what has expired among the lines given, "" where nothing has."""
    hits = [cited.hit for cited in draft.citations.values()]
    expired = expired_pairs((hit.kind, hit.slug) for hit in hits)
    titles = dict.fromkeys(hit.title.split(" › ")[0] for hit in hits if (hit.kind, hit.slug) in expired)
    if not titles:
        return ""
    named = ", ".join(f"“{title}”" for title in titles)
    return f"Nobody has confirmed this in time: {named}. Ask the owner before you use it."
