"""Two nearly equal papers under different names: offered as versions of one document, not joined unasked."""

from __future__ import annotations

import pytest
from django.test import Client

from enablement.lessons import reading
from enablement.lessons.deciding import accept_draft, discard_draft
from enablement.lessons.joining import JoiningError, join_documents
from enablement.lessons.known_documents import PASTED, shared_part, telling_sentences
from enablement.lessons.proposing import Arrival, store_arrival
from enablement.models import DraftState, Lesson, Person, Source
from tests.documents.conftest import draft_of
from tests.documents.papers import PAPER

# Twenty sentences, in paragraphs of five as a page has them.
SENTENCES = [f"The kettle number {number} in the hall is filled by hand every day." for number in range(20)]
PARAGRAPHS = "\n\n".join(" ".join(SENTENCES[at : at + 5]) for at in range(0, 20, 5))
FIRST = f"{PAPER}\n## In the hall\n\n{PARAGRAPHS}\n"
SECOND = FIRST.replace("# Kettles\n", "# Kettles in 2026\n")
SECOND = SECOND.replace("Where the water comes out", "Where one pours").replace(
    SENTENCES[7], "All else waits."
)


def paste(text: str, person: Person, lesson: Lesson | None = None) -> Source:
    source, _ = store_arrival(Arrival(reading.read_document(text, PASTED), PASTED, lesson), person)
    return source


@pytest.fixture
def first(released_lesson: Lesson, nia: Person) -> Source:
    return paste(FIRST, nia, released_lesson)


@pytest.fixture
def second(first: Source, nia: Person) -> Source:
    return paste(SECOND, nia)


def test_it_is_offered_as_a_version_and_stays_its_own_document(first: Source, second: Source) -> None:
    assert second != first
    assert second.nearly_same_as == first
    assert first.versions.count() == 1


def test_as_a_version_only_what_changed_waits_beside_what_it_replaces(
    first: Source, second: Source, nia: Person
) -> None:
    lid, spout = draft_of(first, "term", "Lid"), draft_of(first, "term", "Spout")
    discard_draft(lid, nia)
    accept_draft(spout, nia)
    assert join_documents(second, nia) == first
    assert [version.number for version in first.versions.all()] == [2, 1]
    lid.refresh_from_db()
    assert lid.state == DraftState.DISCARDED
    changed = draft_of(first, "term", "Where one pours")
    assert (changed.state, changed.earlier, changed.target) == (DraftState.PROPOSED, spout, "spout")
    assert not Source.objects.filter(pk=second.pk).exists()


def test_nothing_that_was_worked_on_is_lost(first: Source, second: Source, nia: Person) -> None:
    discard_draft(draft_of(second, "term", "Lid"), nia)
    with pytest.raises(JoiningError, match="Undo those decisions first"):
        join_documents(second, nia)
    assert Source.objects.filter(pk=second.pk).exists()
    assert first.versions.count() == 1


def test_an_editor_says_which_it_is(client: Client, nia: Person, first: Source, second: Source) -> None:
    client.force_login(nia)
    page, decide = f"/documents/{second.slug}/", f"/documents/{second.slug}/alike/"
    assert "Most of this stands in" in client.get(page).content.decode()
    client.post(decide, {"do": "apart"})
    assert "Most of this stands in" not in client.get(page).content.decode()
    Source.objects.filter(pk=second.pk).update(nearly_same_as=first)
    answer = client.post(decide, {"do": "join"}, follow=True).content.decode()
    assert "It is a version of “Kettles” now" in answer
    assert "<ins>" in answer


def test_another_paper_by_the_same_hand_is_offered_nothing(first: Source, nia: Person) -> None:
    other = FIRST.replace("# Kettles\n", "# Pots\n").replace("kettle number", "pot called")
    assert paste(other, nia).nearly_same_as is None


def test_a_page_that_quotes_a_whole_paper_is_no_version_of_it() -> None:
    paper = telling_sentences(PARAGRAPHS)
    page = telling_sentences(
        PARAGRAPHS + "".join(f" This is the remark that has number {at}." for at in range(30))
    )
    assert shared_part(paper, paper) == 1.0
    assert shared_part(paper, page) < 0.7


def test_one_title_over_another_text_is_another_document(first: Source, nia: Person) -> None:
    other = FIRST.replace("kettle", "lantern").replace("is filled by hand every day", "hangs high all night")
    body = other.partition("## In the hall")[2]
    minutes = paste(f"# Kettles\n\n## In the hall{body}", nia)
    assert minutes != first
    assert (minutes.title, minutes.nearly_same_as) == (first.title, first)
    assert paste(f"# Kettles\n\n## In the hall{body}\nOne line more.", nia) == minutes


def test_two_texts_without_a_title_are_two_documents(nia: Person) -> None:
    one, other = (
        paste("The lid is kept warm by the steam.", nia),
        paste("Nobody fills the kettle twice.", nia),
    )
    assert one != other
    assert other.nearly_same_as is None
