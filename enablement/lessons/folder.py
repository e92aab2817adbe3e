"""A lesson as a folder of readable files: read it, and say exactly where it is wrong.

    lesson.yaml            slug, title, thesis, summary, position, sources
    cards/SLUG.md          front matter (title, summary, aliases, sources), then four headings
    fits.yaml  comparisons.yaml  guide.yaml  analogies.yaml  distinctions.yaml  ladders.yaml
    scripts.yaml  terms.yaml  disagreements.yaml           lists of items (see schema.py)
    statements/SLUG.yaml   the statements of the distinction with that slug; more of them in SLUG.NAME.yaml
    phrasings/NAME.yaml    more phrasings of guide entries: lists of entry, breaks and fine

Other files in the folder (a quiz, say) belong to other readers and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from enablement.lessons import schema
from enablement.lessons.yaml_lines import Located, YamlError, load_located

LISTS: dict[str, tuple[str, Any]] = {
    "fits.yaml": ("fits", list[schema.FitItem]),
    "comparisons.yaml": ("comparisons", list[schema.ComparisonItem]),
    "guide.yaml": ("guide_entries", list[schema.GuideEntryItem]),
    "analogies.yaml": ("analogies", list[schema.AnalogyItem]),
    "distinctions.yaml": ("distinctions", list[schema.DistinctionItem]),
    "ladders.yaml": ("ladders", list[schema.LadderItem]),
    "scripts.yaml": ("scripts", list[schema.ScriptItem]),
    "terms.yaml": ("terms", list[schema.TermItem]),
    "disagreements.yaml": ("disagreements", list[schema.DisagreementItem]),
}
CARD_HEADINGS = {
    "what it is": "what_it_is",
    "what it does": "what_it_does",
    "where it comes from": "where_it_comes_from",
    "what makes it distinct": "what_makes_it_distinct",
}
HEADING = re.compile(r"^##\s+(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a lesson folder, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


class ContentError(Exception):
    """A lesson folder that cannot be loaded. `problems` says why, each with file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


def read_lesson_folder(folder: Path) -> schema.LessonItem:
    """Read and check one lesson. Raises ContentError with every problem found, never a part of a lesson."""
    problems: list[Problem] = []
    parts: dict[str, Any] = _read_lesson_file(folder, problems)
    parts["cards"] = list(_read_cards(folder, problems))
    for name, (field, kind) in LISTS.items():
        parts[field] = _read_list(folder / name, kind, problems)
    _add_statements(folder, parts["distinctions"], problems)
    _add_phrasings(folder, parts["guide_entries"], problems)
    if not problems:
        problems.extend(_broken_links(folder, parts))
    if problems:
        raise ContentError(problems)
    return schema.LessonItem(**parts)


def _read_text(path: Path, problems: list[Problem]) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.append(Problem(path.name, 1, "this file is missing"))
    except (UnicodeDecodeError, OSError) as error:
        problems.append(Problem(path.name, 1, f"this file cannot be read as text ({error})"))
    return None


def _located(path: Path, text: str, problems: list[Problem], first_line: int = 1) -> Located | None:
    try:
        return load_located(text, first_line)
    except YamlError as error:
        problems.append(Problem(path.name, error.line, error.message))
        return None


def _validate(name: str, kind: Any, located: Located, problems: list[Problem]) -> Any:
    try:
        return TypeAdapter(kind).validate_python(located.value)
    except ValidationError as error:
        for detail in error.errors():
            where = ".".join(str(part) for part in detail["loc"])
            problems.append(
                Problem(name, located.line_of(detail["loc"]), f"{where}: {detail['msg'].lower()}")
            )
        return None


def _read_lesson_file(folder: Path, problems: list[Problem]) -> dict[str, Any]:
    path = folder / "lesson.yaml"
    text = _read_text(path, problems)
    located = _located(path, text, problems) if text is not None else None
    lesson = _validate(path.name, schema.LessonItem, located, problems) if located else None
    return lesson.model_dump(exclude_unset=True) if lesson else {}


def _read_list(path: Path, kind: Any, problems: list[Problem]) -> list[Any]:
    text = _read_text(path, problems) if path.exists() else None
    located = _located(path, text, problems) if text is not None else None
    if located is None or located.value is None:
        return []
    return _validate(path.name, kind, located, problems) or []


def _read_cards(folder: Path, problems: list[Problem]) -> Iterator[schema.CardItem]:
    for path in sorted((folder / "cards").glob("*.md")):
        text = _read_text(path, problems)
        card = parse_card(path, text, problems) if text is not None else None
        if card:
            yield card


def parse_card(path: Path, text: str, problems: list[Problem]) -> schema.CardItem | None:
    """Read a card file: `---`, YAML, `---`, then a `## What it is` and its three fellows."""
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if not match:
        problems.append(Problem(path.name, 1, "a card begins with front matter between two lines of ---"))
        return None
    located = _located(path, match.group(1), problems, first_line=2)
    if located is None or not isinstance(located.value, dict):
        return None
    values, lines = {"slug": path.stem, **located.value}, dict(located.lines)
    headings = list(HEADING.finditer(text, match.end()))
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        line = text.count("\n", 0, heading.start()) + 1
        field = CARD_HEADINGS.get(heading.group(1).lower())
        if field is None:
            problems.append(Problem(path.name, line, f"unknown heading “{heading.group(1)}”"))
            continue
        values[field] = text[heading.end() : following.start() if following else len(text)].strip()
        lines[(field,)] = line
    card: schema.CardItem | None = _validate(path.name, schema.CardItem, Located(values, lines), problems)
    return card


def _add_statements(
    folder: Path, distinctions: list[schema.DistinctionItem], problems: list[Problem]
) -> None:
    by_slug = {distinction.slug: distinction for distinction in distinctions}
    for path in sorted((folder / "statements").glob("*.yaml")):
        statements = _read_list(path, list[schema.StatementItem], problems)
        slug = path.name.split(".")[0]
        distinction = by_slug.get(slug)
        if distinction is None:
            problems.append(Problem(path.name, 1, f"there is no distinction called “{slug}”"))
        else:
            distinction.statements.extend(statements)


def _add_phrasings(folder: Path, entries: list[schema.GuideEntryItem], problems: list[Problem]) -> None:
    by_slug = {entry.slug: entry for entry in entries}
    for path in sorted((folder / "phrasings").glob("*.yaml")):
        for more in _read_list(path, list[schema.MorePhrasingsItem], problems):
            entry = by_slug.get(more.entry)
            if entry is None:
                line = _line_with(path, more.entry)
                problems.append(Problem(path.name, line, f"there is no guide entry called “{more.entry}”"))
            else:
                entry.breaks.extend(more.breaks)
                entry.fine.extend(more.fine)


def _broken_links(folder: Path, parts: dict[str, Any]) -> Iterator[Problem]:
    """Slugs given twice and links inside the lesson that lead nowhere; other lessons are not looked at."""
    for name, (field, _) in LISTS.items():
        slugs = [getattr(item, "slug", None) for item in parts[field]]
        for slug in {slug for slug in slugs if slug and slugs.count(slug) > 1}:
            yield Problem(name, _line_with(folder / name, slug), f"the slug “{slug}” is given twice")
    sources = {source["slug"] for source in parts.get("sources", [])}
    for name, (field, _) in LISTS.items():
        for item in parts[field]:
            for source in getattr(item, "sources", []):
                if source not in sources:
                    line = _line_with(folder / name, source)
                    yield Problem(name, line, f"“{item.slug}” names an unknown source “{source}”")
    for distinction in parts["distinctions"]:
        yield from _broken_outcomes(folder, distinction)


def _broken_outcomes(folder: Path, distinction: schema.DistinctionItem) -> Iterator[Problem]:
    signals = {signal.name for signal in distinction.signals}
    outcomes = {outcome.name for outcome in distinction.outcomes}
    for outcome in distinction.outcomes:
        for signal in outcome.signals:
            if signal not in signals:
                line = _line_with(folder / "distinctions.yaml", signal)
                yield Problem(
                    "distinctions.yaml", line, f"“{outcome.name}” names an unknown signal “{signal}”"
                )
    for statement in distinction.statements:
        if statement.outcome not in outcomes:
            files = sorted((folder / "statements").glob(f"{distinction.slug}*.yaml"))
            path = next((path for path in files if _line_with(path, statement.outcome) > 1), files[0])
            line = _line_with(path, statement.outcome)
            yield Problem(path.name, line, f"unknown outcome “{statement.outcome}”")


def _line_with(path: Path, word: str) -> int:
    """The first line of `path` that holds `word`, or 1."""
    if not path.exists():
        return 1
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if word in line), 1)
