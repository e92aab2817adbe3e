"""The stage: people write and press as in Slack, and everything that the bot answers is written down."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from enablement.models import Person, SlackLink
from tests.slack.conftest import Workspace
from tests.slack.conversations.rendering import buttons, shown
from tests.slack.web_api import WebApi

ACCOUNTS: Final = {"Ada": "U1", "Max": "U2", "Nia": "U3", "Ruth": "U4", "Eve": "U5"}
NAMES: Final = {account: name for name, account in ACCOUNTS.items()}
DIRECT, CHANNEL = "D1", "C1"


class Stage:
    """Who does something is called by name; what the bot says is written down as soon as it is said."""

    def __init__(self, workspace: Workspace, api: WebApi, capture: Any) -> None:
        self.lines: list[str] = []
        self._workspace, self._api, self._capture = workspace, api, capture
        # The server has seen other conversations before.
        self._seen = Counter({name: len(said) for name, said in workspace.server.messages.items()})
        self._buttons: dict[str, dict[str, Any]] = {}
        self._dialogue: dict[str, Any] = {}
        self._who = "Ada"
        self._container: dict[str, Any] = {}

    def link(self, who: str, person: Person) -> None:
        SlackLink.objects.create(person=person, slack_team="T1", slack_user=ACCOUNTS[who])

    def scene(self, title: str, words: str = "") -> None:
        self.lines += [f"## {title}", "", *([words, ""] if words else [])]

    def types(self, text: str, who: str = "Ada", shows: str = "") -> None:
        """Write a command. `shows` stands in the transcript instead, where the text is too long for one."""
        self._does(who, f"`/dosay {shows or text}`".replace(" `", "`"))
        with self._capture(execute=True):
            said = self._workspace.say(text, user=ACCOUNTS[who])
        self._bot(f"for {who} only", {"blocks": [{"type": "section", "text": {"text": said}}]})
        self._container = {"is_ephemeral": True}
        self._follow()

    def says(self, text: str, who: str = "Ada", **event: Any) -> None:
        """Write a message: to the bot, in a channel with its name, or in a thread."""
        where = {"im": "to the bot"}.get(event.get("channel_type", ""), "in the channel")
        thread = ", in the thread" if event.get("thread_ts") else ""
        self._does(who, f"{where}{thread}: {text.replace('<@UBOT>', '@Dosay')}")
        with self._capture(execute=True):
            self._workspace.happens(text=text, user=ACCOUNTS[who], **event)
        self._follow()

    def uses(self, shortcut: str, label: str, message: str, who: str = "Ada") -> None:
        """Choose an entry of a message's menu."""
        self._does(who, f"on the message “{message}” chooses *{label}*")
        words = {"text": message, "ts": "1700000000.000100"}
        self._interact(who, type="message_action", callback_id=shortcut, message=words)

    def opens_home(self, who: str = "Ada") -> None:
        self._does(who, "opens the bot’s home")
        with self._capture(execute=True):
            self._workspace.happens(type="app_home_opened", tab="home", user=ACCOUNTS[who])
        self._follow()

    def presses(self, label: str, who: str = "Ada", **chosen: list[str]) -> None:
        """Press a button of what was said last; `chosen` is ticked in the fields beside it."""
        ticked = f", having ticked {', '.join(map(', '.join, chosen.values()))}" if chosen else ""
        self._does(who, f"presses `[ {label} ]`{ticked}")
        values = {
            name: {"chosen": {"selected_options": [{"value": one} for one in options]}}
            for name, options in chosen.items()
        }
        more: dict[str, Any] = {"state": {"values": values}, "container": self._container}
        if not self._container:
            more = {"view": {"type": "home"}, "response_url": ""}
        self._interact(who, type="block_actions", actions=[self._buttons[label]], **more)

    def sends(self, who: str = "Ada", **fields: str) -> None:
        """Fill the dialogue in and send it; a value that begins with @ is chosen from the list."""
        self._does(who, "fills it in and sends it: " + "; ".join(f"“{text}”" for text in fields.values()))
        values: dict[str, Any] = {}
        for block in self._dialogue["blocks"]:
            if block["type"] != "input":
                continue
            name, element = block["block_id"], block["element"]
            if element["type"] == "static_select":
                wanted = fields.get(name)
                option = next(
                    one for one in element["options"] if wanted is None or one["text"]["text"] == wanted
                )
                values[name] = {"value": {"selected_option": option}}
            else:
                values[name] = {"value": {"value": fields.get(name, element.get("initial_value", ""))}}
        filled = self._dialogue | {"state": {"values": values}}
        self._interact(who, type="view_submission", view=filled)

    def happens(self, what: str) -> None:
        """Something outside of Slack happened; what the bot writes by itself follows."""
        self.lines += [f"*{what}*", ""]
        self._follow()

    def _interact(self, who: str, **payload: Any) -> None:
        user = {"id": ACCOUNTS[who], "team_id": "T1"}
        with self._capture(execute=True):
            response = self._workspace.interact(user=user, **payload)
        if response.content:
            self._dialogue_said(response.json())
        self._follow()

    def _dialogue_said(self, answer: dict[str, Any]) -> None:
        if answer["response_action"] == "errors":
            for problem in answer["errors"].values():
                self.lines += ["**The form stays open and says**", "", f"> {problem}", ""]
        else:
            self._bot("in place of the form", answer["view"])

    def _does(self, who: str, what: str) -> None:
        self._who = who
        self.lines += [f"**{who}** {what}", ""]

    def _bot(self, where: str, message: dict[str, Any]) -> None:
        self.lines += [f"**Dosay** ({where})", "", *shown(message), ""]
        self._buttons = buttons(message) or self._buttons

    def _follow(self) -> None:
        """Have the worker do what waits, and write down what arrives."""
        with self._capture(execute=True):
            self._workspace.do_work()
        for name, messages in list(self._workspace.server.messages.items()):
            for message in messages[self._seen[name] :]:
                everybody = message["response_type"] == "in_channel"
                self._bot("for everybody in the channel" if everybody else f"for {self._who} only", message)
                self._container = {"is_ephemeral": True}
            self._seen[name] = len(messages)
        for method, calls in list(self._api.calls.items()):
            for call in calls[self._seen[method] :]:
                self._called(method, call)
            self._seen[method] = len(calls)

    def _called(self, method: str, call: dict[str, Any]) -> None:
        thread = ", in the thread" if call.get("thread_ts") else ""
        match method:
            case "views.open":
                self._dialogue = call["view"]
                self.lines += [f"**A form opens**: {call['view']['title']['text']}", "", *shown(call["view"])]
                self.lines += [">", f"> `[ {call['view']['submit']['text']} ]`", ""]
            case "views.publish":
                self._bot("home", call["view"])
                self._container = {}
            case "chat.postEphemeral":
                self._bot(f"for {self._who} only{thread}", call)
                self._container = {"is_ephemeral": True}
            case "chat.postMessage":
                to = NAMES.get(call["channel"], self._who)
                self._bot(f"direct message to {to}{thread}", call)
                stands = {"channel_id": DIRECT, "message_ts": "1700000000.000100", "is_ephemeral": False}
                self._container = {"type": "message", **stands}
