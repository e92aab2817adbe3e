"""What the reader recognises against what a careful reader finds, a table a document.

    python -m tests.lessons.reading_report [FOLDER]

FOLDER holds documents that are not part of the project; expectations of theirs are in documents_elsewhere/.
Prints the tables of docs/documents.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from enablement.lessons.documents import convert
from enablement.lessons.reading import Draft, read_document
from enablement.lessons.reading.drafts import KINDS
from tests.lessons.careful_reader import Found, WrongDraft, compare, read_expected

HERE = Path(__file__).parent
WRITTEN = HERE / "documents_written"
ELSEWHERE = HERE / "documents_elsewhere"
RESULTS = ("recognised", "in_part", "missed")


@dataclass(frozen=True, slots=True)
class Report:
    """One document: how each expected item fared, which drafts are wrong, and what is known of either."""

    name: str
    text: str
    drafts: tuple[Draft, ...]
    found: list[Found]
    wrong: list[Draft]
    known_wrong: list[WrongDraft]

    def counts(self, kind: str = "") -> Counter[str]:
        """Return how many items of a kind (of all kinds) are recognised, in_part, missed and wrong."""
        results = [row.result for row in self.found if kind in ("", row.expected.kind)]
        wrong = sum(kind in ("", draft.kind) for draft in self.wrong)
        return Counter(results) + Counter(wrong=wrong)


def written_documents() -> list[Path]:
    """Return the documents that were written for this."""
    return sorted(path for path in WRITTEN.iterdir() if path.suffix != ".yaml")


def documents_of(folder: Path) -> list[Path]:
    """Return the documents of a folder for which expectations are kept. Raises SystemExit for none."""
    found = [
        folder / path.stem for path in sorted(ELSEWHERE.glob("*.yaml")) if (folder / path.stem).is_file()
    ]
    if not found:
        raise SystemExit(f"{folder} has none of the documents that {ELSEWHERE.name}/ speaks of.")
    return found


def report_on(document: Path) -> Report:
    """Read a document and compare."""
    beside = document.with_name(document.name + ".yaml")
    expected, known_wrong = read_expected(beside if beside.exists() else ELSEWHERE / beside.name)
    reading = read_document(convert(document.read_bytes(), document.name).text, document.name)
    found, wrong = compare(expected, list(reading.drafts))
    return Report(document.name, reading.text, reading.drafts, found, wrong, known_wrong)


def total_table(reports: list[Report]) -> list[str]:
    """Return one row a document."""
    rows = ["| document | a careful reader finds | recognised | in part | missed | wrong |"]
    rows.append("|---|--:|--:|--:|--:|--:|")
    for report in reports:
        rows.append(_row(report.name, len(report.found), report.counts()))
    everything = sum((report.counts() for report in reports), Counter[str]())
    rows.append(_row("all", sum(len(report.found) for report in reports), everything))
    return rows


def kind_table(reports: list[Report]) -> list[str]:
    """Return one row a kind of item, over all the documents."""
    rows = ["| kind | a careful reader finds | recognised | in part | missed | wrong |"]
    rows.append("|---|--:|--:|--:|--:|--:|")
    for kind in KINDS:
        expected = sum(row.expected.kind == kind for report in reports for row in report.found)
        rows.append(_row(kind.replace("_", " "), expected, sum((r.counts(kind) for r in reports), Counter())))
    return rows


def shortcomings(report: Report) -> Iterator[str]:
    """Return a line for each item that is missed or read in part, and for each wrong draft."""
    for row in report.found:
        if row.result != "recognised":
            named = f"{row.expected.kind.replace('_', ' ')} “{row.expected.name}”"
            fields = f" ({', '.join(row.faults)})" if row.faults else ""
            yield f"- {row.result.replace('_', ' ')}: {named}{fields}: {row.expected.why or '?'}"
    for draft in report.wrong:
        line = first_words(draft)
        why = next((known.why for known in report.known_wrong if is_known(draft, [known])), "?")
        yield f"- wrong: {draft.kind.replace('_', ' ')} “{line}”: {why}"


def first_words(draft: Draft) -> str:
    """Return what a draft begins with."""
    fields = ("title", "dont_say", "do_say", "term", "question", "text", "slug")
    return " ".join(str(next(draft.item[key] for key in fields if key in draft.item)).split()[:5])


def is_known(draft: Draft, known: list[WrongDraft]) -> bool:
    """Return whether a wrong draft is written down."""
    return any(row.kind == draft.kind and first_words(draft).startswith(row.starts) for row in known)


def _row(name: str, expected: int, counts: Counter[str]) -> str:
    figures = [expected, *(counts[result] for result in (*RESULTS, "wrong"))]
    return f"| {name} | " + " | ".join(map(str, figures)) + " |"


def main(folders: list[str]) -> None:
    """Print the tables."""
    documents = written_documents() + [path for folder in folders for path in documents_of(Path(folder))]
    reports = [report_on(document) for document in documents]
    print("\n".join([*total_table(reports), "", *kind_table(reports)]))
    for report in reports:
        print("\n".join(["", f"### {report.name}", "", *shortcomings(report)]))


if __name__ == "__main__":
    main(sys.argv[1:])
