"""Sorting and checking for somebody: by what they may see, with a record of the lines they were given."""

from __future__ import annotations

from collections.abc import Iterable

from enablement.chat.second_opinion import is_asked, second_opinion
from enablement.deliveries import Line, record_deliveries
from enablement.judges.findings import Finding
from enablement.judges.sorting import SecondOpinion, Verdict, default_distinction, sort_statement
from enablement.judges.wording import check_wording
from enablement.meters import JUDGES
from enablement.models import Delivery, Distinction, Person, Surface

VERDICT, FINDING = "verdict", "finding"
_FIELD_LENGTH = Delivery._meta.get_field("field").max_length


class NoDistinction(Exception):
    """There is nothing to sort by. The message is one sentence for the person who asked."""


def sort_for(person: Person, surface: Surface, text: str, slug: str = "") -> Verdict:
    """Sort `text` by the distinction `slug`, or by the person's first one where none is named.

    Raises NoDistinction, BadText, EncoderUnavailable.
    """
    verdict = judge_statement(person, text, slug)
    record_deliveries(person, surface, VERDICT, verdict_lines(verdict))
    return verdict


def check_for(person: Person, surface: Surface, text: str) -> list[Finding]:
    """Check `text` against the guide as `person` sees it. Raises BadText, EncoderUnavailable."""
    with JUDGES.labels("wording").time():
        findings = check_wording(text, person)
    record_deliveries(person, surface, FINDING, finding_lines(findings))
    return findings


def judge_statement(person: Person, text: str, slug: str = "") -> Verdict:
    """As `sort_for`, for those who note the delivery themselves, once the verdict has arrived."""
    distinction = _named(person, slug) if slug else default_distinction(person)
    if distinction is None:
        raise NoDistinction("No lesson that you may read has a distinction to sort by yet.")
    with JUDGES.labels("sorting").time():
        return sort_statement(text, distinction, person, second=_second(person, distinction))


def _second(person: Person, distinction: Distinction) -> SecondOpinion | None:
    """What a language model sees in a statement, where one is set up and asked for this (SECOND_OPINION)."""
    if not is_asked():
        return None

    def ask(statement: str) -> tuple[frozenset[str], str] | None:
        opinion = second_opinion(person, distinction, statement)
        return (opinion.signals, opinion.model) if opinion else None

    return ask


def verdict_lines(verdict: Verdict) -> list[Line]:
    """The released lines that somebody is given who reads `verdict`."""
    if not verdict.say:
        return []
    return [Line("distinction", verdict.distinction, f"{verdict.outcome}.say"[:_FIELD_LENGTH], verdict.say)]


def finding_lines(findings: Iterable[Finding]) -> list[Line]:
    """The released lines that somebody is given who reads `findings`."""
    return [Line("guide_entry", finding.entry, "do_say", finding.say) for finding in findings]


def _named(person: Person, slug: str) -> Distinction:
    distinction: Distinction | None = Distinction.objects.visible_to(person).filter(slug=slug).first()
    if distinction is None:
        raise NoDistinction(f"There is no distinction “{slug}” that you may read.")
    return distinction
