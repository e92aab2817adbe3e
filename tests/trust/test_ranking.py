"""What has expired ranks below a verified equal, and is named as expired."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from enablement.lessons.load import load_lessons
from enablement.models import Card, Lesson, Person, Verification
from enablement.retrieval.indexing import index_lesson
from enablement.retrieval.search import search
from enablement.retrieval.standing import vouched_first
from enablement.trust.verifying import assign_owner, verify
from tests.small_lesson import small_lesson
from tests.trust.conftest import ClientOf

TWINS = ("door-lock", "gate-lock")


@pytest.fixture
def twins(encoder: None, nia: Person) -> None:
    """Two lessons with the same words, both verified."""
    load_lessons([small_lesson("doors"), small_lesson("gates")])
    for lesson in Lesson.objects.all():
        index_lesson(lesson)
    for slug in TWINS:
        assign_owner("card", slug, nia, person=nia)
        verify("card", slug, nia)


@pytest.mark.parametrize("slug", TWINS)
def test_the_expired_one_of_two_equals_comes_second(twins: None, ada: Person, slug: str) -> None:
    Verification.objects.filter(slug=slug).update(until=timezone.now() - timedelta(days=1))
    hits = [hit for hit in search("A lock holds the door shut.", ada).hits if hit.field == "what_it_is"]
    cards = [(hit.slug, hit.trust) for hit in hits if hit.slug in TWINS]
    (other,) = set(TWINS) - {slug}
    assert cards == [(other, "verified"), (slug, "expired")]


def test_a_better_match_comes_first_even_if_it_has_expired() -> None:
    assert vouched_first([1, 2], {1: (0.9, 5.0), 2: (0.7, 5.0)}, {1}) == [1, 2]
    assert vouched_first([1, 2], {1: (0.9, 5.0), 2: (0.9, 3.0)}, {1}) == [1, 2]
    assert vouched_first([1, 2], {1: (0.9, 5.0), 2: (0.89, 4.9)}, {1}) == [2, 1]
    assert vouched_first([1, 2, 3], {1: (None, 5.0), 2: (None, 5.0), 3: (None, 1.0)}, {1, 3}) == [2, 1, 3]
    assert vouched_first([2, 1], {1: (0.9, 5.0), 2: (0.9, 5.0)}, set()) == [2, 1]


def test_the_page_and_the_api_say_so(twins: None, ada: Person, client_of: ClientOf) -> None:
    Verification.objects.filter(slug="door-lock").update(until=timezone.now() - timedelta(days=1))
    client = client_of(ada)
    assert "Expired</span>" in client.get("/search/?q=lock").content.decode()
    hits = client.get("/api/v1/search/?q=lock").json()["hits"]
    assert {hit["trust"] for hit in hits if hit["slug"] == "door-lock"} == {"expired"}
    cards = client.get("/api/v1/cards/").json()["results"]
    assert {card["slug"]: card["trust"] for card in cards if card["slug"] in TWINS} == {
        "door-lock": "expired",
        "gate-lock": "verified",
    }
    assert client.get("/api/v1/cards/gate-lock/").json()["trust"] == "verified"


def test_the_api_asks_once_for_all_pieces(
    twins: None, ada: Person, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(ada)
    assert Card.objects.count() == 4
    with django_assert_max_num_queries(9):
        client.get("/api/v1/cards/")
