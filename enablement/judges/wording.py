"""Find what must not be said in a draft: exact phrasings first, then the same meaning in other words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from enablement.judges.claims import Draft, draft_of
from enablement.judges.exact import Span
from enablement.judges.findings import Finding, finding_of, level_of
from enablement.judges.meaning import AGREES_FROM, Judged, entry_head, judge_sentences
from enablement.judges.reading import Reading, is_code, other_language, read
from enablement.models import GuideEntry, Head, Person
from enablement.texts import MAX_DRAFT, clean_text


def check_wording(text: str, person: Person) -> list[Finding]:
    """Check `text` against the guide entries that `person` may see. Positions count in the cleaned text.

    At most one finding a sentence: the surest one. Raises BadText, EncoderUnavailable, NotTrained.
    """
    return check_clean_text(clean_text(text, what="draft", limit=MAX_DRAFT), person)


def check_clean_text(text: str, person: Person) -> list[Finding]:
    """As `check_wording`, for a text that has been through clean_text already."""
    entries = list(GuideEntry.objects.visible_to(person))
    reading = read(text)
    draft = draft_of(reading.text, entries)
    judged = {row.span: row for row in judge_sentences(draft)} if entries else {}
    precisions = _precisions(row.entry for row in judged.values())
    exact = {span: _exact_finding(draft, span, judged.get(span)) for span in draft.hits}
    by_meaning = {span: _meant_finding(draft, row, precisions) for span, row in judged.items()}
    findings = [exact.get(span) or by_meaning.get(span) for span in draft.spans]
    return [_as_written(finding, text, reading) for finding in findings if finding and finding.level]


def unread_part(text: str) -> str:
    """Say what the check can say nothing of in a draft, in a sentence; empty where there is nothing."""
    if language := other_language(read(text).text):
        return f"This reads like {language}. The check has learnt from English only and judged just that."
    if is_code(text):
        return (
            "This reads like code or data. The check has learnt from sentences: take its word for those only."
        )
    return ""


def _precisions(entries: Iterable[GuideEntry]) -> dict[str, float | None]:
    """The precision of each entry on its own held-back phrasings, by the name of its head."""
    names = {entry_head(entry) for entry in entries}
    return dict(Head.objects.filter(name__in=names).values_list("name", "precision"))


def _meant_finding(draft: Draft, judged: Judged, precisions: Mapping[str, float | None]) -> Finding:
    precision = precisions.get(entry_head(judged.entry))
    level = level_of(judged.confidence, precision, is_excused=judged.is_excused)
    return finding_of(draft.text, judged.span, judged.entry, level, judged.confidence)


def _exact_finding(draft: Draft, span: Span, judged: Judged | None) -> Finding:
    """A phrasing found word for word blocks; less where it is quoted, or its sentence says the opposite."""
    hit = draft.hits[span]
    agreed = hit.is_whole or (judged is not None and judged.confidence >= AGREES_FROM)
    level = "block" if agreed and not hit.is_quoted else "hint"
    return finding_of(draft.text, hit.span, draft.entries[hit.entry], level, 1.0)


def _as_written(finding: Finding, text: str, reading: Reading) -> Finding:
    start, end = reading.span(finding.start, finding.end)
    return replace(finding, start=start, end=end, quote=text[start:end])
