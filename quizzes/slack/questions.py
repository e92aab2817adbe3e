"""A question of practice as a Slack message, and what becomes of its answer."""

from __future__ import annotations

from django.urls import reverse

from enablement.slack.blocks import Message, button, notice, section
from enablement.slack.limits import MAX_SECTION
from enablement.slack.markup import cut, escape, from_markdown, link
from quizzes.kinds import QuestionKind
from quizzes.sheets.graded_sheet import GradedQuestion
from quizzes.sheets.open_sheet import OpenQuestion

PREFIX = "practice"
ANSWER, UNKNOWN, MORE, NOT_TODAY = "answer", "unknown", "more", "enough"
# Kinds that one press of a button answers.
PRESSED = frozenset({QuestionKind.ONE_CHOICE, QuestionKind.SORT, QuestionKind.CHEAPEST_STEP})
_LETTERS = "ABCDEFGHIJ"


def question_message(item: int, question: OpenQuestion) -> Message:
    """A question with a button for each choice; one that a button cannot answer leads to the site."""
    asked = "\n".join(filter(None, [f"*{escape(question.ask)}*", from_markdown(question.prompt)]))
    message = notice(question.prompt or question.ask)
    if question.kind not in PRESSED:
        where = link(reverse("practice"), "Answer this one on the site")
        rows = [button("Not today", f"{PREFIX}:{NOT_TODAY}", str(item))]
        return message | {"blocks": [section(asked), section(where), {"type": "actions", "elements": rows}]}
    choices = list(zip(_LETTERS, question.choices, strict=False))
    lines = [f"*{letter}*  {from_markdown(choice.text)}" for letter, choice in choices]
    buttons = [
        button(letter, f"{PREFIX}:{ANSWER}:{letter}", f"{item}:{choice.name}") for letter, choice in choices
    ]
    buttons.append(button("I do not know", f"{PREFIX}:{UNKNOWN}", str(item)))
    buttons.append(button("Not today", f"{PREFIX}:{NOT_TODAY}", str(item)))
    blocks = [section(asked), section("\n".join(lines)), {"type": "actions", "elements": buttons}]
    return message | {"blocks": blocks}


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
