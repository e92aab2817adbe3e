"""A question of practice as a Slack message, and what becomes of its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from enablement.slack.blocks import Block, Message, actions, button, chooser, notice, section
from enablement.slack.limits import MAX_SECTION
from enablement.slack.markup import cut, escape, from_markdown, link
from quizzes.kinds import QuestionKind
from quizzes.sheets.graded_sheet import GradedQuestion
from quizzes.sheets.open_sheet import Choice, OpenQuestion

PREFIX = "practice"
ANSWER, UNKNOWN, MORE, NOT_TODAY = "answer", "unknown", "more", "enough"
PAUSE, BEGIN, RESUME, SEND = "pause", "begin", "resume", "send"
# Kinds that one press of a button answers; for the others one chooses in fields, and sends.
PRESSED = frozenset({QuestionKind.ONE_CHOICE, QuestionKind.SORT, QuestionKind.CHEAPEST_STEP})
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def question_message(item: int, question: OpenQuestion) -> Message:
    """A question with a button for each choice, or with fields to choose in and a button to send them."""
    asked = "\n".join(filter(None, [f"*{escape(question.ask)}*", from_markdown(question.prompt)]))
    message = notice(question.prompt or question.ask)
    if len(question.choices) > len(_LETTERS) and len(question.parts) == 1:
        where = link(reverse("practice"), "Answer this one on the site")
        return message | {"blocks": [section(asked), section(where), actions(_ways_out(item))]}
    if question.kind not in PRESSED:
        send = button("Answer", f"{PREFIX}:{SEND}", str(item))
        return message | {"blocks": [section(asked), *_fields(question), actions([send, *_ways_out(item)])]}
    buttons = [
        button(letter, f"{PREFIX}:{ANSWER}:{letter}", f"{item}:{choice.name}")
        for letter, choice in _by_letter(question.choices)
    ]
    row = actions([*buttons, *_ways_out(item)])
    return message | {"blocks": [section(asked), _lettered(question.choices), row]}


def feedback_message(item: int, graded: GradedQuestion, left: int) -> Message:
    """How an answer came out: what is right and why, the line to say, one card, and whether to go on."""
    said = "Right." if graded.correct else "Not quite." if graded.answered else "Then here it is."
    right = [choice.text for choice in graded.choices if choice.is_correct]
    slips = [choice.misconception for choice in graded.choices if choice.is_chosen and not choice.is_correct]
    parts = [f"*{said}*"]
    if not graded.correct and right:
        parts.append(f"Right is: {from_markdown('; '.join(right))}")
    parts += [from_markdown(slip) for slip in slips if slip]
    parts.append(from_markdown(graded.explanation))
    blocks = [section(cut("\n".join(filter(None, parts)), MAX_SECTION))]
    if graded.say:
        blocks.append(section(f"*Say*\n>{from_markdown(graded.say)}"))
    if graded.card:
        blocks.append(section(link(graded.card.url, graded.card.title)))
    buttons = [button(_more(left), f"{PREFIX}:{MORE}", str(item))] if left else []
    buttons.append(button("That is enough", f"{PREFIX}:{NOT_TODAY}", str(item)))
    return notice(said) | {"blocks": [*blocks, {"type": "actions", "elements": buttons}]}


def _more(left: int) -> str:
    return "One more" if left > 1 else "The last one"


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
