"""What readers say reaches the owner, and the answer reaches the reader."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from enablement.lessons.pieces import find_piece
from enablement.lessons.revising import release
from enablement.models import AuditEvent, Flag, GuideEntry, Lesson, Notice, Origin, Person, Revision, Team
from enablement.texts import BadText
from enablement.trust.flags import (
    AlreadyClosed,
    close_flag,
    flags_for,
    free_slug,
    may_close,
    propose_entry,
    raise_flag,
)
from enablement.trust.pieces import UnknownPiece, piece_of, title_of
from enablement.trust.verifying import assign_owner
from tests.trust.conftest import ClientOf

ENTRY = ("guide_entry", "door-unbreakable")
LINES = {
    "dont_say": "It locks itself.",
    "do_say": "It closes itself; you lock it.",
    "why": "Closed is not locked.",
}


def test_a_flag_reaches_the_owner_with_its_context(
    released_lesson: Lesson, ada: Person, max: Person, nia: Person
) -> None:
    assign_owner(*ENTRY, nia, person=max)
    Notice.objects.all().delete()
    flag = raise_flag(ada, *ENTRY, "outdated", "They made it eight.", quote="ten minutes")
    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.flag, notice.text) == (
        max,
        "flag",
        flag,
        "They made it eight.",
    )
    assert "Ada" in notice.title
    assert "This is outdated" in notice.title
    assert (flag.quote, flag.url, flag.lesson) == ("ten minutes", "/guide/door-unbreakable/", released_lesson)
    assert AuditEvent.objects.filter(actor=ada, verb="flag").exists()


def test_without_an_owner_it_reaches_the_editors(
    released_lesson: Lesson, ada: Person, nia: Person, root: Person, zoe: Person
) -> None:
    raise_flag(ada, *ENTRY, "wrong")
    assert set(Notice.objects.values_list("person__username", flat=True)) == {"nia", "root"}


def test_the_same_flag_twice_is_one(released_lesson: Lesson, ada: Person, nia: Person) -> None:
    first = raise_flag(ada, *ENTRY, "wrong", "a first note")
    assert raise_flag(ada, *ENTRY, "outdated", "a second note").pk == first.pk
    assert Notice.objects.filter(person=nia).count() == 1


def test_the_reader_hears_the_outcome(released_lesson: Lesson, ada: Person, nia: Person) -> None:
    flag = raise_flag(ada, *ENTRY, "unclear", quote="hand tools")
    close_flag(flag, nia, "declined", "A chisel is one.")
    notice = Notice.objects.get(person=ada)
    assert (notice.kind, notice.text) == ("outcome", "A chisel is one.")
    assert "not taken up" in notice.title
    with pytest.raises(AlreadyClosed):
        close_flag(flag, nia, "accepted")
    flag.refresh_from_db()
    assert (flag.state, flag.closed_by) == ("declined", nia)


@pytest.mark.parametrize("reason", ["", "proposal", "nonsense"])
def test_a_flag_needs_a_reason(released_lesson: Lesson, ada: Person, reason: str) -> None:
    with pytest.raises(BadText):
        raise_flag(ada, *ENTRY, reason)
    with pytest.raises(UnknownPiece):
        raise_flag(ada, "card", "nothing", "wrong")


def test_a_proposal_becomes_a_draft_and_then_a_line(
    released_lesson: Lesson, ada: Person, nia: Person
) -> None:
    flag = propose_entry(ada, released_lesson, LINES)
    assert Notice.objects.get(person=nia).flag == flag
    flag = close_flag(flag, nia, "accepted", "Thank you.")
    draft = flag.revision
    assert draft is not None
    assert (draft.kind, draft.slug, draft.origin) == ("guide_entry", "it-locks-itself", Origin.PROPOSED)
    assert draft.item["do_say"] == LINES["do_say"]
    assert find_piece("guide_entry", draft.slug) is None
    release(draft, nia)
    assert GuideEntry.objects.visible_to(ada).get(slug=draft.slug).why == LINES["why"]
    titles = list(Notice.objects.filter(person=ada).order_by("pk").values_list("title", flat=True))
    assert len(titles) == 2
    assert "was taken up" in titles[0]
    assert "is released" in titles[1]


def test_a_proposal_that_is_not_taken_up_leaves_nothing(
    released_lesson: Lesson, ada: Person, nia: Person
) -> None:
    close_flag(propose_entry(ada, released_lesson, LINES), nia, "declined", "We have it.")
    assert not Revision.objects.exists()


@pytest.mark.parametrize("missing", sorted(LINES))
def test_a_proposal_needs_all_three(released_lesson: Lesson, ada: Person, missing: str) -> None:
    with pytest.raises(BadText):
        propose_entry(ada, released_lesson, LINES | {missing: "  "})
    assert not Flag.objects.exists()


def test_two_lines_with_the_same_words_get_two_names(
    released_lesson: Lesson, ada: Person, nia: Person
) -> None:
    for expected in ("it-locks-itself", "it-locks-itself-2"):
        flag = close_flag(propose_entry(ada, released_lesson, LINES), nia, "accepted")
        assert flag.revision is not None
        assert flag.revision.slug == expected
    assert free_slug("???") == "line"


def test_people_see_their_own_flags_and_those_on_what_they_answer_for(
    released_lesson: Lesson, ada: Person, zoe: Person, max: Person, nia: Person
) -> None:
    flag = raise_flag(ada, *ENTRY, "wrong")
    assign_owner(*ENTRY, nia, person=max)
    assert [person.username for person in (ada, zoe, max, nia) if flag in flags_for(person)] == [
        "ada",
        "max",
        "nia",
    ]
    assert [person.username for person in (ada, zoe, max, nia) if may_close(person, flag)] == ["max", "nia"]


def test_the_pages_of_a_flag(
    released_lesson: Lesson, ada: Person, zoe: Person, nia: Person, client_of: ClientOf
) -> None:
    page = client_of(ada).get("/guide/door-unbreakable/").content.decode()
    assert "Flag a line" in page
    sent = {
        "kind": ENTRY[0],
        "slug": ENTRY[1],
        "reason": "wrong",
        "quote": "ten",
        "next": "/guide/door-unbreakable/",
    }
    response = client_of(ada).post("/flags/new/", sent, follow=True)
    assert response.redirect_chain == [("/guide/door-unbreakable/", 302)]
    assert "The editors will hear of it" in response.content.decode()
    flag = Flag.objects.get()
    listed = client_of(nia).get("/flags/").content.decode()
    assert f'This is wrong<span class="visually-hidden">: {escape(title_of(piece_of(*ENTRY)))}' in listed
    assert client_of(zoe).get(f"/flags/{flag.pk}/").status_code == 404
    assert client_of(ada).post(f"/flags/{flag.pk}/", {"state": "accepted"}).status_code == 404
    assert (
        client_of(nia).post(f"/flags/{flag.pk}/", {"state": "accepted", "answer": "Right."}).status_code
        == 302
    )
    again = client_of(nia).post(f"/flags/{flag.pk}/", {"state": "declined"})
    assert (again.status_code, "answered this already" in again.content.decode()) == (400, True)
    assert "Right." in client_of(ada).get(f"/flags/{flag.pk}/").content.decode()


def test_nobody_flags_what_they_may_not_see(
    released_lesson: Lesson, ada: Person, south: object, client_of: ClientOf
) -> None:
    released_lesson.teams.add(south)  # type: ignore[arg-type]
    sent = {"kind": ENTRY[0], "slug": ENTRY[1], "reason": "wrong"}
    assert client_of(ada).post("/flags/new/", sent).status_code == 404
    assert client_of(ada).get("/flags/new/?kind=teapot&slug=x").status_code == 404
    assert not Flag.objects.exists()


def test_a_flag_without_a_reason_is_asked_for_again(
    released_lesson: Lesson, ada: Person, client_of: ClientOf
) -> None:
    response = client_of(ada).post("/flags/new/", {"kind": ENTRY[0], "slug": ENTRY[1], "note": "kept"})
    assert response.status_code == 400
    assert "Choose what is the matter" in response.content.decode()
    assert "kept" in response.content.decode()


def test_a_line_is_proposed_on_a_page(released_lesson: Lesson, ada: Person, client_of: ClientOf) -> None:
    response = client_of(ada).post("/flags/propose/", LINES | {"lesson": "doors"}, follow=True)
    assert "It locks itself." in response.content.decode()
    bad = client_of(ada).post("/flags/propose/", LINES | {"lesson": "doors", "why": ""})
    assert (bad.status_code, "It locks itself." in bad.content.decode()) == (400, True)


def test_a_list_of_flags_names_no_piece_that_its_reader_may_not_see_any_more(
    released_lesson: Lesson, ada: Person, south: Team, client_of: ClientOf
) -> None:
    raise_flag(ada, "card", "door-lock", "wrong")
    title = title_of(piece_of("card", "door-lock"))
    assert title in client_of(ada).get("/flags/").content.decode()
    released_lesson.teams.add(south)
    page = client_of(ada).get("/flags/").content.decode()
    assert "This is wrong" in page
    assert title not in page
