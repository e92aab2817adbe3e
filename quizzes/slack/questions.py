"""A question of practice as a Slack message: buttons, fields to choose in, or one to write in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from enablement.models import Person
from enablement.slack.api import has_token
from enablement.slack.blocks import Block, Message, actions, button, chooser, notice, section
from enablement.slack.markup import escape, from_markdown, link
from quizzes.kinds import ONE_PRESS
from quizzes.models import PracticeItem
from quizzes.sheets.open_sheet import Choice, OpenQuestion

PREFIX = "practice"
ANSWER, UNKNOWN, MORE, NOT_TODAY = "answer", "unknown", "more", "enough"
PAUSE, BEGIN, RESUME, SEND, WRITE = "pause", "begin", "resume", "send", "write"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def question_message(item: int, question: OpenQuestion) -> Message:
    """A question with a button for each choice, with fields to choose in, or with one to write an answer."""
    asked = asked_text(question)
    message = notice(question.prompt or question.ask)
    if not question.rules.is_graded_at_once and has_token():
        write = button("Write the answer", f"{PREFIX}:{WRITE}", str(item))
        return message | {"blocks": [section(asked), actions([write, *_ways_out(item)])]}
    if not question.choices or (len(question.choices) > len(_LETTERS) and len(question.parts) == 1):
        where = link(reverse("practice"), "Answer this one on the site")
        return message | {"blocks": [section(asked), section(where), actions(_ways_out(item))]}
    if question.kind not in ONE_PRESS:
        send = button("Answer", f"{PREFIX}:{SEND}", str(item))
        return message | {"blocks": [section(asked), *_fields(question), actions([send, *_ways_out(item)])]}
    buttons = [
        button(letter, f"{PREFIX}:{ANSWER}:{letter}", f"{item}:{choice.name}")
        for letter, choice in _by_letter(question.choices)
    ]
    row = actions([*buttons, *_ways_out(item)])
    return message | {"blocks": [section(asked), _lettered(question.choices), row]}


def asked_text(question: OpenQuestion) -> str:
    """What to do, and the question or the statement."""
    return "\n".join(filter(None, [f"*{escape(question.ask)}*", from_markdown(question.prompt)]))


def own_item(person: Person, value: str) -> PracticeItem | None:
    """Return the person's own item by what a button or a dialogue calls it."""
    number = value.partition(":")[0]
    if not (number.isdigit() and len(number) < 19):
        return None
    items = PracticeItem.objects.filter(session__person=person, pk=int(number))
    return items.select_related("session__person", "question").first()


def _fields(question: OpenQuestion) -> list[Block]:
    """Boxes to tick under the choices by letter; for a question with parts, each part and its list."""
    if len(question.parts) == 1:
        options = [(choice.name, letter) for letter, choice in _by_letter(question.choices)]
        boxes = chooser("answer", "Tick all that apply", options, several=True)
        return [_lettered(question.choices), boxes]
    blocks = []
    for number, part in enumerate(question.parts, 1):
        options = [(choice.name, choice.text) for choice in part.choices]
        label = f"To {number}" if part.text else "Choose"
        blocks += [section(f"*{number}*  {from_markdown(part.text)}")] if part.text else []
        blocks.append(chooser(f"answer-{number}", label, options, several=False))
    return blocks


def _lettered(choices: Sequence[Choice]) -> Block:
    lines = [f"*{letter}*  {from_markdown(choice.text)}" for letter, choice in _by_letter(choices)]
    return section("\n".join(lines))


def _by_letter(choices: Sequence[Choice]) -> Iterator[tuple[str, Choice]]:
    return zip(_LETTERS, choices, strict=False)


def _ways_out(item: int) -> list[Block]:
    return [
        button("I do not know", f"{PREFIX}:{UNKNOWN}", str(item)),
        button("Not today", f"{PREFIX}:{NOT_TODAY}", str(item)),
        button("Pause for a week", f"{PREFIX}:{PAUSE}", str(item)),
    ]
