"""The pages of trust: verifying in one click, messages, queue, health, corrections."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from enablement.deliveries import Line, record_deliveries
from enablement.models import (
    Delivery,
    Lesson,
    Notice,
    Person,
    Reading,
    Recall,
    Surface,
    Team,
    Verification,
)
from enablement.trust.facts import trust_of
from enablement.trust.health import health_of
from enablement.trust.readings import count_reading, use_of_pieces
from enablement.trust.reminders import MOST_AT_ONCE, remind_owners
from enablement.trust.verifying import assign_many, assign_owner, verify
from tests.trust.conftest import ClientOf
from tests.trust.test_recalls import NEW, OLD, change, give

ENTRY = ("guide_entry", "door-unbreakable")
CARD = ("card", "door-lock")
PIECES = [ENTRY, CARD, ("analogy", "door-as-a-book")]
ADDRESSES = {
    ENTRY: "/guide/door-unbreakable/",
    CARD: "/cards/door-lock/",
    PIECES[2]: "/analogies/door-as-a-book/",
}


def expire(pair: tuple[str, str]) -> None:
    kind, slug = pair
    Verification.objects.filter(kind=kind, slug=slug).update(until=timezone.now() - timedelta(days=1))


@pytest.mark.parametrize("pair", PIECES)
def test_the_owner_verifies_from_the_page_in_one_click(
    released_lesson: Lesson, nia: Person, max: Person, client_of: ClientOf, pair: tuple[str, str]
) -> None:
    assign_owner(*pair, nia, person=max)
    address = f"/trust/{pair[0]}/{pair[1]}/verify/"
    page = client_of(max).get(ADDRESSES[pair]).content.decode()
    assert address in page
    assert "Max answers for this and has not verified it yet" in page
    response = client_of(max).post(address, {"next": ADDRESSES[pair]}, follow=True)
    assert response.redirect_chain == [(ADDRESSES[pair], 302)]
    assert "Verified until" in response.content.decode()
    assert "Max verified it on" in response.content.decode()


def test_a_reader_cannot_verify(
    released_lesson: Lesson, nia: Person, ada: Person, client_of: ClientOf
) -> None:
    assign_owner(*ENTRY, nia, person=nia)
    address = "/trust/guide_entry/door-unbreakable/verify/"
    assert address not in client_of(ada).get(ADDRESSES[ENTRY]).content.decode()
    response = client_of(ada).post(address, follow=True)
    assert "Only its owner can verify this" in response.content.decode()
    assert not Verification.objects.filter(person=ada).exists()


def test_no_way_leads_to_another_site(released_lesson: Lesson, root: Person, client_of: ClientOf) -> None:
    response = client_of(root).post("/trust/card/door-lock/verify/", {"next": "https://evil.example/"})
    assert response["Location"] == "/cards/door-lock/"


@pytest.mark.parametrize(
    "address",
    [
        "/guide/door-unbreakable/",
        "/guide/",
        "/cards/door-lock/",
        "/cards/",
        "/analogies/door-as-a-book/",
        "/lessons/doors/",
    ],
)
def test_what_has_expired_is_shown_as_such(
    released_lesson: Lesson, nia: Person, ada: Person, client_of: ClientOf, address: str
) -> None:
    for pair in PIECES:
        assign_owner(*pair, nia, person=nia)
        verify(*pair, nia)
    client = client_of(ada)
    assert "Expired</span>" not in client.get(address).content.decode()
    for pair in PIECES:
        expire(pair)
    assert "Expired</span>" in client.get(address).content.decode()


def test_messages_are_counted_opened_and_read(
    released_lesson: Lesson, nia: Person, max: Person, ada: Person, client_of: ClientOf
) -> None:
    assign_owner(*ENTRY, nia, person=max)
    client = client_of(max)
    assert 'aria-label="1 new"' in client.get("/").content.decode()
    notice = Notice.objects.get(person=max)
    assert notice.title in client.get("/notices/").content.decode().replace("&#x27;", "'")
    assert client_of(ada).get(f"/notices/{notice.pk}/").status_code == 404
    assert client.get(f"/notices/{notice.pk}/")["Location"] == "/guide/door-unbreakable/"
    assert 'aria-label="1 new"' not in client.get("/").content.decode()
    assign_owner(*CARD, nia, person=max)
    client.post("/notices/read/")
    assert not Notice.objects.filter(person=max, read_at=None).exists()


def test_a_message_verifies_in_one_click(
    released_lesson: Lesson, nia: Person, max: Person, client_of: ClientOf
) -> None:
    assign_owner(*ENTRY, nia, person=max)
    client = client_of(max)
    assert "/trust/guide_entry/door-unbreakable/verify/" in client.get("/notices/").content.decode()
    client.post("/trust/guide_entry/door-unbreakable/verify/", {"next": "/notices/"})
    assert trust_of([ENTRY])[ENTRY].state == "verified"
    assert "/trust/guide_entry/door-unbreakable/verify/" not in client.get("/notices/").content.decode()


def test_the_queue_holds_what_is_mine_expired_first(
    released_lesson: Lesson, nia: Person, north: Team, ada: Person, zoe: Person, client_of: ClientOf
) -> None:
    assign_owner(*ENTRY, nia, team=north)
    assign_owner(*CARD, nia, person=ada)
    verify(*CARD, ada)
    expire(CARD)
    page = client_of(ada).get("/notices/verify/").content.decode()
    assert page.index("/cards/door-lock/") < page.index("/guide/door-unbreakable/")
    assert "Nothing waits for you" in client_of(zoe).get("/notices/verify/").content.decode()


def test_health_lists_what_is_due_expired_unowned_and_never_read(
    released_lesson: Lesson, nia: Person, ada: Person, client_of: ClientOf
) -> None:
    for pair in (ENTRY, CARD):
        assign_owner(*pair, nia, person=nia)
        verify(*pair, nia)
    expire(CARD)
    client_of(ada).get("/cards/door-lock/")
    health = health_of(nia)
    assert [row.pair for row in health.in_state("expired")] == ["card:door-lock"]  # type: ignore[arg-type]
    assert [row.pair for row in health.in_state("verified")] == ["guide_entry:door-unbreakable"]  # type: ignore[arg-type]
    assert "card:door-lock" not in [row.pair for row in health.never_read]
    assert "card:door-hinge" in [row.pair for row in health.never_read]
    for name in ("expired", "due", "unowned", "never-read", "asked-for", "verified"):
        assert client_of(nia).get(f"/health/?list={name}&lesson=doors").status_code == 200
    assert client_of(ada).get("/health/").status_code == 404


def test_trust_is_weighted_by_use(released_lesson: Lesson, nia: Person, ada: Person) -> None:
    assert health_of(nia).trusted is None
    assign_owner(*CARD, nia, person=nia)
    verify(*CARD, nia)
    for _ in range(3):
        count_reading(*CARD, ada)
    give(ada, OLD)
    assert health_of(nia).trusted == 75
    assert health_of(nia).verified_share == 100 // len(health_of(nia).rows)


def test_readings_of_editors_and_of_fragments_do_not_count(
    released_lesson: Lesson, nia: Person, ada: Person, client_of: ClientOf
) -> None:
    client_of(nia).get("/cards/door-lock/")
    client_of(ada).get("/ladders/door-repair/", headers={"HX-Request": "true"})
    client_of(ada).get("/cards/nothing/")
    assert not Reading.objects.exists()
    client_of(ada).get("/cards/door-lock/")
    client_of(ada).get("/cards/door-lock/")
    assert Reading.objects.get().count == 2
    Delivery.objects.all().delete()
    Reading.objects.update(day=timezone.now().date() - timedelta(days=100))
    assert not use_of_pieces()


def test_many_pieces_are_assigned_at_once(
    released_lesson: Lesson, nia: Person, max: Person, ada: Person, client_of: ClientOf
) -> None:
    sent = {
        "owner": f"person:{nia.pk}",
        "piece": ["card:door-lock", "guide_entry:door-unbreakable"],
        "list": "unowned",
    }
    assert client_of(ada).post("/health/assign/", sent).status_code == 404
    response = client_of(nia).post("/health/assign/", sent, follow=True)
    assert "2 pieces assigned" in response.content.decode()
    assert {trust.owner for trust in trust_of([ENTRY, CARD]).values()} == {"Nia"}
    for bad in ({**sent, "piece": []}, {**sent, "owner": "person:0"}):
        assert "Tick the pieces" in client_of(nia).post("/health/assign/", bad, follow=True).content.decode()
    strange = client_of(nia).post("/health/assign/", {**sent, "piece": ["teapot:x\x00"]}, follow=True)
    assert "There is no teapot" in strange.content.decode()


def test_a_new_owner_of_many_gets_one_message(released_lesson: Lesson, nia: Person, max: Person) -> None:
    assert assign_many(PIECES, nia, person=max) == 3
    assert [notice.title for notice in Notice.objects.filter(person=max)] == [
        "You answer for 3 pieces more now"
    ]


def test_an_owner_is_chosen_on_the_page_of_a_piece(
    released_lesson: Lesson, nia: Person, north: Team, ada: Person, client_of: ClientOf
) -> None:
    address = "/trust/card/door-lock/"
    assert "<select" not in client_of(ada).get(address).content.decode()
    assert client_of(ada).post(f"{address}owner/", {"owner": f"team:{north.pk}"}).status_code == 404
    sent = {"owner": f"team:{north.pk}", "interval_days": "30"}
    assert (
        "North answers for it now"
        in client_of(nia).post(f"{address}owner/", sent, follow=True).content.decode()
    )
    assert trust_of([CARD])[CARD].interval_days == 30
    bad = client_of(nia).post(f"{address}owner/", {"owner": "team:0", "interval_days": "30"}, follow=True)
    assert "Choose an owner from the list" in bad.content.decode()


def test_a_corrected_line_reaches_the_reader_on_pages(
    released_lesson: Lesson, ada: Person, zoe: Person, max: Person, nia: Person, client_of: ClientOf
) -> None:
    assign_owner(*ENTRY, nia, person=max)
    give(ada, OLD)
    (recall,) = change(nia, do_say=NEW)
    page = client_of(ada).get(f"/corrections/{recall.pk}/").content.decode()
    assert OLD in page
    assert NEW in page
    assert "Whom the old line had reached" not in page
    assert Notice.objects.get(person=ada).read_at is not None
    assert client_of(zoe).get(f"/corrections/{recall.pk}/").status_code == 404
    owner = client_of(max).get(f"/corrections/{recall.pk}/").content.decode()
    assert "It had reached 1 person" in owner
    assert "Ada" in owner
    assert OLD in client_of(ada).get("/corrections/").content.decode()
    assert OLD not in client_of(zoe).get("/corrections/").content.decode()


def test_the_new_line_of_a_lesson_one_may_no_longer_read_is_not_shown(
    released_lesson: Lesson, ada: Person, south: Team, nia: Person, client_of: ClientOf
) -> None:
    give(ada, OLD)
    released_lesson.teams.add(south)
    (recall,) = change(nia, do_say=NEW)
    for address in (f"/corrections/{recall.pk}/", "/corrections/", "/notices/"):
        page = client_of(ada).get(address).content.decode()
        assert OLD in page
        assert NEW not in page


def test_owners_are_reminded_once_of_each_end(released_lesson: Lesson, nia: Person, max: Person) -> None:
    assign_owner(*ENTRY, nia, person=max, interval_days=90)
    verify(*ENTRY, max)
    Notice.objects.all().delete()
    now = timezone.now()
    assert remind_owners(now) == 0
    assert (remind_owners(now + timedelta(days=80)), remind_owners(now + timedelta(days=81))) == (1, 0)
    assert (remind_owners(now + timedelta(days=91)), remind_owners(now + timedelta(days=92))) == (1, 0)
    assert set(Notice.objects.values_list("person__username", "kind")) == {("max", "verify")}


def test_many_reminders_come_as_one(released_lesson: Lesson, nia: Person, max: Person) -> None:
    pairs = [row.pair.split(":", 1) for row in health_of(nia).rows][: MOST_AT_ONCE + 1]
    assign_many([(kind, slug) for kind, slug in pairs], nia, person=max)
    Notice.objects.all().delete()
    assert remind_owners() == 1
    assert Notice.objects.get().url == "/notices/verify/"


def test_recalls_are_listed_where_they_belong(
    released_lesson: Lesson, ada: Person, nia: Person, client_of: ClientOf
) -> None:
    record_deliveries(ada, Surface.SLACK, "answer", [Line(*ENTRY, "do_say", OLD)])
    change(nia, do_say=NEW)
    page = client_of(nia).get("/trust/guide_entry/door-unbreakable/").content.decode()
    assert NEW in page
    assert Recall.objects.count() == 1
    assert NEW not in client_of(ada).get("/trust/guide_entry/door-unbreakable/").content.decode()


def test_what_was_just_asked_for_is_not_asked_for_again(
    released_lesson: Lesson, nia: Person, max: Person
) -> None:
    assign_owner(*ENTRY, nia, person=max)
    assert remind_owners() == 0
    assert [notice.title for notice in Notice.objects.all()] == [
        "You answer for Don’t say “This lock cannot be broken.” now"
    ]
    assert remind_owners(timezone.now() + timedelta(days=15)) == 1
