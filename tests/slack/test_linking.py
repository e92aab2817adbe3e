"""Which person a Slack account is (docs/threats.md, T22)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from enablement.models import AuditEvent, Conversation, Person, SlackLink, SlackLinkCode, Work
from enablement.slack.linking import CannotLink, link_account, linked_person, make_link_code, unlink_account
from tests.slack.conftest import Workspace


def test_somebody_not_linked_reads_how_to_and_gets_no_knowledge(workspace: Workspace, ada: Person) -> None:
    for text in ("what is LoRA?", "sort it is out of date", "check we train it", "quiz", "help", "unlink"):
        assert "/dosay link" in workspace.say(text)
    assert not Work.objects.exists()
    assert not Conversation.objects.exists()


def test_a_code_links_once(workspace: Workspace, ada: Person, zoe: Person) -> None:
    code = make_link_code(ada)
    assert "Linked to" in workspace.say(f"link {code.lower()}")
    assert linked_person("T1", "U1") == ada
    assert "Make a new one" in workspace.say(f"link {code}", user="U2")
    assert linked_person("T1", "U2") is None
    assert AuditEvent.objects.filter(actor=ada, verb="link_slack").count() == 1


def test_a_code_ends_after_ten_minutes(ada: Person) -> None:
    code = make_link_code(ada)
    SlackLinkCode.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(CannotLink):
        link_account(code, "T1", "U1")


def test_a_new_code_ends_the_one_before(ada: Person) -> None:
    first, second = make_link_code(ada), make_link_code(ada)
    with pytest.raises(CannotLink):
        link_account(first, "T1", "U1")
    assert link_account(second, "T1", "U1") == ada


def test_the_code_is_not_stored(ada: Person) -> None:
    code = make_link_code(ada).replace("-", "")
    assert code not in str(SlackLinkCode.objects.values_list())


def test_an_account_of_somebody_else_is_not_taken_over(linked_ada: Person, zoe: Person) -> None:
    code = make_link_code(zoe)
    with pytest.raises(CannotLink, match="unlink"):
        link_account(code, "T1", "U1")
    assert linked_person("T1", "U1") == linked_ada
    assert unlink_account(linked_ada)
    assert link_account(code, "T1", "U1") == zoe


def test_the_same_user_of_another_workspace_is_somebody_else(
    workspace: Workspace, linked_ada: Person
) -> None:
    assert "/dosay link" in workspace.say("what is LoRA?", team="T2")


def test_a_person_who_left_is_nobody(workspace: Workspace, linked_ada: Person) -> None:
    Person.objects.filter(pk=linked_ada.pk).update(is_active=False)
    assert "/dosay link" in workspace.say("what is LoRA?")
    assert not Work.objects.exists()


def test_the_link_ends_from_slack(workspace: Workspace, linked_ada: Person) -> None:
    workspace.say("unlink")
    assert not SlackLink.objects.exists()
    assert "/dosay link" in workspace.say("help")


def test_the_link_is_made_and_ended_on_the_account_page(workspace: Workspace, ada: Person) -> None:
    client = Client()
    client.force_login(ada)
    page: Any = client.post("/account/slack-code/")
    code = page.context["code"]
    assert f"/dosay link {code}" in page.content.decode()
    workspace.say(f"link {code}")
    assert "Linked to the Slack account U1" in client.get("/account/").content.decode()
    assert client.post("/account/slack-unlink/").status_code == 302
    assert not SlackLink.objects.exists()
