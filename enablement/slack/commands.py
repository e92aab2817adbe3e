"""What somebody wrote after `/dosay`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from html import unescape


class Action(StrEnum):
    """What a command asks for."""

    HELP = "help"
    LINK = "link"
    UNLINK = "unlink"
    QUIZ = "quiz"
    ASK = "ask"
    SORT = "sort"
    CHECK = "check"
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True)
class Command:
    """An action and its text: a question, a statement, a draft, or a code."""

    action: Action
    text: str = ""


ALONE = {Action.HELP, Action.UNLINK, Action.QUIZ}
WITH_TEXT = {Action.SORT, Action.CHECK}
NAMES = sorted({*ALONE, *WITH_TEXT, Action.LINK})
# How like a command (of at most so many letters) a word is that was meant to be it.
NEARLY, LONGEST_NAME = 0.75, 12
_LINK = re.compile(r"link(?:\s+([A-Za-z0-9]{4}-?[A-Za-z0-9]{4}))?", re.IGNORECASE)
# <https://x|label>  <@U1|name>  <#C1|name>  <!subteam^S1|name>  <!here>
_ANGLE = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")


def parse_command(text: str) -> Command:
    """Return what `text` asks for. Anything that is no command of ours is a question.

    `help`, `quiz` and `unlink` count only when they stand alone and `link` only before a code, so that
    “help me explain …” and “link between …” are questions. One word that is nearly a command is mistyped.
    """
    words = plain_words(text).strip()
    first, _, rest = words.partition(" ") if "\n" not in words.split(" ", 1)[0] else words.partition("\n")
    name = first.lower()
    if not words or (name in ALONE and not rest.strip()):
        return Command(Action(name or Action.HELP))
    if code := _LINK.fullmatch(words):
        return Command(Action.LINK, code.group(1) or "")
    if name in WITH_TEXT:
        return Command(Action(name), rest.strip())
    if name.isalpha() and not rest and get_close_matches(name, NAMES, 1, NEARLY):
        return Command(Action.MISTYPED, name[:LONGEST_NAME])
    return Command(Action.ASK, words)


def nearest_name(word: str) -> str:
    """Return the command that a mistyped word was meant to be."""
    return get_close_matches(word, NAMES, 1, NEARLY)[0]


def plain_words(text: str) -> str:
    """Return Slack's text as a person reads it: links by label, mentions by name, `&amp;` as `&`."""
    return unescape(_ANGLE.sub(_name, text))


def _name(match: re.Match[str]) -> str:
    sign, target, label = match.groups()
    if sign == "":
        return label or target
    return f"{'#' if sign == '#' else '@'}{label or target}"
