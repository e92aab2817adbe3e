"""Who vouches for a line and until when: computed from what people did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from enablement.models import AuditEvent, Fit, Lesson, Notice, Person, Revision, Team, Term, Verification
from enablement.trust.facts import all_expired, trust_of
from enablement.trust.owners import owners_of
from enablement.trust.pieces import UnknownPiece
from enablement.trust.states import TrustState, state_of
from enablement.trust.verifying import MayNotVerify, after_release, assign_owner, verify

ENTRY = ("guide_entry", "door-unbreakable")
CARD = ("card", "door-lock")
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def state(pair: tuple[str, str], now: datetime | None = None) -> TrustState:
    return trust_of([pair], now)[pair].state


def revision(lesson: Lesson, number: int = 1) -> Revision:
    kind, slug = ENTRY
    return Revision.objects.create(
        lesson=lesson, kind=kind, slug=slug, number=number, item={}, state="superseded", reason="Clearer."
    )


@pytest.mark.parametrize(
    ("is_owned", "days", "expected"),
    [
        (False, 100, "unowned"),
        (False, None, "unowned"),
        (True, None, "due"),
        (True, -1, "expired"),
        (True, 0, "expired"),
        (True, 1, "due"),
        (True, 14, "due"),
        (True, 15, "verified"),
    ],
)
def test_the_state_follows_from_owner_and_date(is_owned: bool, days: int | None, expected: str) -> None:
    until = None if days is None else NOW + timedelta(days=days)
    assert state_of(is_owned=is_owned, until=until, now=NOW) == expected


def test_a_weekly_check_is_not_due_from_its_first_day() -> None:
    until = NOW + timedelta(days=7)
    assert state_of(is_owned=True, until=until, now=NOW, interval_days=7) == TrustState.VERIFIED
    assert (
        state_of(is_owned=True, until=until, now=NOW + timedelta(days=4), interval_days=7) == TrustState.DUE
    )


def test_a_piece_is_unowned_then_due_then_verified_then_due_then_expired(
    released_lesson: Lesson, nia: Person
) -> None:
    assert state(ENTRY) == TrustState.UNOWNED
    assign_owner(*ENTRY, nia, person=nia, interval_days=90)
    assert state(ENTRY) == TrustState.DUE
    verify(*ENTRY, nia)
    now = timezone.now()
    assert state(ENTRY) == TrustState.VERIFIED
    assert state(ENTRY, now + timedelta(days=80)) == TrustState.DUE
    assert state(ENTRY, now + timedelta(days=91)) == TrustState.EXPIRED


def test_an_owner_who_is_gone_leaves_the_piece_unowned(released_lesson: Lesson, nia: Person) -> None:
    assign_owner(*ENTRY, nia, person=nia)
    verify(*ENTRY, nia)
    nia.is_active = False
    nia.save()
    assert state(ENTRY) == TrustState.UNOWNED


def test_a_team_owns_as_long_as_somebody_in_it_is_there(
    released_lesson: Lesson, north: Team, ada: Person, max: Person, zoe: Person, nia: Person
) -> None:
    assign_owner(*ENTRY, nia, team=north)
    verify(*ENTRY, ada)
    assert trust_of([ENTRY])[ENTRY].owner == "North"
    with pytest.raises(MayNotVerify):
        verify(*ENTRY, zoe)
    Person.objects.filter(pk=ada.pk).update(is_active=False)
    assert state(ENTRY) == TrustState.VERIFIED
    Person.objects.filter(pk=max.pk).update(is_active=False)
    assert state(ENTRY) == TrustState.UNOWNED


def test_only_the_owner_or_an_admin_may_verify(
    released_lesson: Lesson, nia: Person, root: Person, max: Person
) -> None:
    assign_owner(*ENTRY, nia, person=max)
    with pytest.raises(MayNotVerify):
        verify(*ENTRY, nia)
    assert not Verification.objects.filter(person=nia).exists()
    verify(*ENTRY, root)
    assert trust_of([ENTRY])[ENTRY].verified_by == "Root"


def test_what_is_not_there_cannot_be_verified(nia: Person) -> None:
    with pytest.raises(UnknownPiece):
        verify("card", "nothing", nia)
    with pytest.raises(UnknownPiece):
        verify("teapot", "door-lock", nia)


def test_a_new_owner_has_to_verify_anew(released_lesson: Lesson, nia: Person, max: Person) -> None:
    assign_owner(*ENTRY, nia, person=nia)
    verify(*ENTRY, nia)
    assign_owner(*ENTRY, nia, person=max)
    assert state(ENTRY) == TrustState.DUE
    assert Notice.objects.get(person=max).kind == "verify"
    verify(*ENTRY, max)
    assert state(ENTRY) == TrustState.VERIFIED
    assert Notice.objects.get(person=max).read_at is not None


def test_the_same_owner_again_changes_no_date(released_lesson: Lesson, nia: Person) -> None:
    assign_owner(*ENTRY, nia, person=nia)
    verify(*ENTRY, nia)
    assign_owner(*ENTRY, nia, person=nia, interval_days=30)
    assert state(ENTRY) == TrustState.VERIFIED
    assert trust_of([ENTRY])[ENTRY].interval_days == 30


def test_a_release_by_the_owner_verifies(released_lesson: Lesson, nia: Person) -> None:
    assign_owner(*ENTRY, nia, person=nia)
    after_release(revision(released_lesson), nia)
    assert state(ENTRY) == TrustState.VERIFIED
    assert not Notice.objects.exists()


def test_a_release_by_somebody_else_makes_it_due_and_asks_the_owner(
    released_lesson: Lesson, nia: Person, max: Person
) -> None:
    assign_owner(*ENTRY, max, person=max)
    verify(*ENTRY, max)
    after_release(revision(released_lesson), nia)
    trust = trust_of([ENTRY])[ENTRY]
    assert (trust.state, trust.verified_by) == (TrustState.DUE, "Max")
    assert state(ENTRY, timezone.now() + timedelta(days=15)) == TrustState.EXPIRED
    notice = Notice.objects.get(person=max)
    assert (notice.kind, notice.text, notice.url) == ("verify", "Clearer.", "/guide/door-unbreakable/")


def test_a_change_does_not_prolong_what_had_expired_soon(
    released_lesson: Lesson, nia: Person, max: Person
) -> None:
    assign_owner(*ENTRY, max, person=max)
    verify(*ENTRY, max)
    Verification.objects.update(until=timezone.now() + timedelta(days=2))
    after_release(revision(released_lesson), nia)
    assert state(ENTRY, timezone.now() + timedelta(days=3)) == TrustState.EXPIRED


def test_a_release_of_what_nobody_owns_leaves_it_unowned(released_lesson: Lesson, nia: Person) -> None:
    assert after_release(revision(released_lesson), nia) is None
    assert state(ENTRY) == TrustState.UNOWNED


def test_the_trust_of_many_pieces_is_one_query(
    released_lesson: Lesson, nia: Person, north: Team, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assign_owner(*ENTRY, nia, person=nia)
    assign_owner(*CARD, nia, team=north)
    verify(*ENTRY, nia)
    with django_assert_num_queries(1):
        found = trust_of([ENTRY, CARD, ("card", "door-hinge")])
    assert [found[pair].state for pair in (ENTRY, CARD, ("card", "door-hinge"))] == [
        "verified",
        "due",
        "unowned",
    ]


def test_every_verb_is_recorded(released_lesson: Lesson, nia: Person) -> None:
    assign_owner(*ENTRY, nia, person=nia)
    verify(*ENTRY, nia)
    verbs = list(AuditEvent.objects.filter(actor=nia).values_list("verb", flat=True))
    assert verbs == ["verify", "assign_owner"]


def test_a_situation_and_a_term_are_vouched_for_with_their_card(released_lesson: Lesson, nia: Person) -> None:
    fit, term = Fit.objects.get(), Term.objects.get()
    Term.objects.update(card=fit.card)
    pairs = [("fit", fit.slug), ("term", term.slug)]
    assign_owner("card", fit.card.slug, nia, person=nia)
    verify("card", fit.card.slug, nia)
    assert {trust.state for trust in trust_of(pairs).values()} == {TrustState.VERIFIED}
    assert owners_of(*pairs[0]) == [nia]
    later = timezone.now() + timedelta(days=400)
    assert {trust.state for trust in trust_of(pairs, later).values()} == {TrustState.EXPIRED}
    assert set(pairs) <= all_expired(later)


def test_a_term_without_a_card_is_vouched_for_with_its_lesson(released_lesson: Lesson, nia: Person) -> None:
    term = Term.objects.get()
    Term.objects.update(card=None)
    assign_owner("lesson", released_lesson.slug, nia, person=nia)
    verify("term", term.slug, nia)
    assert state(("lesson", released_lesson.slug)) == state(("term", term.slug)) == TrustState.VERIFIED
    assert ("term", term.slug) in all_expired(timezone.now() + timedelta(days=400))


def test_a_situation_that_somebody_else_changes_makes_its_card_due(
    released_lesson: Lesson, nia: Person, root: Person
) -> None:
    fit = Fit.objects.get()
    pair = ("card", fit.card.slug)
    assign_owner(*pair, nia, person=nia)
    verify(*pair, nia)
    changed = Revision.objects.create(
        lesson=released_lesson, kind="fit", slug=fit.slug, number=2, item={}, state="superseded"
    )
    assert after_release(changed, nia) is None
    assert state(pair) == TrustState.VERIFIED
    after_release(changed, root)
    assert state(pair) == TrustState.DUE
    assert fit.title in Notice.objects.get(person=nia).title
