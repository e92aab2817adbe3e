"""Content in the API: what one may see, whole, and nothing that hangs on it unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enablement.models import Lesson, Person
from tests.api.conftest import Program

LISTS = ["lessons", "cards", "guide-entries", "analogies", "comparisons", "terms"]
Of = Callable[[Person], Program]


@pytest.mark.parametrize("name", LISTS)
def test_nobody_reads_without_signing_in(name: str, pieces: Lesson) -> None:
    response = Client().get(f"/api/v1/{name}/")
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not_signed_in"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_and_its_pieces_read_the_same(name: str, pieces: Lesson, ada: Person, program: Of) -> None:
    listed = program(ada).get(f"{name}/").json()["results"]
    assert len(listed) == 1
    assert program(ada).get(f"{name}/{listed[0]['slug']}/").json() == listed[0]
    assert program(ada).get(f"{name}/{listed[0]['slug']}").json() == listed[0]


def test_a_card_comes_with_its_released_fits(pieces: Lesson, ada: Person, program: Of) -> None:
    card = program(ada).get("cards/prompting/").json()
    assert card["lesson"] == "tuning"
    assert card["url"] == "/cards/prompting/"
    assert [(fit["kind"], fit["title"]) for fit in card["fits"]] == [("fits", "released fit")]


def test_what_is_not_released_shows_nowhere(pieces: Lesson, ada: Person, program: Of) -> None:
    seen = "".join(program(ada).get(f"{name}/").content.decode() for name in LISTS)
    for hidden in ("hidden-card", "draft fit", "secret cell", "south"):
        assert hidden not in seen
    assert program(ada).get("analogies/chef/").json()["card"] is None
    assert program(ada).get("comparisons/both/").json()["traits"][0]["cells"] == {"prompting": "cheap"}


@pytest.mark.parametrize(
    "path", ["cards/hidden-card/", "cards/south-card/", "lessons/south-only/", "cards/no/"]
)
def test_what_one_may_not_see_is_not_there(path: str, pieces: Lesson, ada: Person, program: Of) -> None:
    response = program(ada).get(path)
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


def test_another_teams_lesson_is_theirs(pieces: Lesson, zoe: Person, program: Of) -> None:
    assert program(zoe).get("cards/south-card/").status_code == 200


def test_editors_see_drafts(pieces: Lesson, nia: Person, program: Of) -> None:
    assert program(nia).get("cards/hidden-card/").json()["state"] == "draft"


def test_a_guide_entry_comes_with_its_examples_as_on_its_page(
    pieces: Lesson, ada: Person, program: Of
) -> None:
    entry = program(ada).get("guide-entries/train-it/").json()
    assert entry["phrasings"] == [{"text": "Made for you.", "breaks": True}]


@pytest.mark.parametrize("name", LISTS)
def test_content_is_read_only(name: str, pieces: Lesson, nia: Person, program: Of) -> None:
    response = program(nia).post(f"{name}/", {})
    assert response.status_code == 405
    assert response.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize("name", LISTS)
def test_the_number_of_queries_does_not_grow_with_the_list(
    name: str, pieces: Lesson, ada: Person, program: Of, django_assert_max_num_queries: CaptureQueriesContext
) -> None:
    caller = program(ada)
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        assert caller.get(f"{name}/").status_code == 200


@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"limit": "-1"}, {"limit": "x"}, {"limit": "1e3"}, {"limit": "9" * 40}, {"limit": "201"},
     {"offset": "-1"}, {"offset": "9" * 40}, {"offset": "٣٣"}, {"limit": "\0"}, {"limit": ""}],
)  # fmt: skip
def test_a_page_that_is_none_is_an_error(query: dict[str, str], ada: Person, program: Of) -> None:
    response = program(ada).get("cards/", **query)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(query)


@pytest.mark.parametrize("slug", ["%00", "a%00b", "..", "a" * 500, "%F0%9F%98%80", "1;select", "[]", "null"])
def test_a_slug_that_is_none_is_not_there(slug: str, ada: Person, program: Of) -> None:
    for name in LISTS:
        assert program(ada).get(f"{name}/{slug}/").status_code == 404
