"""What other applications add to the bot from `AppConfig.ready()`, by dotted path as in context.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    # Applications add to the bot before there are models.
    from enablement.models import Person
    from enablement.slack.dialogues import Filled
    from enablement.slack.posting import Place


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button by its name and value, and what was chosen in the fields beside it, by their names.

    `trigger` opens one dialogue within three seconds; `slack_user` is who pressed.
    """

    name: str
    value: str
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    trigger: str = ""
    slack_user: str = ""


# (person, button, place, key of the request) -> what to say; "" where it follows.
Button = Callable[["Person", Pressed, "Place", str], str]
# (person, what was filled in) -> the answer to Slack: what the dialogue shows then.
Dialogue = Callable[["Person", "Filled"], dict[str, Any]]
# (person) -> the blocks of a part of App Home.
HomeSection = Callable[["Person"], list[dict[str, Any]]]
# (person, place, key of the request, their Slack account) -> what to say at once.
Quiz = Callable[["Person", "Place", str, str], str]

_buttons: dict[str, str] = {
    "verify": "enablement.slack.home.press",
    "handover": "enablement.slack.handing_over.press",
}
_dialogues: dict[str, str] = {
    "suggest_line": "enablement.slack.suggesting.take_suggestion",
    "hand_over": "enablement.slack.handing_over.take_hand_over",
}
_home: list[str] = []
_quiz: list[str] = []


def add_buttons(prefix: str, path: str) -> None:
    """Let the function at `path` take the buttons whose name begins with `prefix` and a colon."""
    _buttons[prefix] = path


def add_dialogue(name: str, path: str) -> None:
    """Let the function at `path` take what is filled in in the dialogue called `name`."""
    _dialogues[name] = path


def add_quiz(path: str) -> None:
    """Let the function at `path` do what `/dosay quiz` asks for."""
    _quiz[:] = [path]


def add_home_section(path: str) -> None:
    """Let the function at `path` make a part of App Home."""
    if path not in _home:
        _home.append(path)


def home_sections() -> list[HomeSection]:
    """Return what makes the parts of App Home, in order."""
    return [_function(path) for path in _home]


def button_for(name: str) -> Button | None:
    """Return who takes a button; None where nobody does."""
    path = _buttons.get(name.partition(":")[0])
    return _function(path) if path else None


def dialogue_for(name: str) -> Dialogue | None:
    """Return who takes a dialogue; None where nobody does."""
    path = _dialogues.get(name)
    return _function(path) if path else None


def quiz() -> Quiz:
    """Return who does what `/dosay quiz` asks for."""
    return _function(_quiz[0])  # type: ignore[no-any-return]


def _function(path: str) -> Any:
    return import_string(path)
