"""A document into drafts, by the command that people and programs call."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from enablement.judges.training import train_guide
from enablement.management.json_command import BadInput
from enablement.models import Card, Draft, Lesson, Source, SourcePassage
from tests.documents.papers import PAPER

# The guide that the tests load forbids just this.
DOCUMENT = PAPER.replace(
    '| "Our kettles never fail" | "Our kettles are tested every month" | Everything fails once |',
    '| "Our locks are unbreakable" | "Our locks delay a burglar" | Nothing withstands everything |',
)


@pytest.fixture
def ready(released_lesson: Lesson, encoder: None) -> Lesson:
    train_guide()
    return released_lesson


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "kettles.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


def imported(path: Path, *options: str) -> dict[str, Any]:
    output = StringIO()
    call_command("import_lesson", str(path), "--json", *options, stdout=output)
    result: dict[str, Any] = json.loads(output.getvalue())
    return result


@pytest.mark.django_db
def test_a_document_becomes_drafts_and_passages(ready: Lesson, document: Path) -> None:
    result = imported(document, "--lesson", "doors")
    assert result["counts"]["cards"] == 1
    assert result["counts"]["guide_entries"] == 1
    assert result["counts"]["terms"] == 2
    assert result["cards"] == [{"slug": "whistling-kettle", "title": "Whistling kettle"}]
    assert Draft.objects.filter(lesson=ready).count() == result["added"] == 4
    (passage,) = [row for row in result["passages"] if "heats water" in row["text"]]
    assert passage["why"] == "running text before the first heading"
    assert SourcePassage.objects.get(text__contains="heats water").why == passage["why"]


@pytest.mark.django_db
def test_nothing_of_it_goes_live(ready: Lesson, document: Path) -> None:
    imported(document, "--lesson", "doors")
    assert not Card.objects.filter(slug="whistling-kettle").exists()


@pytest.mark.django_db
def test_a_dry_run_keeps_nothing(ready: Lesson, document: Path) -> None:
    result = imported(document, "--dry-run")
    assert result["counts"]["cards"] == 1
    assert not Draft.objects.exists()
    assert not Source.objects.filter(sha256__gt="").exists()


@pytest.mark.django_db
def test_the_same_document_twice_changes_nothing(ready: Lesson, document: Path) -> None:
    imported(document)
    before = list(Draft.objects.values()), list(SourcePassage.objects.values())
    again = imported(document)
    assert again["added"] == 0
    assert (list(Draft.objects.values()), list(SourcePassage.objects.values())) == before


TWO_WAYS = """\
# Oil or graphite

| | Oil | Graphite |
|---|---|---|
| Cost | Little | Some more |

## When to use oil

- The key sticks in cold winters

## When to use graphite

- The key sticks in a cold winter
"""


@pytest.mark.django_db
def test_a_document_that_comes_again_is_not_held_against_its_own_drafts(
    ready: Lesson, document: Path
) -> None:
    document.write_text(TWO_WAYS, encoding="utf-8")
    first, again = imported(document), imported(document)
    assert first["counts"]["fits"] == 2
    assert (first["conflicts"], again["conflicts"]) == ([], [])
    other = document.with_name("other.md")
    other.write_text(TWO_WAYS.replace("# Oil or", "# Oil, grease or"), encoding="utf-8")
    assert imported(other, "--dry-run")["conflicts"]


@pytest.mark.django_db
def test_a_changed_document_adds_only_what_is_new(ready: Lesson, document: Path) -> None:
    imported(document)
    document.write_text(f"{DOCUMENT}| Handle | Where one takes hold |\n", encoding="utf-8")
    assert imported(document)["added"] == 1
    assert Source.objects.filter(sha256__gt="").count() == 1


@pytest.mark.django_db
def test_a_sentence_that_breaks_the_guide_is_reported(ready: Lesson, document: Path) -> None:
    # The don't-say line of the document's own table says the same, and is no finding.
    document.write_text(f"{DOCUMENT}\nOur locks are unbreakable!\n", encoding="utf-8")
    quotes = [row["quote"] for row in imported(document, "--dry-run")["findings"]]
    assert quotes.count("Our locks are unbreakable") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"%PDF-1.7\n...", "PDF"),
        ("a.txt", b"PK\x03\x04....", "zip|ZIP|Word"),
        ("a.txt", b"", "empty|nothing"),
        ("a.txt", b"\x00\x01\x02" * 50, "text"),
    ],
)
def test_what_is_not_a_document_is_refused_in_a_sentence(
    ready: Lesson, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInput, match=says) as caught:
        imported(path)
    assert caught.value.returncode == 2


@pytest.mark.django_db
def test_an_unknown_lesson_and_a_missing_file_are_named(ready: Lesson, document: Path) -> None:
    with pytest.raises(BadInput, match=r"There is no lesson “windows”\. Lessons: doors"):
        imported(document, "--lesson", "windows")
    with pytest.raises(BadInput, match="No such file"):
        imported(document.with_name("gone.md"))
