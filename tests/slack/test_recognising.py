"""Whose account it is, at each entrance (docs/threats.md, T22): guests and other workspaces get nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from enablement.models import AuditEvent, Feedback, Flag, Identity, Person, SlackLink, Turn
from enablement.slack import blocks, texts
from enablement.slack.api import RATES
from enablement.slack.limits import MEMBERSHIP_LASTS
from enablement.slack.linking import make_link_code, unlink_account
from enablement.slack.recognising import account_of
from enablement.slack.suggesting import CALLBACK
from enablement.trust.mailing import ask_for_mail
from tests.slack.conftest import Workspace
from tests.slack.web_api import WebApi

ISSUER = "https://id.example.org"
ADDRESS = "u1@example.org"
WORDS = {"text": "We train it on your documents.", "ts": "1700000000.000100"}
FORM = {"callback_id": CALLBACK, "state": {"values": {}}, "private_metadata": "{}"}


@pytest.fixture(autouse=True)
def by_address(web_api: WebApi, settings: Any) -> None:
    settings.SLACK_MATCHES_EMAIL, settings.OIDC_ISSUER = True, ISSUER


@pytest.fixture
def known_ada(ada: Person) -> Person:
    """Ada, whom the provider vouches for."""
    Identity.objects.create(person=ada, issuer=ISSUER, subject="ada-1", email=ADDRESS.upper())
    return ada


def asks(workspace: Workspace, **more: str) -> str:
    return workspace.say("what is retrieval?", **more)


class TestAddress:
    def test_a_member_with_the_address_is_its_person(self, workspace: Workspace, known_ada: Person) -> None:
        assert asks(workspace) == texts.LOOKING["ask"]
        link = SlackLink.objects.get()
        assert (link.person, link.email) == (known_ada, ADDRESS)
        assert "address" in str(AuditEvent.objects.get(verb="link_slack").after)
        assert Turn.objects.get().conversation.person == known_ada

    def test_it_is_confirmed_with_each_request(
        self, workspace: Workspace, web_api: WebApi, known_ada: Person
    ) -> None:
        for number in range(1, 4):
            asks(workspace)
            assert len(web_api.calls["users.info"]) == number

    @pytest.mark.parametrize(
        "change",
        [
            {"profile": {"email": "somebody@example.org"}},
            {"profile": {}},
            {"is_email_confirmed": False},
            {"is_restricted": True},
            {"is_ultra_restricted": True},
            {"is_stranger": True},
            {"is_bot": True},
            {"deleted": True},
            {"team_id": "T2"},
        ],
    )
    def test_what_slack_does_not_confirm_any_more_ends_at_once(
        self, workspace: Workspace, web_api: WebApi, known_ada: Person, change: dict[str, Any]
    ) -> None:
        asks(workspace)
        web_api.accounts["U1"] = change
        assert asks(workspace) in (texts.NOT_A_MEMBER, texts.how_to_link())
        assert Turn.objects.count() == 1
        assert not SlackLink.objects.exists()

    @pytest.mark.parametrize("error", ["internal_error", "ratelimited", "token_revoked", "missing_scope"])
    def test_what_cannot_be_confirmed_now_is_nobody_and_stays_linked(
        self, workspace: Workspace, web_api: WebApi, known_ada: Person, error: str
    ) -> None:
        asks(workspace)
        web_api.failing["users.info"] = [error]
        assert asks(workspace) == texts.CANNOT_CONFIRM
        RATES.clear()
        assert asks(workspace) == texts.LOOKING["ask"]

    @pytest.mark.parametrize("change", [{"email": ""}, {"email": "u9@example.org"}, {"issuer": "https://x"}])
    def test_an_address_that_the_provider_did_not_vouch_for_says_nothing(
        self, workspace: Workspace, known_ada: Person, change: dict[str, str]
    ) -> None:
        Person.objects.update(email=ADDRESS)
        Identity.objects.update(**change)
        assert asks(workspace) == texts.how_to_link()

    def test_of_two_people_with_one_address_it_is_neither(
        self, workspace: Workspace, known_ada: Person, zoe: Person
    ) -> None:
        Identity.objects.create(person=zoe, issuer=ISSUER, subject="zoe-1", email=ADDRESS)
        assert asks(workspace) == texts.how_to_link()

    def test_who_left_is_nobody_at_once(self, workspace: Workspace, known_ada: Person) -> None:
        asks(workspace)
        Person.objects.filter(pk=known_ada.pk).update(is_active=False)
        assert asks(workspace) == texts.how_to_link()

    def test_who_has_linked_another_account_keeps_that(self, workspace: Workspace, known_ada: Person) -> None:
        SlackLink.objects.create(person=known_ada, slack_team="T1", slack_user="U7")
        assert asks(workspace) == texts.how_to_link()
        assert SlackLink.objects.get().slack_user == "U7"

    def test_once_unlinked_only_a_code_links_again(self, workspace: Workspace, known_ada: Person) -> None:
        asks(workspace)
        assert unlink_account(known_ada)
        assert asks(workspace) == texts.how_to_link()
        assert "Linked to" in workspace.say(f"link {make_link_code(known_ada)}")
        assert SlackLink.objects.get().email == ""

    def test_without_the_setting_only_linked_people_are_answered(
        self, workspace: Workspace, web_api: WebApi, known_ada: Person, settings: Any
    ) -> None:
        asks(workspace)
        settings.SLACK_MATCHES_EMAIL = False
        assert asks(workspace) == texts.how_to_link()

    def test_what_the_bot_writes_by_itself_is_confirmed_as_well(
        self, workspace: Workspace, web_api: WebApi, known_ada: Person
    ) -> None:
        asks(workspace)
        assert account_of(known_ada) == SlackLink.objects.get()
        web_api.accounts["U1"] = {"is_restricted": True}
        assert account_of(known_ada) is None
        assert ask_for_mail() == 0


# Somebody whom the workspace does not have for a member comes in by each of the doors.
ENTRANCES: dict[str, Callable[[Workspace], Any]] = {
    "command": lambda at: at.say("what is retrieval?"),
    "sort": lambda at: at.say("sort It cites last year's policy."),
    "check": lambda at: at.say("check We train it."),
    "quiz": lambda at: at.say("quiz"),
    "help": lambda at: at.say("help"),
    "unlink": lambda at: at.say("unlink"),
    "mention": lambda at: at.happens(type="app_mention", text="<@UBOT> what is retrieval?"),
    "direct message": lambda at: at.happens(type="message", channel_type="im", text="what is retrieval?"),
    "home": lambda at: at.happens(type="app_home_opened", tab="home"),
    "check this": lambda at: at.interact(type="message_action", callback_id="check_wording", message=WORDS),
    "sort this": lambda at: at.interact(type="message_action", callback_id="sort_statement", message=WORDS),
    "suggest": lambda at: at.interact(type="message_action", callback_id="suggest_line", message=WORDS),
    "form": lambda at: at.interact(type="view_submission", view=FORM),
    "thread": lambda at: at.happens(
        type="message", channel_type="channel", text="and the cost?", thread_ts="1690000000.000001"
    ),
    "written answer": lambda at: at.interact(
        type="view_submission", view=FORM | {"callback_id": "practice_answer"}
    ),
    "question": lambda at: at.interact(
        type="block_actions", actions=[{"action_id": "practice:write", "value": "1"}]
    ),
    "feedback": lambda at: at.interact(
        type="block_actions", actions=[{"action_id": blocks.HELPED, "value": "1" * 32}]
    ),
    "practice": lambda at: at.press_at_home({"action_id": "practice:begin", "value": "begin"}),
    "verify": lambda at: at.press_at_home({"action_id": "verify:card:door-lock", "value": "card:door-lock"}),
    "share": lambda at: at.interact(
        type="block_actions", actions=[{"action_id": blocks.SHARE, "value": "1" * 32}]
    ),
}


def answers_at(workspace: Workspace, web_api: WebApi, entrance: str) -> set[str]:
    """Come in by an entrance; return all that is said, wherever it is said."""
    for calls in web_api.calls.values():
        calls.clear()
    said = ENTRANCES[entrance](workspace)
    workspace.do_work()
    posted = [call for name in ("chat.postMessage", "chat.postEphemeral") for call in web_api.calls[name]]
    posted += workspace.server.messages[getattr(workspace, "name", "")]
    told = [one["text"] for one in posted]
    told += [call["view"]["blocks"][0]["text"]["text"] for call in web_api.calls["views.publish"]]
    told += [said] if isinstance(said, str) else []
    assert told or said.content in (b"", b'{"response_action": "clear"}')
    assert not web_api.calls["views.open"]
    return set(told)


def by_code(person: Person) -> None:
    """Link the account, as by a code an hour ago."""
    looked_at = timezone.now() - MEMBERSHIP_LASTS - timedelta(minutes=45)
    SlackLink.objects.create(person=person, slack_team="T1", slack_user="U1", member_at=looked_at)


@pytest.mark.parametrize(
    "who", ["guest", "guest linked by a code", "of another workspace", "deactivated", "not linked"]
)
def test_who_is_nobody_gets_one_sentence_by_each_entrance(
    workspace: Workspace, web_api: WebApi, known_ada: Person, who: str
) -> None:
    if who != "guest":
        Identity.objects.all().delete()
    if who not in ("guest", "not linked"):
        by_code(known_ada)
    match who:
        case "guest" | "guest linked by a code":
            web_api.accounts["U1"] = {"is_restricted": True}
        case "of another workspace":
            workspace.is_foreign = True
            # Slack says of people it does not have that it does not know them.
            web_api.accounts["U1"] = {"team_id": "T2", "is_stranger": True}
        case "deactivated":
            Person.objects.update(is_active=False)
    reads_how = {blocks.notice(texts.how_to_link())["text"], blocks.escape(texts.how_to_link())}
    allowed = reads_how if who in ("deactivated", "not linked") else {texts.NOT_A_MEMBER}
    for entrance in ENTRANCES:
        assert answers_at(workspace, web_api, entrance) <= allowed, entrance
    assert not any(model.objects.exists() for model in (Turn, Flag, Feedback))


def test_a_guest_who_linked_by_a_code_is_a_person_again_as_a_full_member(
    workspace: Workspace, web_api: WebApi, ada: Person
) -> None:
    by_code(ada)
    web_api.accounts["U1"] = {"is_restricted": True}
    assert asks(workspace) == texts.NOT_A_MEMBER
    assert account_of(ada) is None
    web_api.accounts["U1"] = {}
    assert asks(workspace) == texts.LOOKING["ask"]
    asks(workspace)
    assert len(web_api.calls["users.info"]) == 3, "asked again within a quarter of an hour"


def test_while_slack_cannot_say_what_it_said_of_a_code_stands(
    workspace: Workspace, web_api: WebApi, ada: Person
) -> None:
    by_code(ada)
    web_api.failing["users.info"] = ["internal_error", "internal_error"]
    assert asks(workspace) == texts.LOOKING["ask"]
    SlackLink.objects.update(member_at=None)
    assert asks(workspace) == texts.CANNOT_CONFIRM


@pytest.mark.parametrize("mark", ["user_team", "source_team", "team"])
def test_somebody_of_another_workspace_in_a_shared_channel_gets_nothing(
    workspace: Workspace, web_api: WebApi, linked_ada: Person, mark: str
) -> None:
    workspace.happens(type="app_mention", text="<@UBOT> what is retrieval?", **{mark: "T2"})
    workspace.do_work()
    assert web_api.calls["chat.postEphemeral"][0]["text"] == texts.NOT_A_MEMBER
    assert not Turn.objects.exists()


def test_so_does_their_press_of_a_button_or_a_shortcut(workspace: Workspace, linked_ada: Person) -> None:
    foreigner = {"id": "U1", "team_id": "T2"}
    workspace.interact(type="message_action", callback_id="check_wording", message=WORDS, user=foreigner)
    workspace.do_work()
    assert workspace.server.messages[workspace.name][0]["text"] == texts.NOT_A_MEMBER


@pytest.mark.parametrize("error", ["internal_error", "missing_scope"])
def test_a_guest_cannot_link_by_a_code_nor_anybody_unconfirmed(
    workspace: Workspace, web_api: WebApi, ada: Person, error: str
) -> None:
    code = make_link_code(ada)
    web_api.accounts["U1"] = {"is_ultra_restricted": True}
    assert workspace.say(f"link {code}") == texts.NOT_A_MEMBER
    web_api.accounts["U1"] = {}
    web_api.failing["users.info"] = [error]
    assert workspace.say(f"link {code}") == texts.CANNOT_CONFIRM
    assert "Linked to" in workspace.say(f"link {code}")
