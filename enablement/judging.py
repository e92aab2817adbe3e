"""Sorting and checking for somebody: by what they may see, with a record of the lines they were given."""

from __future__ import annotations

from enablement.deliveries import Line, record_deliveries
from enablement.judges.sorting import Verdict, default_distinction, sort_statement
from enablement.judges.wording import Finding, check_wording
from enablement.models import Delivery, Distinction, Person, Surface

_FIELD_LENGTH = Delivery._meta.get_field("field").max_length


class NoDistinction(Exception):
    """There is nothing to sort by. The message is one sentence for the person who asked."""


def sort_for(person: Person, surface: Surface, text: str, slug: str = "") -> Verdict:
    """Sort `text` by the distinction `slug`, or by the person's first one where none is named.

    Raises NoDistinction, BadText, EncoderUnavailable.
    """
    distinction = _named(person, slug) if slug else default_distinction(person)
    if distinction is None:
        raise NoDistinction("No lesson that you may read has a distinction to sort by yet.")
    verdict = sort_statement(text, distinction, person)
    if verdict.say:
        field = f"{verdict.outcome}.say"[:_FIELD_LENGTH]
        line = Line("distinction", distinction.slug, field, verdict.say)
        record_deliveries(person, surface, "verdict", [line])
    return verdict


def check_for(person: Person, surface: Surface, text: str) -> list[Finding]:
    """Check `text` against the guide as `person` sees it. Raises BadText, EncoderUnavailable."""
    findings = check_wording(text, person)
    lines = [Line("guide_entry", finding.entry, "do_say", finding.say) for finding in findings]
    record_deliveries(person, surface, "finding", lines)
    return findings


def _named(person: Person, slug: str) -> Distinction:
    distinction: Distinction | None = Distinction.objects.visible_to(person).filter(slug=slug).first()
    if distinction is None:
        raise NoDistinction(f"There is no distinction “{slug}” that you may read.")
    return distinction
