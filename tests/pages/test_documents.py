"""Documents that were read in, for editors."""

from __future__ import annotations

import pytest
from django.test import Client

from enablement.models import Draft, Person, Source
from enablement.views.documents import pieces

TEXT = "A heading. <b>A lock holds the door shut.</b> The end."


@pytest.fixture
def document(db: None) -> Source:
    source = Source.objects.create(slug="door-paper", title="A paper on doors", text=TEXT)
    Draft.objects.create(
        source=source,
        kind="card",
        item={"title": "Lock", "aliases": ["bolt", "<latch>"]},
        start=11,
        end=45,
        fingerprint="1",
    )
    return source


def test_an_editor_sees_the_text_beside_its_drafts(client: Client, nia: Person, document: Source) -> None:
    client.force_login(nia)
    html = client.get("/documents/door-paper/").content.decode()
    assert "&lt;b&gt;A lock holds the door shut.&lt;/b&gt;</a> The end." in html
    assert "&lt;latch&gt;" in html
    assert "A paper on doors" in client.get("/documents/").content.decode()


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize("path", ["/documents/", "/documents/door-paper/"])
def test_a_rep_and_a_manager_find_nothing_there(client: Client, ada: Person, max: Person, path: str) -> None:
    for person in (ada, max):
        client.force_login(person)
        assert client.get(path).status_code == 404


def test_a_source_without_text_is_no_document(client: Client, nia: Person) -> None:
    Source.objects.create(slug="a-book", title="A book")
    client.force_login(nia)
    assert client.get("/documents/a-book/").status_code == 404


def test_pieces_add_up_to_the_text_even_where_drafts_overlap() -> None:
    drafts = [Draft(pk=n, start=start, end=end) for n, (start, end) in enumerate([(2, 9), (4, 6), (8, 99)])]
    split = pieces("0123456789", drafts)
    assert [text for text, _ in split] == ["01", "2345678", "9"]
    assert [draft and draft.pk for _, draft in split] == [None, 0, 2]
