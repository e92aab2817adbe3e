"""The guide as a CSV file: out, in again, and refused with the line that is wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from enablement.lessons.guide_csv import CsvError, guide_csv_text, read_guide_csv
from enablement.lessons.guide_exchange import export_guide, propose_guide
from enablement.lessons.revising import open_draft
from enablement.lessons.schema import GuideEntryItem
from enablement.models import GuideEntry, Lesson, Person, Revision, RevisionState
from enablement.texts import tidy_text

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=60).map(tidy_text)
FILLED = TEXTS.filter(bool)
SLUGS = st.lists(st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True), max_size=3)
ENTRIES: st.SearchStrategy[dict[str, object]] = st.builds(
    dict,
    slug=st.just("one"),
    dont_say=FILLED,
    do_say=FILLED,
    why=FILLED,
    covers=SLUGS,
    breaks=st.lists(FILLED),
)


@settings(max_examples=200, deadline=None)
@given(ENTRIES)
def test_any_entry_survives_as_csv(values: dict[str, object]) -> None:
    item = GuideEntryItem.model_validate(values)
    rows = read_guide_csv(guide_csv_text([("doors", item)]))
    assert [(row.lesson, GuideEntryItem.model_validate(row.values)) for row in rows] == [("doors", item)]


def test_a_phrasing_of_two_lines_stays_one() -> None:
    item = GuideEntryItem(
        slug="one", dont_say="a", do_say="b", why="c", breaks=["first\nsecond", "\\n is a sign"]
    )
    assert read_guide_csv(guide_csv_text([("doors", item)]))[0].values["breaks"] == item.breaks


def test_no_cell_begins_like_a_formula() -> None:
    item = GuideEntryItem(slug="one", dont_say="=1+1", do_say="+1", why="@x", breaks=["-5 degrees"])
    text = guide_csv_text([("doors", item)])
    cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert read_guide_csv(text)[0].values["dont_say"] == "=1+1"


def test_semicolons_headings_in_words_and_missing_columns_are_read() -> None:
    row = read_guide_csv("Don’t say;Do say;Why\nIt never jams;It seldom jams;Honesty; ;\n")[0]
    assert (row.slug, row.values["do_say"]) == ("it-never-jams", "It seldom jams")
    assert set(row.values) == {"slug", "dont_say", "do_say", "why"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the column “dont_say” is missing"),
        ("dont_say,do_say,why\n", "no rows below its heading"),
        ("dont_say,do_say,why,colour\na,b,c,red\n", "there is no column “colour”"),
        ("dont_say,do_say,why\na,b,\n", "line 2, why"),
        ("dont_say,do_say,why\na,b,c,d\n", "line 2: there are more cells than columns"),
        ("slug,dont_say,do_say,why\nx,a,b,c\nx,d,e,f\n", "line 3: “x” stands in line 2 already"),
        ("slug,dont_say,do_say,why\nNot a slug,a,b,c\n", "line 2, slug"),
        ('dont_say,do_say,why\n"a,b,c\n', "this is not a CSV file"),
        (
            "dont_say,do_say,why\n" + "".join(f"a{n},b,c\n" for n in range(2_001)),
            "2,000 rows",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(CsvError, match=problem):
        read_guide_csv(text)


def test_the_guide_out_and_in_again_changes_nothing(released_lesson: Lesson, nia: Person) -> None:
    proposed = propose_guide(export_guide([released_lesson]), released_lesson, nia)
    assert (len(proposed.same), proposed.new, proposed.changed, proposed.busy) == (1, [], [], [])
    assert not Revision.objects.exists()


def test_a_changed_and_a_new_row_become_drafts_and_readers_see_neither(
    released_lesson: Lesson, nia: Person
) -> None:
    entry = GuideEntry.objects.get()
    text = f"slug,dont_say,do_say,why\n{entry.slug},{entry.dont_say},Say this now,Because\n"
    text += ",New line,Other,Why not\n"
    proposed = propose_guide(text, released_lesson, nia)
    assert [draft.item["do_say"] for draft in proposed.changed] == ["Say this now"]
    assert [draft.slug for draft in proposed.new] == ["new-line"]
    kept = proposed.changed[0].item["breaks"]
    assert kept == [row.text for row in entry.phrasings.order_by("pk") if row.breaks]
    assert GuideEntry.objects.get().do_say == entry.do_say
    assert {draft.state for draft in Revision.objects.filter(author=nia)} == {RevisionState.DRAFT}


def test_an_entry_that_somebody_works_on_is_left_alone(released_lesson: Lesson, nia: Person) -> None:
    entry = GuideEntry.objects.get()
    draft = open_draft("guide_entry", entry.slug, nia)
    proposed = propose_guide(f"slug,dont_say,do_say,why\n{entry.slug},a,b,c\n", released_lesson, nia)
    assert proposed.busy == [entry.slug]
    assert Revision.objects.get(pk=draft.pk).item == draft.item


def test_unknown_names_are_told_and_nothing_is_made(released_lesson: Lesson, nia: Person) -> None:
    text = "dont_say,do_say,why,cards,lesson\na,b,c,unicorn,\nd,e,f,,windows\n"
    with pytest.raises(CsvError, match="there is no card “unicorn”") as refused:
        propose_guide(text, released_lesson, nia)
    assert "there is no lesson “windows”" in str(refused.value)
    assert not Revision.objects.exists()


def test_the_command_writes_and_reads(released_lesson: Lesson, tmp_path: Path) -> None:
    file, out = tmp_path / "guide.csv", io.StringIO()
    call_command("guide_csv", "export", file, "--json", stdout=out)
    assert json.loads(out.getvalue())["rows"] == 1
    call_command("guide_csv", "import", file, "--lesson", released_lesson.slug, stdout=out)
    assert "1 same" in out.getvalue()
    file.write_text("nonsense")
    with pytest.raises(CommandError, match="Nothing was taken"):
        call_command("guide_csv", "import", file)
