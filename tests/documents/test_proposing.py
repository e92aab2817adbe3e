"""The same document again: only what changed is proposed, and what was decided stays decided."""

from __future__ import annotations

from enablement.lessons.deciding import accept_draft, discard_draft
from enablement.lessons.matching import Known, find_same, pair_drafts
from enablement.models import Draft, DraftState, Lesson, Person, Source
from tests.documents.conftest import draft_of, take_in
from tests.documents.papers import PAPER


def states(source: Source) -> dict[str, str]:
    return {str(draft.item.get("term") or draft.item["slug"]): draft.state for draft in source.drafts.all()}


def test_an_unchanged_document_keeps_one_version(paper: Source, nia: Person) -> None:
    before = list(Draft.objects.values())
    take_in(PAPER, nia)
    assert paper.versions.count() == 1
    assert list(Draft.objects.values()) == before


def test_a_changed_line_is_proposed_against_the_one_it_would_replace(paper: Source, nia: Person) -> None:
    old = draft_of(paper, "term", "Spout")
    take_in(PAPER.replace("Where the water comes out", "Where one pours"), nia)
    new = draft_of(paper, "term", "Where one pours")
    assert new.earlier == old
    old.refresh_from_db()
    assert (old.state, new.state) == (DraftState.GONE, DraftState.PROPOSED)
    assert [version.number for version in paper.versions.all()] == [2, 1]


def test_only_the_changed_line_is_new(paper: Source, nia: Person) -> None:
    count = paper.drafts.count()
    take_in(PAPER.replace("Where the water comes out", "Where one pours"), nia)
    assert paper.drafts.count() == count + 1


def test_spans_of_what_stayed_count_in_the_new_text(paper: Source, nia: Person) -> None:
    take_in(PAPER.replace("A kettle heats water.", "A kettle heats water, and some heat milk."), nia)
    draft = draft_of(paper, "term", "Lid")
    assert draft.version is not None
    start, end = draft.spans["term"]
    assert (draft.version.number, draft.version.text[start:end]) == (2, "Lid")


def test_what_was_accepted_stays_with_its_text_and_its_change_names_the_piece(
    paper: Source, nia: Person
) -> None:
    old = accept_draft(draft_of(paper, "term", "Spout"), nia)
    take_in(PAPER.replace("Where the water comes out", "Where one pours"), nia)
    old.refresh_from_db()
    assert old.state == DraftState.ACCEPTED
    assert old.version is not None
    assert old.version.number == 1
    assert draft_of(paper, "term", "one pours").target == "spout"


def test_a_discarded_line_does_not_come_back(paper: Source, nia: Person) -> None:
    discard_draft(draft_of(paper, "term", "Lid"), nia)
    take_in(PAPER + "\nThe end.\n", nia)
    assert states(paper)["Lid"] == DraftState.DISCARDED


def test_what_left_the_text_is_gone_and_waits_again_when_it_returns(paper: Source, nia: Person) -> None:
    without = PAPER.replace("| Lid | What keeps the steam in |\n", "")
    take_in(without, nia)
    assert states(paper)["Lid"] == DraftState.GONE
    take_in(PAPER + "\nThe end.\n", nia)
    assert states(paper)["Lid"] == DraftState.PROPOSED


def test_a_line_that_goes_back_to_its_first_form_is_proposed_again(paper: Source, nia: Person) -> None:
    first = accept_draft(draft_of(paper, "term", "Spout"), nia)
    take_in(PAPER.replace("Where the water comes out", "Where one pours"), nia)
    second = accept_draft(draft_of(paper, "term", "one pours"), nia, keep_both=True)
    take_in(PAPER + "\nThe end.\n", nia)
    first.refresh_from_db()
    assert (first.state, first.earlier) == (DraftState.PROPOSED, second)


def test_a_document_from_before_versions_were_kept_gets_its_first_one(
    released_lesson: Lesson, nia: Person
) -> None:
    source = take_in(PAPER, nia, released_lesson)
    Draft.objects.update(version=None)
    source.versions.all().delete()
    take_in(PAPER + "\nThe end.\n", nia)
    assert [version.text for version in source.versions.all()] == [PAPER + "\nThe end.\n", PAPER]


def test_a_draft_is_matched_with_the_piece_of_that_name(released_lesson: Lesson, nia: Person) -> None:
    source = take_in(
        "# Doors\n\n| Term | Meaning |\n|---|---|\n| Latch | It falls by itself |\n| Key | Opens |\n", nia
    )
    term = released_lesson.term_set.first()
    assert term is not None
    rows = f"| {term.term.upper()} | Something else |\n| Key | Opens |\n"
    other = take_in(f"# Other doors\n\n| Term | Meaning |\n|---|---|\n{rows}", nia)
    assert draft_of(other, "term", "Something else").target == term.slug
    assert draft_of(source, "term", "Key").target == ""


def test_names_pair_before_likeness() -> None:
    old = [
        Known(1, "term", {"term": "Spout", "meaning": "Where the water comes out"}),
        Known(2, "term", {"term": "Lid", "meaning": "What keeps the steam in"}),
    ]
    new = [("term", {"term": "Lid", "meaning": "Where the water comes out"}), ("card", {"title": "Spout"})]
    assert pair_drafts(old, new) == {0: 2}


def test_nothing_alike_pairs_with_nothing() -> None:
    old = [Known(1, "term", {"term": "Spout", "meaning": "Where the water comes out"})]
    assert pair_drafts(old, [("term", {"term": "Garden", "meaning": "Flowers grow there"})]) == {}


def test_another_name_of_a_piece_is_its_name() -> None:
    known = [Known("door-lock", "card", {"title": "Lock", "aliases": ["Bolt"]})]
    assert find_same("card", {"title": "bolt"}, known) == "door-lock"
    assert find_same("card", {"title": "Hinge"}, known) == ""
