"""The verdict on a buyer's statement that somebody put into the box: at once, without a model."""

from __future__ import annotations

import logging
from typing import Any

from enablement.chat.given import Given, read_given
from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.heads import NotTrained
from enablement.judges.sorting import UNSURE, Verdict, default_distinction, sort_statement
from enablement.models import Passage, Person
from enablement.retrieval.search import Hit
from enablement.texts import BadText

log = logging.getLogger(__name__)

# Without any signal there is nothing to tell apart: then the text is looked up like a question.
SHOWN = 0.5


def find_verdict(text: str, person: Person) -> Verdict | None:
    """Return the verdict on `text` where it is a buyer's statement that can be sorted, else None."""
    if read_given(text) != Given.STATEMENT:
        return None
    distinction = default_distinction(person)
    if distinction is None:
        return None
    try:
        verdict = sort_statement(text, distinction, person)
    except (BadText, EncoderUnavailable, NotTrained) as error:
        log.info("a statement was not sorted: %s", error)
        return None
    shown = any(strength >= SHOWN for strength in verdict.signals.values())
    return verdict if shown and verdict.outcome != UNSURE else None


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as the page shows it beside the answer."""
    names = ("outcome", "title", "say", "dont_say", "next_question", "remedy")
    return {name: getattr(verdict, name) for name in names}


def lines_of(verdict: Verdict, person: Person) -> list[Hit]:
    """Return the passages that say what the verdict means and what helps."""
    fields = [f"{verdict.outcome}:{name}" for name in ("meaning", "remedy")]
    rows = Passage.objects.visible_to(person).filter(
        kind="distinction", slug=verdict.distinction, field__in=fields
    )
    columns = ("key", "kind", "slug", "field", "title", "url", "text")
    return [
        Hit(**row, passage_id=pk, score=1.0, quote=row["text"], lexical=None, dense=None)
        for pk, row in ((row.pop("pk"), row) for row in rows.order_by("field").values("pk", *columns))
    ]
