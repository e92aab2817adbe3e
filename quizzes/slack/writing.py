"""A question that is answered in one's own words: a dialogue to write in, opened by the button under it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.db import transaction

from enablement.models import Person, Surface
from enablement.slack.blocks import section
from enablement.slack.client import SlackError
from enablement.slack.dialogues import Filled, dialogue, done, open_dialogue, refused, text_field
from enablement.slack.extensions import Pressed
from enablement.slack.limits import MAX_SECTION
from enablement.slack.markup import cut
from enablement.slack.posting import Place
from enablement.slack.taking import tell
from enablement.slack.texts import site_address
from quizzes.grading import BadResponse
from quizzes.models import PracticeItem
from quizzes.practice.sessions import SessionOver, answer_item
from quizzes.practice.sheets import asked, shown_items
from quizzes.sheets.open_sheet import OpenQuestion
from quizzes.slack.feedback import feedback_follows
from quizzes.slack.questions import asked_text, own_item

CALLBACK, FIELD, TITLE = "practice_answer", "answer", "Your answer"
NOT_OPENED: Final = "Slack did not open the form in time. Press the button again, or answer on the site:"
KEPT: Final = "It is kept and being read. How it went comes in a moment, where the question stands."
ANSWERED: Final = "You have answered this question already, here or on the site. That answer counts."
GONE: Final = "This question is not open any more. Copy what you wrote if you need it."


def open_answer(item: PracticeItem, pressed: Pressed, place: Place, key: str) -> None:
    """Open the dialogue once the press has been noted; where Slack does not open it, say what to do."""
    shown = shown_items(PracticeItem.objects.filter(pk=item.pk)).get()
    view = answer_view(shown.pk, asked(shown), place, pressed.slack_user)
    transaction.on_commit(partial(_open, pressed.trigger, view, place, key))


def answer_view(item: int, question: OpenQuestion, place: Place, slack_user: str) -> dict[str, Any]:
    """Return the dialogue: the question, and a field to write in. It carries where the feedback goes."""
    carried = {"item": item, "place": place.as_json(), "slack_user": slack_user}
    text = section(cut(asked_text(question), MAX_SECTION))
    return dialogue(CALLBACK, TITLE, "Answer", [text, text_field(FIELD, "In your own words")], carried)


def take_answer(person: Person, filled: Filled) -> dict[str, Any]:
    """Keep what was written. Where it cannot be kept the dialogue stays, with the words in it."""
    item = own_item(person, str(filled.carried.get("item", "")))
    if item is None:
        return refused({FIELD: GONE})
    if item.answered_at is not None:
        return refused({FIELD: ANSWERED})
    response = item.question.rules.from_form([filled.fields.get(FIELD, "")])
    try:
        answer_item(item.session, item.position, response, surface=Surface.SLACK)
    except (BadResponse, SessionOver) as error:
        return refused({FIELD: str(error)})
    feedback_follows(item, _place(filled), str(filled.carried.get("slack_user", "")))
    return done(TITLE, KEPT)


def _open(trigger: str, view: dict[str, Any], place: Place, key: str) -> None:
    try:
        open_dialogue(trigger, view)
    except SlackError:
        tell(place, f"{NOT_OPENED} {site_address('practice')}", key=key)


def _place(filled: Filled) -> Place:
    carried = filled.carried.get("place")
    known = carried if isinstance(carried, dict) else {}
    return Place(**{name: str(known.get(name, "")) for name in ("response_url", "channel", "user", "thread")})
