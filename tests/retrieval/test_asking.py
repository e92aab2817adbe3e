"""What a question is widened by: synonyms, mended slips, phrases word for word; and whom that shows what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enablement.models import Card, Lesson, Person, Synonym, Team
from enablement.retrieval.asking import phrases_of, read_question
from enablement.retrieval.candidates import Filters
from enablement.retrieval.facets import search_faceted
from enablement.retrieval.indexing import index_lesson
from enablement.retrieval.search import search
from enablement.retrieval.spelling import corrections, nearest, slips
from enablement.retrieval.synonyms import other_names

RINGS = [["single sign-on", "SSO"], ["identity, credential, and access management", "ICAM"]]


@pytest.fixture
def indexed(released_lesson: Lesson, encoder: None) -> Lesson:
    index_lesson(released_lesson)
    return released_lesson


def test_other_names_are_known_whatever_the_case_and_the_hyphens() -> None:
    names = other_names("Does sso work with Single Sign On?", RINGS)
    assert (names.also, names.proper) == ((), ())
    names = other_names("What is icam?", RINGS)
    assert names.also == names.proper == ("identity, credential, and access management",)
    assert other_names("Single sign-on?", RINGS).also == ("SSO",)
    assert other_names("Single sign-on?", RINGS).proper == ()
    assert other_names("Classon", RINGS).also == ()


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("retriev", "retreiv", 1), ("hinge", "hinje", 1), ("lock", "lock", 0), ("", "ab", 2), ("ca", "abc", 3)],
)
def test_slips_count_letters_missing_added_wrong_or_swapped(one: str, other: str, count: int) -> None:
    assert slips(one, other) == slips(other, one) == count


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_slips_are_none_for_the_same_word_and_never_more_than_the_longer(one: str, other: str) -> None:
    assert (slips(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= slips(one, other) <= max(len(one), len(other))


def test_the_nearest_word_comes_first_and_the_commoner_of_two() -> None:
    known = [("hinge", 2), ("binge", 9), ("singe", 1), ("fringe", 5)]
    assert nearest("hinje", known) == ["hinge"]
    assert nearest("xinge", known) == ["binge", "hinge", "singe"]


def test_phrases_stand_in_double_quotation_marks() -> None:
    assert phrases_of('the "carries the  door" and “a key” "x') == ["carries the door", "a key"]


@pytest.mark.django_db
def test_a_slip_is_read_as_the_word_that_was_meant(indexed: Lesson, eve: Person) -> None:
    found = search("what carries the dooor hinnge", eve)
    assert found.corrected == {"hinnge": "hinge", "dooor": "door"}
    assert found.hits[0].slug == "door-hinge"


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["bread", "Kubernetes", "dor", "xyzzyplugh", "door"])
def test_words_that_exist_are_short_or_near_nothing_are_left_alone(
    indexed: Lesson, eve: Person, word: str
) -> None:
    assert corrections(f"the {word}", eve) == {}


@pytest.mark.django_db
def test_a_word_of_another_team_is_never_offered(
    indexed: Lesson, south: Team, ada: Person, zoe: Person
) -> None:
    indexed.teams.add(south)
    assert corrections("hinnge", zoe) == {"hinnge": "hinge"}
    assert corrections("hinnge", ada) == {}


@pytest.mark.django_db
def test_synonyms_find_what_is_called_otherwise(indexed: Lesson, eve: Person) -> None:
    assert "door-hinge" not in [hit.slug for hit in search("Tell me about PZQ", eve).hits[:3]]
    Synonym.objects.create(words=["hinge", "PZQ"])
    assert search("Tell me about PZQ", eve).hits[0].slug == "door-hinge"


@pytest.mark.django_db
def test_synonyms_of_a_lesson_one_may_not_see_count_for_nothing(
    indexed: Lesson, south: Team, ada: Person, zoe: Person
) -> None:
    indexed.teams.add(south)
    Synonym.objects.create(words=["hinge", "PZQ"], lesson=indexed)
    Card.objects.filter(slug="door-lock").update(aliases=["RST"])
    assert read_question("RST and PZQ", zoe).also
    assert read_question("RST and PZQ", ada).also == ""


@pytest.mark.django_db
def test_a_phrase_must_be_there_word_for_word(indexed: Lesson, eve: Person) -> None:
    faceted = search_faceted('"hinge carries"', eve, Filters(), limit=50)
    assert faceted.found.hits
    assert all("hinge carries" in f"{hit.title} {hit.text}" for hit in faceted.found.hits)


@pytest.mark.django_db
def test_where_no_passage_holds_the_phrase_the_nearest_are_found_and_the_note_says_so(
    indexed: Lesson, eve: Person
) -> None:
    faceted = search_faceted('"door carries the hinge"', eve, Filters())
    assert faceted.found.hits
    assert "Nothing holds “door carries the hinge” word for word." in faceted.found.note


@pytest.mark.django_db
def test_a_facet_counts_what_choosing_another_value_would_find(indexed: Lesson, eve: Person) -> None:
    whole = search_faceted("door", eve, Filters(), limit=100)
    cards = search_faceted("door", eve, Filters(kinds=["card"]), limit=100)
    assert {hit.kind for hit in cards.found.hits} == {"card"}
    assert cards.total == whole.kinds["card"] == cards.kinds["card"]
    assert cards.kinds == whole.kinds
    assert cards.states == {"unowned": cards.total}
    assert search_faceted("door", eve, Filters(lessons=["other"])).total == 0


@pytest.mark.django_db
def test_what_has_nothing_to_do_with_anything_finds_nothing(indexed: Lesson, eve: Person) -> None:
    assert search_faceted("qwrtpl", eve, Filters()).total == 0
