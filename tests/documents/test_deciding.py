"""Decisions about drafts: accept, merge, discard, edit, and all of it back."""

from __future__ import annotations

import pytest

from enablement.lessons import revising
from enablement.lessons.deciding import (
    AlreadyDecided,
    DecidingError,
    SlugTaken,
    accept_draft,
    assign_lesson,
    discard_draft,
    edit_draft,
    merge_draft,
    undo_decision,
)
from enablement.lessons.deciding_many import decide_many, last_together, undo_many
from enablement.lessons.pieces import read_piece
from enablement.models import Card, Draft, DraftState, Lesson, Person, RevisionState, Source, Term
from tests.documents.conftest import draft_of, take_in
from tests.documents.papers import PAPER

STEPS = "# Order\n\n## Steps\n\n1. Oil the lock.\n2. Change the cylinder.\n3. Change the door.\n"


def test_accepting_makes_a_draft_version_that_names_its_source(
    kettle: Draft, nia: Person, paper: Source
) -> None:
    done = accept_draft(kettle, nia)
    assert done.revision is not None
    assert (done.state, done.revision.state, done.decided_by) == (
        DraftState.ACCEPTED,
        RevisionState.DRAFT,
        nia,
    )
    assert done.revision.item["sources"] == [paper.slug]
    assert not Card.objects.filter(slug="whistling-kettle").exists()


def test_accepting_and_releasing_shows_it_to_readers(kettle: Draft, nia: Person, ada: Person) -> None:
    accept_draft(kettle, nia, release=True)
    assert Card.objects.visible_to(ada).filter(slug="whistling-kettle").exists()


def test_a_lesson_with_review_lets_nothing_out_at_once(kettle: Draft, nia: Person) -> None:
    Lesson.objects.update(needs_review=True)
    with pytest.raises(DecidingError, match="second person"):
        accept_draft(kettle, nia, release=True)
    kettle.refresh_from_db()
    assert kettle.state == DraftState.PROPOSED
    assert revising.open_revision("card", "whistling-kettle") is None


def test_an_incomplete_draft_is_accepted_and_not_released(paper: Source, nia: Person) -> None:
    draft = draft_of(paper, "card", "kettle")
    del draft.item["what_it_does"]
    draft.save()
    with pytest.raises(DecidingError, match="What it does"):
        accept_draft(draft, nia, release=True)
    assert accept_draft(draft, nia).state == DraftState.ACCEPTED


def test_a_document_without_a_lesson_asks_for_one(nia: Person, released_lesson: Lesson) -> None:
    source = take_in(PAPER, nia)
    draft = draft_of(source, "card", "kettle")
    with pytest.raises(DecidingError, match="which lesson"):
        accept_draft(draft, nia)
    assign_lesson(source, released_lesson, nia)
    assert accept_draft(draft, nia).revision is not None


def test_a_taken_name_is_said_and_both_can_be_kept(kettle: Draft, nia: Person) -> None:
    kettle.item["slug"] = "door-lock"
    kettle.save()
    with pytest.raises(SlugTaken, match="door-lock"):
        accept_draft(kettle, nia)
    done = accept_draft(kettle, nia, keep_both=True)
    assert done.revision is not None
    assert done.revision.slug == "door-lock-2"


def test_merging_writes_the_draft_version_of_the_piece(kettle: Draft, nia: Person) -> None:
    card = Card.objects.get(slug="door-lock")
    item = read_piece(card).model_dump(mode="json") | {"what_it_does": "It whistles."}
    done = merge_draft(kettle, nia, "door-lock", item)
    assert done.revision is not None
    assert (done.state, done.target) == (DraftState.MERGED, "door-lock")
    assert done.revision.item["what_it_does"] == "It whistles."
    assert Card.objects.get(slug="door-lock").what_it_does != "It whistles."


def test_merging_into_what_somebody_wrote_on_meanwhile_overwrites_nothing(
    kettle: Draft, nia: Person, root: Person
) -> None:
    opened = revising.open_draft("card", "door-lock", root)
    saved = revising.save_draft(opened, opened.item | {"summary": "Ruth's"}, edition=1, person=root)
    with pytest.raises(revising.StaleEdition):
        merge_draft(kettle, nia, "door-lock", opened.item, edition=1)
    saved.refresh_from_db()
    assert saved.item["summary"] == "Ruth's"


def test_a_decision_made_meanwhile_is_not_overwritten(kettle: Draft, nia: Person, root: Person) -> None:
    discard_draft(kettle, root)
    with pytest.raises(AlreadyDecided, match="decided about this already"):
        accept_draft(kettle, nia)


@pytest.mark.parametrize("decide", [accept_draft, discard_draft])
def test_a_decision_is_taken_back_and_made_again(kettle: Draft, nia: Person, decide: object) -> None:
    for _ in range(2):
        assert decide(kettle, nia).state != DraftState.PROPOSED  # type: ignore[operator]
        undone = undo_decision(kettle, nia)
        assert (undone.state, undone.revision, undone.decided_by) == (DraftState.PROPOSED, None, None)
    assert revising.open_revision("card", "whistling-kettle") is None


def test_undoing_a_merge_restores_the_words_of_the_draft_version_before(kettle: Draft, nia: Person) -> None:
    opened = revising.open_draft("card", "door-lock", nia)
    opened = revising.save_draft(opened, opened.item | {"summary": "Mine"}, edition=1, person=nia)
    merge_draft(kettle, nia, "door-lock", opened.item | {"summary": "Merged"}, edition=opened.edition)
    undo_decision(kettle, nia)
    now = revising.open_revision("card", "door-lock")
    assert now is not None
    assert now.item["summary"] == "Mine"


def test_what_somebody_wrote_on_since_is_not_undone(kettle: Draft, nia: Person, root: Person) -> None:
    revision = accept_draft(kettle, nia).revision
    assert revision is not None
    revising.save_draft(revision, revision.item | {"summary": "More"}, edition=1, person=root)
    with pytest.raises(DecidingError, match="written on this version since"):
        undo_decision(kettle, nia)


def test_what_readers_see_is_taken_back_from_them_and_can_come_again(
    kettle: Draft, nia: Person, ada: Person
) -> None:
    cards = Card.objects.visible_to(ada).filter(slug="whistling-kettle")
    for _ in range(2):
        accept_draft(kettle, nia, release=True)
        assert cards.exists()
        undo_decision(kettle, nia)
        assert not cards.exists()
    assert undo_decision(kettle, nia).state == DraftState.PROPOSED


def test_undoing_what_was_released_over_another_text_brings_that_text_back(
    kettle: Draft, nia: Person
) -> None:
    before = Card.objects.get(slug="door-lock").summary
    merged = merge_draft(kettle, nia, "door-lock", _with_summary("door-lock", nia, "Merged"))
    assert merged.revision is not None
    revising.release(merged.revision, nia)
    assert Card.objects.get(slug="door-lock").summary == "Merged"
    undo_decision(kettle, nia)
    assert Card.objects.get(slug="door-lock").summary == before


def test_a_release_that_is_not_the_last_is_not_taken_back(kettle: Draft, nia: Person) -> None:
    revision = accept_draft(kettle, nia, release=True).revision
    assert revision is not None
    later = revising.open_draft("card", revision.slug, nia)
    later = revising.save_draft(later, later.item | {"summary": "Later"}, edition=later.edition, person=nia)
    revising.release(later, nia)
    with pytest.raises(DecidingError, match="another version by now"):
        undo_decision(kettle, nia)


def test_many_are_decided_and_taken_back_in_one_go(paper: Source, nia: Person) -> None:
    drafts = list(paper.drafts.all())
    decided = decide_many(drafts, nia, "accept")
    assert {draft.pk for draft in decided.done} == {draft.pk for draft in last_together(paper, nia)}
    assert len(decided.done) + len(decided.refused) == len(drafts) > 1
    assert len(undo_many(last_together(paper, nia), nia).done) == len(decided.done)
    assert set(paper.drafts.values_list("state", flat=True)) == {DraftState.PROPOSED}
    assert last_together(paper, nia) == []


def test_one_that_cannot_be_accepted_does_not_stop_the_others(
    paper: Source, nia: Person, root: Person
) -> None:
    first, *others = paper.drafts.all()
    discard_draft(first, root)
    decided = decide_many([first, *others], nia, "discard")
    assert len(decided.done) == len(others)
    assert "decided about this already" in decided.refused[0][1]


def _with_summary(slug: str, person: Person, summary: str) -> dict[str, object]:
    """The text of a card, which nobody edits, with another summary."""
    opened = revising.open_draft("card", slug, person)
    revising.discard(opened, person)
    return {**opened.item, "summary": summary}


def test_an_edit_is_kept_when_the_document_comes_again(paper: Source, nia: Person) -> None:
    draft = edit_draft(draft_of(paper, "term", "Lid"), nia, {"meaning": "A cover"})
    take_in(PAPER + "\nThe end.\n", nia)
    draft.refresh_from_db()
    assert (draft.item["meaning"], draft.state) == ("A cover", DraftState.PROPOSED)


def test_steps_become_rows_of_a_ladder(released_lesson: Lesson, nia: Person) -> None:
    source = take_in(STEPS, nia, released_lesson)
    steps = list(source.drafts.filter(kind="ladder_step"))
    assert len(steps) == 3
    for step in steps:
        accept_draft(step, nia)
    ladder = source.drafts.first().revision  # type: ignore[union-attr]
    assert ladder is not None
    assert ladder.kind == "ladder"
    ladder.refresh_from_db()
    rows = [row["slug"] for row in ladder.item["steps"]]
    assert [step.item["slug"] for step in steps] == rows[-3:]
    undo_decision(steps[2], nia)
    ladder.refresh_from_db()
    assert len(ladder.item["steps"]) == len(rows) - 1


def test_terms_go_live_one_by_one(paper: Source, nia: Person) -> None:
    accept_draft(draft_of(paper, "term", "Lid"), nia, release=True)
    assert Term.objects.get(slug="lid").sources.get() == paper
