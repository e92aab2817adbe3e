"""Pages of the knowledge base: who sees what, and what stands on them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from enablement.models import Card, GuideEntry, Lesson, Person, State, Team
from enablement.views.content import PHRASINGS_A_PAGE

PAGES = [
    ("home", []),
    ("lesson-list", []),
    ("lesson-detail", ["doors"]),
    ("card-list", []),
    ("card-detail", ["door-lock"]),
    ("comparison-detail", ["door-lock-or-hinge"]),
    ("guide", []),
    ("guide-entry-detail", ["door-unbreakable"]),
    ("analogy-detail", ["door-as-a-book"]),
    ("distinction-detail", ["door-problem"]),
    ("ladder-detail", ["door-repair"]),
    ("glossary", []),
    ("sort", []),
    ("check", []),
    ("search", []),
]
DETAILS = [(name, slugs) for name, slugs in PAGES if slugs]


@pytest.mark.parametrize(("name", "slugs"), PAGES)
@pytest.mark.usefixtures("released_lesson")
def test_a_rep_reads_every_page(ada_client: Client, name: str, slugs: list[str]) -> None:
    html = ada_client.get(reverse(name, args=slugs)).content.decode()
    assert html.count("<h1") == 1
    assert 'href="#content"' in html
    assert "<title>" in html


@pytest.mark.parametrize(("name", "slugs"), PAGES)
@pytest.mark.usefixtures("released_lesson")
def test_a_stranger_is_sent_to_sign_in(client: Client, name: str, slugs: list[str]) -> None:
    response = client.get(reverse(name, args=slugs))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign-in"))


@pytest.mark.parametrize(("name", "slugs"), DETAILS)
def test_a_rep_never_sees_another_teams_lesson(
    ada_client: Client, south: Team, released_lesson: Lesson, name: str, slugs: list[str]
) -> None:
    released_lesson.teams.add(south)
    assert ada_client.get(reverse(name, args=slugs)).status_code == 404


@pytest.mark.parametrize(("name", "slugs"), DETAILS)
def test_a_rep_of_that_team_sees_it(
    client: Client, zoe: Person, south: Team, released_lesson: Lesson, name: str, slugs: list[str]
) -> None:
    released_lesson.teams.add(south)
    client.force_login(zoe)
    assert client.get(reverse(name, args=slugs)).status_code == 200


@pytest.mark.usefixtures("released_lesson")
def test_a_rep_never_sees_an_unreleased_card_anywhere(ada_client: Client) -> None:
    Card.objects.filter(slug="door-lock").update(state=State.DRAFT, title="Xylograph")
    assert ada_client.get("/cards/door-lock/").status_code == 404
    for name, slugs in PAGES:
        if slugs != ["door-lock"]:
            assert "Xylograph" not in ada_client.get(reverse(name, args=slugs)).content.decode(), name


@pytest.mark.usefixtures("released_lesson")
def test_an_editor_sees_an_unreleased_card_and_that_it_is_one(client: Client, nia: Person) -> None:
    Card.objects.filter(slug="door-lock").update(state=State.DRAFT)
    client.force_login(nia)
    assert "only editors see it" in client.get("/cards/door-lock/").content.decode()


@pytest.mark.usefixtures("released_lesson")
def test_an_unreleased_guide_entry_is_not_on_the_cards_page(ada_client: Client) -> None:
    GuideEntry.objects.get(slug="door-unbreakable").cards.add(Card.objects.get(slug="door-lock"))
    assert "cannot be broken" in ada_client.get("/cards/door-lock/").content.decode()
    GuideEntry.objects.update(state=State.IN_REVIEW)
    assert "cannot be broken" not in ada_client.get("/cards/door-lock/").content.decode()


@pytest.mark.usefixtures("released_lesson")
def test_a_card_page_takes_a_fixed_number_of_queries(
    ada_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Person, the lessons one may see, card and its sources; the headings of what belongs to it and of its
    neighbours; fits and their sources; disagreements, their positions and whose they are. Who vouches for it,
    what has expired, messages that wait, the count of readings. The session.
    More content must not mean more queries."""
    ada_client.get("/cards/door-lock/")
    with django_assert_num_queries(16):
        ada_client.get("/cards/door-lock/")


@pytest.mark.usefixtures("released_lesson")
def test_content_is_escaped(ada_client: Client) -> None:
    Card.objects.filter(slug="door-lock").update(
        title="<b>Lock</b>", summary="<i>s</i>", what_it_is="<script>x</script>"
    )
    html = ada_client.get("/cards/door-lock/").content.decode()
    assert "<b>Lock</b>" not in html
    assert "<i>s</i>" not in html
    assert "<script>x" not in html


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("name", ["lesson-list", "card-list", "guide", "glossary", "home"])
def test_an_empty_page_says_what_will_appear(ada_client: Client, name: str) -> None:
    html = ada_client.get(reverse(name)).content.decode()
    assert "appear" in html or "release" in html


def test_long_lists_of_phrasings_are_turned_page_by_page(ada_client: Client, released_lesson: Lesson) -> None:
    entry = GuideEntry.objects.get(slug="door-unbreakable")
    entry.phrasings.all().delete()
    for number in range(PHRASINGS_A_PAGE + 1):
        entry.phrasings.create(text=f"Lasts for {number} years.", breaks=True)
    first = ada_client.get(entry.get_absolute_url()).content.decode()
    last = f"Lasts for {PHRASINGS_A_PAGE} years."
    assert last not in first
    assert 'href="?misleads=2&amp;close=1#phrasings"' in first
    assert last in ada_client.get(f"{entry.get_absolute_url()}?misleads=2").content.decode()
    assert "Lasts for 0 years." in ada_client.get(f"{entry.get_absolute_url()}?misleads=x").content.decode()


@pytest.mark.django_db
def test_a_form_with_nothing_to_choose_from_says_what_comes_first(nia: Person, max: Person) -> None:
    paths = {nia: ("/fixed-answers/new/", "/flags/propose/", "/flags/example/", "/guide-csv/", "/questions/")}
    for person, pages in {**paths, max: ("/assigning/new/",)}.items():
        client = Client()
        client.force_login(person)
        for path in pages:
            page = client.get(path).content.decode().partition("<main")[2]
            assert 'class="empty"' in page, path
            assert 'method="post"' not in page, path
