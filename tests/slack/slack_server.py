"""A local server in place of Slack's response addresses. It refuses what Slack would refuse."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from enablement.slack.limits import (
    MAX_BLOCKS,
    MAX_CARRIED,
    MAX_MODAL_TITLE,
    MAX_SECTION,
    MAX_VIEW_BLOCKS,
    RESPONSE_USES,
)

MAX_TEXT = 40_000
MAX_ELEMENTS = 10
MAX_BUTTONS = 25
# In Slack's markup an angle bracket begins a link or a mention and nothing else.
ANGLE = re.compile(r"<([^<>]*)>")
LINK = re.compile(r"https?://[^|\s]+\|[^|]+")


def problems_of(message: Any) -> list[str]:
    """What Slack's validation would find in a message; empty where it would take it."""
    if not isinstance(message, dict):
        return ["not an object"]
    found = []
    if message.get("response_type") not in ("ephemeral", "in_channel"):
        found.append("response_type")
    if not isinstance(message.get("text"), str) or not 0 < len(message["text"]) <= MAX_TEXT:
        found.append("text")
    return found + problems_of_blocks(message.get("blocks", []))


def problems_of_blocks(blocks: Any) -> list[str]:
    """What Slack would find in the blocks of a message."""
    if not isinstance(blocks, list) or len(blocks) > MAX_BLOCKS:
        return ["too many blocks"]
    names = [block["block_id"] for block in blocks if "block_id" in block]
    repeated = [] if len(set(names)) == len(names) else ["block_id"]
    return repeated + [problem for block in blocks for problem in _block_problems(block)]


def problems_of_modal(view: Any) -> list[str]:
    """What Slack would find in a dialogue."""
    blocks = view.get("blocks")
    if view.get("type") != "modal" or not isinstance(blocks, list) or not 0 < len(blocks) <= MAX_VIEW_BLOCKS:
        return ["not a modal with 1 to 100 blocks"]
    found = [
        name for name in ("title", "submit", "close") if not 0 < len(view[name]["text"]) <= MAX_MODAL_TITLE
    ]
    if len(view.get("private_metadata", "")) > MAX_CARRIED or len(view.get("callback_id", "")) > 255:
        found.append("private_metadata or callback_id")
    names = [block["block_id"] for block in blocks if "block_id" in block]
    found += [] if len(set(names)) == len(names) else ["block_id"]
    return found + [problem for block in blocks for problem in _modal_problems(block)]


def _modal_problems(block: Any) -> list[str]:
    if block.get("type") != "input" or block["element"]["type"] != "plain_text_input":
        return _block_problems(block)
    element = block["element"]
    most = element.get("max_length", 3_000)
    fits = 0 < most <= 3_000 and len(element.get("initial_value", "")) <= most
    return [] if fits and 0 < len(block["label"]["text"]) <= 2_000 else ["a field to write in"]


def _block_problems(block: Any) -> list[str]:
    if block.get("type") == "section":
        return _text_problems(block["text"])
    if block.get("type") == "context":
        elements = block["elements"]
        counted = [] if 0 < len(elements) <= MAX_ELEMENTS else ["number of elements"]
        return counted + [problem for element in elements for problem in _text_problems(element)]
    if block.get("type") == "actions":
        return _button_problems(block["elements"])
    if block.get("type") == "header":
        return (
            []
            if block["text"]["type"] == "plain_text" and 0 < len(block["text"]["text"]) <= 150
            else ["header"]
        )
    if block.get("type") == "input":
        return _choice_problems(block)
    return [f"unknown block {block.get('type')}"]


def _choice_problems(block: Any) -> list[str]:
    """A field to choose in: its name, its label, and as many options as its kind takes."""
    element = block["element"]
    most = {"checkboxes": 10, "static_select": 100, "multi_static_select": 100}.get(element["type"], 0)
    found = [] if 0 < len(element["options"]) <= most else ["number of options"]
    if not 0 < len(block.get("block_id", "")) <= 255 or not 0 < len(block["label"]["text"]) <= 2000:
        found.append("a field without name or label")
    for option in element["options"]:
        if option["text"]["type"] != "plain_text" or not 0 < len(option["text"]["text"]) <= 75:
            found.append("text of an option")
        if not 0 < len(option["value"]) <= 150:
            found.append("value of an option")
    return found


def _button_problems(buttons: Any) -> list[str]:
    names = [button["action_id"] for button in buttons]
    found = [] if 0 < len(buttons) <= MAX_BUTTONS else ["number of buttons"]
    if len(set(names)) != len(names) or any(not 0 < len(name) <= 255 for name in names):
        found.append("action_id")
    for button in buttons:
        if button["text"]["type"] != "plain_text" or not 0 < len(button["text"]["text"]) <= 75:
            found.append("text of a button")
        if not 0 < len(button["value"]) <= 2000:
            found.append("value of a button")
    return found


def _text_problems(text: Any) -> list[str]:
    if text.keys() - {"type", "text", "emoji", "verbatim"}:
        return ["unknown key in a text"]
    if not 0 < len(text["text"]) <= MAX_SECTION:
        return [f"a text of {len(text['text'])} characters"]
    if text["type"] == "plain_text":
        return ["verbatim in plain text"] if "verbatim" in text else []
    return ["emoji in mrkdwn"] if "emoji" in text else []


def marked_up(message: dict[str, Any]) -> list[str]:
    """Everything between angle brackets that Slack would act on."""
    texts = [message["text"]]
    texts += [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]
    return [found for text in texts for found in ANGLE.findall(text)]


def stray_mentions(message: dict[str, Any]) -> list[str]:
    """What is marked up and is no link with a label: mentions of people, channels and groups."""
    return [found for found in marked_up(message) if not LINK.fullmatch(found)]


class SlackServer:
    """Takes posts to `/commands/<name>`. `statuses[name]` are answers to give first, in order."""

    def __init__(self) -> None:
        self.messages: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.uses: dict[str, int] = defaultdict(int)
        self.statuses: dict[str, list[int]] = defaultdict(list)
        self.ended: set[str] = set()
        # When the first message came to a response address, by the machine's monotonic clock.
        self.arrived: dict[str, int] = {}
        # What answers the web API, where a test has one: (method, headers, body) -> (status, headers, body).
        self.api: Any = None
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def response_url(self, name: str) -> str:
        return f"{self.url}/commands/{name}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def take(self, name: str, content_type: str, body: bytes) -> tuple[int, str]:
        """Return status and text, as Slack's response addresses give them."""
        if self.statuses[name]:
            return self.statuses[name].pop(0), "scripted"
        if name in self.ended:
            return 404, "expired_url"
        if self.uses[name] >= RESPONSE_USES:
            return 404, "used_url"
        if content_type.split(";")[0] != "application/json":
            return 400, "invalid_payload"
        try:
            message = json.loads(body)
        except ValueError:
            return 400, "invalid_payload"
        if found := problems_of(message):
            return 400, f"invalid_blocks: {found}"
        self.uses[name] += 1
        self.arrived.setdefault(name, time.monotonic_ns())
        self.messages[name].append(message)
        return 200, "ok"


def _handler(slack: SlackServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kind, _, name = self.path.strip("/").partition("/")
            more: dict[str, str] = {}
            status, text = 404, "no_such_page"
            if kind == "commands":
                status, text = slack.take(name, self.headers.get("Content-Type", ""), body)
            elif kind == "api" and slack.api:
                status, more, answer = slack.api.answer(name, self.headers, body)
                text = json.dumps(answer)
                more["Content-Type"] = "application/json"
            self.send_response_only(status)
            for header, value in more.items():
                self.send_header(header, value)
            if status in (301, 302, 307, 308):
                self.send_header("Location", slack.response_url("elsewhere"))
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: Any) -> None:
            """Nothing on standard error."""

    return Handler
