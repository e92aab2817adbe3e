"""App Home: what is due and what waits, as it is now; nothing for whoever is nobody here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from enablement.models import AuditEvent, DateForm, Lesson, Notice, Ownership, Person, SlackLink, Verification
from enablement.slack import texts
from enablement.slack.home import PREFIX
from enablement.slack.linking import unlink_account
from enablement.trust.notices import VERIFY
from enablement.trust.verifying import assign_owner
from quizzes.attempts import submit_attempt
from quizzes.models import Attempt, PendingGrade, PendingState, PracticePlan, Quiz
from quizzes.slack.practising import COMING
from tests.quizzes.conftest import doors_file, every_kind, quiz
from tests.quizzes.doors import answer_of
from tests.slack.conftest import Workspace
from tests.slack.web_api import WebApi

__all__ = ["doors_file", "every_kind", "quiz"]


def words(view: dict[str, Any]) -> str:
    return "\n".join(block["text"]["text"] for block in view["blocks"] if "text" in block)


def buttons(view: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in view["blocks"]:
        for button in block.get("elements", []):
            yield button["text"]["text"], button


def home(workspace: Workspace, api: WebApi) -> dict[str, Any]:
    """Open the home and return what is published."""
    workspace.happens(type="app_home_opened", tab="home")
    workspace.do_work()
    view = api.calls["views.publish"][-1]["view"]
    assert isinstance(view, dict)
    return view


def pressed(workspace: Workspace, api: WebApi, label: str) -> dict[str, Any]:
    """Press a button of the home, and return the home that follows."""
    button = dict(buttons(home(workspace, api)))[label]
    assert workspace.press_at_home(button).status_code == 200
    workspace.do_work()
    view = api.calls["views.publish"][-1]["view"]
    assert isinstance(view, dict)
    return view


def test_somebody_who_is_nobody_here_reads_how_to_link(
    workspace: Workspace, web_api: WebApi, quiz: Quiz, linked_ada: Person
) -> None:
    Person.objects.update(is_active=False)
    shown = home(workspace, web_api)
    assert "/dosay link" in words(shown)
    assert len(shown["blocks"]) == 1


def test_a_rep_sees_practice_and_has_a_question_sent(
    workspace: Workspace, web_api: WebApi, quiz: Quiz, linked_ada: Person
) -> None:
    assert "questions are due" in words(home(workspace, web_api))
    assert COMING in words(pressed(workspace, web_api, "Practise here"))
    [message] = web_api.calls["chat.postMessage"]
    assert message["channel"] == "U1"


def test_practice_rests_and_goes_on(
    workspace: Workspace, web_api: WebApi, quiz: Quiz, linked_ada: Person
) -> None:
    Person.objects.update(date_form=DateForm.YEAR_FIRST)
    said = words(pressed(workspace, web_api, "Pause for a week"))
    assert f"Practice rests until {PracticePlan.objects.get().away_until}" in said
    assert "Practice goes on." in words(pressed(workspace, web_api, "Go on with practice"))


def test_an_owner_says_that_a_card_is_still_true(
    workspace: Workspace, web_api: WebApi, released_lesson: Lesson, linked_ada: Person, nia: Person
) -> None:
    assign_owner("card", "door-lock", nia, person=linked_ada)
    Verification.objects.update(until=timezone.now())
    shown = home(workspace, web_api)
    assert "Waits for your word (1)" in words(shown)
    assert "Verified until" in words(pressed(workspace, web_api, "Still true"))
    assert "Waits for your word" not in words(home(workspace, web_api))


def test_who_does_not_own_it_cannot_verify(
    workspace: Workspace, web_api: WebApi, released_lesson: Lesson, linked_ada: Person
) -> None:
    Ownership.objects.all().delete()
    for value in ("card:door-lock", "card:nothing", "x", "lesson:"):
        workspace.press_at_home({"action_id": f"{PREFIX}:{value}", "value": value})
    workspace.do_work()
    said = [words(call["view"]).splitlines()[0] for call in web_api.calls["views.publish"]]
    assert said[0].startswith("Only its owner")
    assert set(said[1:]) == {texts.PIECE_GONE}
    assert not Verification.objects.filter(person=linked_ada).exists()


def test_a_button_that_opens_a_page_asks_for_nothing(workspace: Workspace, linked_ada: Person) -> None:
    assert workspace.press_at_home({"action_id": "open:desk", "value": "/desk/"}).status_code == 200


def test_unlinked_by_an_admin_the_home_is_empty_at_once(
    workspace: Workspace, web_api: WebApi, linked_ada: Person, root: Person, client: Client
) -> None:
    Person.objects.filter(pk=root.pk).update(is_staff=True)
    client.force_login(root)
    chosen = {"action": "unlink_slack", "_selected_action": linked_ada.pk}
    assert client.post("/admin/enablement/person/", chosen).status_code == 302
    assert not SlackLink.objects.exists()
    assert AuditEvent.objects.get(verb="unlink_slack").actor == root
    workspace.do_work()
    assert "/dosay link" in words(web_api.calls["views.publish"][-1]["view"])
    assert not unlink_account(linked_ada)


def test_without_a_token_nothing_is_published(workspace: Workspace, linked_ada: Person) -> None:
    workspace.happens(type="app_home_opened", tab="home")
    workspace.do_work()


def become(person: Person) -> None:
    """Let Slack's U1 be somebody else."""
    SlackLink.objects.update(person=person)


@pytest.fixture
def owned(released_lesson: Lesson, linked_ada: Person, nia: Person) -> Person:
    """Nia, whose word a card waits for."""
    become(nia)
    assign_owner("card", "door-lock", nia, person=nia)
    Verification.objects.update(until=timezone.now())
    return nia


def hand_over_form(workspace: Workspace, api: WebApi, capture: Any, **more: str) -> dict[str, Any]:
    """Press “Hand over” and return the form that Slack shows."""
    button = dict(buttons(home(workspace, api)))["Hand over"]
    with capture(execute=True):
        workspace.interact(
            type="block_actions", actions=[button], view={"type": "home"}, response_url="", **more
        )
    [call] = api.calls["views.open"]
    view = call["view"]
    assert isinstance(view, dict)
    return view


def send(workspace: Workspace, view: dict[str, Any], owner: str) -> Any:
    state = {"values": {"owner": {"value": {"selected_option": {"value": owner}}}}}
    return workspace.interact(type="view_submission", view=view | {"state": state}).json()


def test_an_editor_hands_a_card_over_from_home(
    workspace: Workspace,
    web_api: WebApi,
    owned: Person,
    root: Person,
    django_capture_on_commit_callbacks: Any,
) -> None:
    view = hand_over_form(workspace, web_api, django_capture_on_commit_callbacks)
    assert f"{root.name} answers for it now" in str(send(workspace, view, f"person:{root.pk}"))
    assert Ownership.objects.get(slug="door-lock").person == root
    assert Notice.objects.filter(person=root, kind=VERIFY).exists()
    workspace.do_work()
    assert "Waits for your word" not in words(web_api.calls["views.publish"][-1]["view"])


@pytest.mark.parametrize("owner", ["", "person:0", "person:x", "nobody"])
def test_handing_over_to_nobody_is_said_by_the_field(
    workspace: Workspace,
    web_api: WebApi,
    owned: Person,
    owner: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    view = hand_over_form(workspace, web_api, django_capture_on_commit_callbacks)
    assert send(workspace, view, owner)["errors"] == {"owner": "Choose somebody from the list."}
    assert Ownership.objects.get(slug="door-lock").person == owned


def test_who_lost_the_card_meanwhile_does_not_hand_it_over(
    workspace: Workspace,
    web_api: WebApi,
    owned: Person,
    root: Person,
    django_capture_on_commit_callbacks: Any,
) -> None:
    view = hand_over_form(workspace, web_api, django_capture_on_commit_callbacks)
    assign_owner("card", "door-lock", root, person=root)
    assert send(workspace, view, f"person:{root.pk}")["errors"] == {"owner": texts.NOT_OWNED}


def test_an_owner_who_is_no_editor_asks_the_editors(
    workspace: Workspace, web_api: WebApi, owned: Person, ada: Person
) -> None:
    become(ada)
    assign_owner("card", "door-lock", owned, person=ada)
    for _ in range(2):
        assert texts.EDITORS_ASKED in words(pressed(workspace, web_api, "Hand over"))
    assert Notice.objects.filter(person=owned, title__startswith="Ada asks for another owner").count() == 1


def test_where_slack_opens_no_form_the_site_has_it(
    workspace: Workspace, web_api: WebApi, owned: Person, django_capture_on_commit_callbacks: Any
) -> None:
    web_api.failing["views.open"] = ["expired_trigger_id"]
    button = dict(buttons(home(workspace, web_api)))["Hand over"]
    with django_capture_on_commit_callbacks(execute=True):
        workspace.press_at_home(button)
    workspace.do_work()
    [call] = web_api.calls["chat.postMessage"]
    assert call["text"].endswith("https://dosay.example/trust/card/door-lock/")


def test_each_sees_what_is_theirs_to_do(
    workspace: Workspace,
    web_api: WebApi,
    every_kind: Attempt,
    owned: Person,
    max: Person,
    root: Person,
    ada: Person,
) -> None:
    """Rep, manager, editor, admin: answers to look at are the manager's, pieces the owner's."""
    submit_attempt(every_kind, ada)
    PendingGrade.objects.create(
        answer=answer_of(every_kind, "kind-free"), since=timezone.now(), state=PendingState.NEEDS_REVIEW
    )
    shown = {}
    for person in (ada, max, owned, root):
        become(person)
        shown[person.username] = words(home(workspace, web_api))
    has = {
        who: ("waits for your decision" in text, "Waits for your word" in text, "You are " in text)
        for who, text in shown.items()
    }
    assert has == {
        "ada": (False, False, True),
        "max": (True, False, True),
        "nia": (False, True, True),
        "root": (True, False, True),
    }
