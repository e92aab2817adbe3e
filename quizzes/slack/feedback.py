"""How an answer came out, as a Slack message, and the work of posting it where the question stands."""

from __future__ import annotations

import logging
from typing import Final

from enablement import outbox
from enablement.own_forms import written_for
from enablement.slack.blocks import Block, Message, actions, button, notice, section
from enablement.slack.client import SlackError
from enablement.slack.limits import MAX_QUOTE, MAX_SECTION
from enablement.slack.markup import cut, escape, from_markdown, link
from enablement.slack.posting import Place, send_or_tell
from quizzes.grading.rubrics import Outcome
from quizzes.grading.written import WrittenCheck
from quizzes.models import PracticeItem
from quizzes.practice.own_words import judge_item
from quizzes.practice.sheets import answered, shown_items
from quizzes.sheets.graded_sheet import GradedQuestion
from quizzes.slack.questions import MORE, NOT_TODAY, PREFIX

log = logging.getLogger(__name__)

# The name of the outbox's work.
FEEDBACK: Final = "practice_feedback_slack"
CANNOT_TELL: Final = "I cannot tell whether that is right."
HELD: Final = "You have a quiz open that asks this. What is right is shown once you have handed it in."
COMPARE: Final = "Compare it with the good answer below. It does not count either way."


def feedback_follows(item: PracticeItem, place: Place, slack_user: str) -> None:
    """Have posted how an answer came out, once for each question."""
    arguments = {"item": item.pk, "place": place.as_json(), "slack_user": slack_user}
    outbox.add_work(FEEDBACK, key=f"{FEEDBACK}:{item.pk}", **arguments)


@outbox.handles(FEEDBACK)
def post_feedback(*, item: int, place: dict[str, str], slack_user: str = "") -> None:
    """Post how an answer came out; one in somebody's own words is judged first, if it is not yet.

    Raises SlackError and EncoderUnavailable: trying again may help.
    """
    judge_item(item)
    found = shown_items(PracticeItem.objects.judged().filter(pk=item)).select_related(
        "session__person", "question__key", "question__card", "question__guide_entry"
    )
    for one in found:
        left = one.session.items.filter(answered_at=None).count() if one.session.ended_at is None else 0
        with written_for(one.session.person):
            message = feedback_message(one.pk, answered(one, one.session.person), left)
        post(Place(**place), message, slack_user)


def post(place: Place, message: Message, slack_user: str) -> None:
    """Post a message of practice. Raises SlackError where trying again may help."""
    try:
        send_or_tell(place, message, slack_user)
    except SlackError as error:
        if not error.permanent:
            raise
        log.warning("practice in Slack could not be posted: %s", error)


def feedback_message(item: int, graded: GradedQuestion, left: int) -> Message:
    """How an answer came out: what is right and why, the line to say, one card, and whether to go on."""
    said = _said(graded)
    blocks = [section(cut("\n".join(filter(None, [f"*{said}*", *_why(graded)])), MAX_SECTION))]
    if not graded.correct and graded.evidence and graded.model_answer:
        blocks.append(section(cut(f"*A good answer*\n>{from_markdown(graded.model_answer)}", MAX_SECTION)))
    if graded.say:
        blocks.append(section(f"*Say*\n>{from_markdown(graded.say)}"))
    if graded.card:
        blocks.append(section(link(graded.card.url, graded.card.title)))
    return notice(said) | {"blocks": [*blocks, _ways_on(item, left)]}


def _said(graded: GradedQuestion) -> str:
    if graded.is_held:
        return HELD
    if graded.is_undecided:
        return CANNOT_TELL
    return "Right." if graded.correct else "Not quite." if graded.answered else "Then here it is."


def _why(graded: GradedQuestion) -> list[str]:
    """What was right, what somebody took to be true, each check of what they wrote, and the explanation."""
    right = [choice.text for choice in graded.choices if choice.is_correct]
    slips = [choice.misconception for choice in graded.choices if choice.is_chosen and not choice.is_correct]
    parts = [f"Right is: {from_markdown('; '.join(right))}"] if right and not graded.correct else []
    parts += [from_markdown(slip) for slip in slips if slip]
    parts += [COMPARE] if graded.is_undecided else []
    parts += [_check(row.check) for row in graded.evidence]
    return [*parts, from_markdown(graded.explanation)]


def _check(check: WrittenCheck) -> str:
    """A yes or no, and the words of the answer that decide it."""
    no = "Said" if check.spoils else "Cannot tell" if check.outcome == Outcome.OPEN else "No"
    words = f": “{cut(escape(' '.join(check.quote.split())), MAX_QUOTE)}”" if check.quote else ""
    return f"• *{'Yes' if check.met else no}*  {from_markdown(check.title)}{words}"


def _ways_on(item: int, left: int) -> Block:
    more = "One more" if left > 1 else "The last one"
    buttons = [button(more, f"{PREFIX}:{MORE}", str(item))] if left else []
    return actions([*buttons, button("That is enough", f"{PREFIX}:{NOT_TODAY}", str(item))])
