"""The page of synonyms."""

from __future__ import annotations

import pytest
from django.test import Client

from enablement.editing.synonyms import read_names
from enablement.models import AuditEvent, Person, Synonym
from enablement.texts import BadText


def test_names_stand_with_equals_signs_between_them() -> None:
    names = "identity, credential, and access  management = ICAM= ICAM"
    assert read_names(names) == ["identity, credential, and access management", "ICAM"]


MANY = " = ".join(f"n{at}" for at in range(13))


@pytest.mark.parametrize("text", ["", "SSO", "SSO =", "=", "SSO = ?", MANY, f"SSO = {'x' * 101}"])
def test_what_is_no_pair_of_names_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BadText, match=r"\.$"):
        read_names(text)


def test_an_editor_adds_changes_and_removes(client: Client, nia: Person) -> None:
    client.force_login(nia)
    client.post("/synonyms/", {"names": "single sign-on = SSO"})
    kept = Synonym.objects.get()
    client.post("/synonyms/", {"names": "single sign-on = SSO = one login", "synonym": kept.pk})
    assert Synonym.objects.get().words == ["single sign-on", "SSO", "one login"]
    assert "single sign-on = SSO = one login" in client.get("/synonyms/").content.decode()
    client.post("/synonyms/remove/", {"synonym": kept.pk})
    assert not Synonym.objects.exists()
    assert list(AuditEvent.objects.filter(kind="synonym").order_by("pk").values_list("verb", flat=True)) == [
        "add",
        "change",
        "delete",
    ]


def test_what_was_typed_stays_where_it_does_not_fit(client: Client, nia: Person) -> None:
    client.force_login(nia)
    Synonym.objects.create(words=["single sign-on", "SSO"])
    response = client.post("/synonyms/", {"names": "SSO = single sign-on"})
    assert response.status_code == 400
    assert "already kept" in response.content.decode()


@pytest.mark.parametrize(
    "sent", [{"synonym": "x"}, {"synonym": "9" * 30}, {"synonym": "7"}, {"lesson": "no\0"}]
)
def test_what_does_not_exist_is_a_404(client: Client, nia: Person, sent: dict[str, str]) -> None:
    client.force_login(nia)
    assert client.post("/synonyms/", {"names": "a1 = b1", **sent}).status_code == 404


def test_reps_have_no_such_page(ada_client: Client) -> None:
    assert ada_client.get("/synonyms/").status_code == 404
    assert ada_client.post("/synonyms/remove/", {"synonym": 1}).status_code == 404
