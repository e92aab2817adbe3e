"""“This was fine” and “you missed this”: with an editor's nod the check has learnt it by the next request."""

from __future__ import annotations

import pytest

from enablement.judges.training import train_guide
from enablement.judges.wording import check_wording
from enablement.lessons.revising import RevisingError, open_draft
from enablement.models import (
    Flag,
    FlagReason,
    GuideEntry,
    Head,
    Lesson,
    Notice,
    Origin,
    Person,
    RevisionState,
    Work,
)
from enablement.tasks import index_one_lesson, refit_guide
from enablement.texts import BadText
from enablement.trust.examples import MAX_EXAMPLE, send_example
from enablement.trust.flags import close_flag, may_close
from enablement.trust.verifying import assign_owner
from tests.trust.conftest import ClientOf

MISSED = "Not even a tank gets past this door, word of honour."
# A phrasing that an editor wrote down as breaking, and that is fine after all.
FOUND = "It resists every attack"


@pytest.fixture
def entry(released_lesson: Lesson) -> GuideEntry:
    return GuideEntry.objects.get(slug="door-unbreakable")


@pytest.fixture
def learnt(entry: GuideEntry, encoder: None) -> GuideEntry:
    train_guide()
    return entry


def levels(text: str, person: Person) -> list[str]:
    return [finding.level for finding in check_wording(text, person)]


def test_what_was_missed_is_found_by_the_next_request(
    learnt: GuideEntry, ada: Person, nia: Person, client_of: ClientOf
) -> None:
    assert "block" not in levels(MISSED, ada)
    sent = {"text": MISSED, "entry": learnt.slug, "reason": "missed"}
    page = client_of(ada).post("/flags/example/", sent, follow=True).content.decode()
    assert "The editors have it" in page
    flag = Flag.objects.get()
    assert Notice.objects.get(person=nia).flag == flag
    assert "block" not in levels(MISSED, ada)
    client_of(nia).post(f"/flags/{flag.pk}/", {"state": "accepted"})
    assert levels(f"Dear Sir\n\n{MISSED}", ada) == ["block"]
    assert "Your example for the check was taken up" in Notice.objects.get(person=ada).title


def test_the_heads_learn_an_example_as_well(learnt: GuideEntry, ada: Person, nia: Person) -> None:
    before = Head.objects.get(name="wording:any").examples_hash
    close_flag(send_example(ada, learnt, MISSED, FlagReason.MISSED), nia, "accepted")
    assert Work.objects.filter(name="index_lesson", arguments={"lesson": learnt.lesson_id}).exists()
    index_one_lesson(learnt.lesson_id)
    refit_guide()
    assert Head.objects.get(name="wording:any").examples_hash != before


def test_what_was_fine_is_left_alone_by_the_next_request(
    learnt: GuideEntry, ada: Person, nia: Person, client_of: ClientOf
) -> None:
    page = client_of(ada).post("/check/", {"text": f"{FOUND}."}).content.decode()
    assert "This was fine" in page
    sent = {"text": f"{FOUND}.", "entry": learnt.slug, "reason": "fine"}
    client_of(ada).post("/flags/example/", sent)
    assert levels(f"{FOUND}.", ada) == ["block"]
    close_flag(Flag.objects.get(), nia, "accepted")
    assert levels(f"{FOUND}.", ada) == []
    assert levels("Our locks are unbreakable", ada) == ["block"]


def test_without_the_nod_nothing_changes(learnt: GuideEntry, ada: Person, nia: Person) -> None:
    close_flag(send_example(ada, learnt, FOUND, FlagReason.FINE), nia, "declined", "It is a promise.")
    assert levels(FOUND, ada) == ["block"]


def test_an_example_joins_the_draft_of_somebody_who_has_the_entry_in_hand(
    entry: GuideEntry, ada: Person, nia: Person, root: Person
) -> None:
    draft = open_draft(GuideEntry.kind, entry.slug, root)
    flag = close_flag(send_example(ada, entry, MISSED, FlagReason.MISSED), nia, "accepted")
    draft.refresh_from_db()
    assert (flag.revision, draft.state) == (draft, RevisionState.DRAFT)
    assert MISSED in draft.item["breaks"]
    assert not entry.phrasings.filter(text=MISSED).exists()


def test_where_a_second_person_approves_an_example_waits_for_that(
    entry: GuideEntry, ada: Person, nia: Person, root: Person
) -> None:
    Lesson.objects.update(needs_review=True)
    flag = close_flag(send_example(ada, entry, MISSED, FlagReason.MISSED), nia, "accepted")
    assert flag.revision is not None
    assert (flag.revision.state, flag.revision.origin) == (RevisionState.IN_REVIEW, Origin.EDIT)
    assert Notice.objects.filter(person=root, kind="review").exists()
    assert not entry.phrasings.filter(text=MISSED).exists()


def test_an_entry_that_is_gone_takes_no_example(entry: GuideEntry, ada: Person, nia: Person) -> None:
    flag = send_example(ada, entry, MISSED, FlagReason.MISSED)
    entry.delete()
    with pytest.raises(RevisingError):
        close_flag(flag, nia, "accepted")
    flag.refresh_from_db()
    assert flag.state == "open"


def test_only_an_editor_nods(entry: GuideEntry, ada: Person, max: Person, nia: Person) -> None:
    assign_owner(GuideEntry.kind, entry.slug, nia, person=max)
    flag = send_example(ada, entry, MISSED, FlagReason.MISSED)
    assert [may_close(person, flag) for person in (ada, max, nia)] == [False, False, True]


def test_sent_twice_it_is_one_example(entry: GuideEntry, ada: Person, nia: Person) -> None:
    for _ in range(2):
        send_example(ada, entry, MISSED, FlagReason.MISSED)
    assert Flag.objects.count() == Notice.objects.filter(person=nia).count() == 1


@pytest.mark.parametrize("text", ["", "  \n", "a" * (MAX_EXAMPLE + 1)])
def test_an_example_needs_a_sentence(entry: GuideEntry, ada: Person, client_of: ClientOf, text: str) -> None:
    with pytest.raises(BadText):
        send_example(ada, entry, text, FlagReason.FINE)
    response = client_of(ada).post("/flags/example/", {"text": text, "entry": entry.slug})
    assert (response.status_code, Flag.objects.count()) == (400, 0)


def test_nobody_gives_examples_for_what_they_may_not_see(
    entry: GuideEntry, ada: Person, south: object, client_of: ClientOf
) -> None:
    entry.lesson.teams.add(south)  # type: ignore[arg-type]
    client = client_of(ada)
    assert client.post("/flags/example/", {"text": MISSED, "entry": entry.slug}).status_code == 404
    assert entry.dont_say not in client.get("/flags/example/").content.decode()
