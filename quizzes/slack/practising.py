"""Practice by direct message and `/dosay quiz`. An answer is kept with its acknowledgement; feedback follows.

Answered here or in the browser, an item counts once: it is one row, and the first answer stays.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from enablement import outbox
from enablement.models import Person, Surface
from enablement.own_forms import day, written_for
from enablement.slack.blocks import Message, notice
from enablement.slack.extensions import Pressed
from enablement.slack.posting import Place
from enablement.slack.recognising import account_of
from quizzes.deadlines import server_now
from quizzes.grading import BadResponse
from quizzes.kinds import ONE_PRESS
from quizzes.models import PracticeItem, PracticePlan
from quizzes.practice.days import day_of, zone_of
from quizzes.practice.plans import go_away, room_today
from quizzes.practice.sessions import (
    NothingToPractise,
    SessionOver,
    answer_item,
    end_session,
    next_item,
    start_session,
)
from quizzes.practice.sheets import asked, shown_items
from quizzes.release import asked_now
from quizzes.slack.feedback import feedback_follows, post
from quizzes.slack.questions import (
    ANSWER,
    BEGIN,
    MORE,
    NOT_TODAY,
    PAUSE,
    RESUME,
    SEND,
    UNKNOWN,
    WRITE,
    own_item,
    question_message,
)
from quizzes.slack.writing import open_answer

# The name of the outbox's work.
ASK = "practice_slack"
FETCHING: Final = "Choosing a question…"
ENOUGH: Final = "All right. What is due comes again another day."
COMING: Final = "A question comes in your messages."
NOTHING_CHOSEN: Final = "Nothing is chosen yet. Choose, then press Answer."
PAUSE_FOR: Final = timedelta(days=7)
GONE: Final = "This question is not open any more. Write /dosay quiz for another."


def quiz(person: Person, place: Place, key: str, slack_user: str) -> str:
    """`/dosay quiz`: have a question posted, and return what to say at once."""
    _ask_later(person, place, key, slack_user)
    return FETCHING


def press(person: Person, pressed: Pressed, place: Place, key: str) -> str:
    """Take a button under a question or in App Home, and return what to say; "" where something follows."""
    what = pressed.name.split(":")[1] if ":" in pressed.name else ""
    if what == BEGIN:
        _ask_later(person, place, key, pressed.slack_user)
        return COMING
    if what in (PAUSE, RESUME):
        return _pause(person, what == PAUSE, server_now())
    item = own_item(person, pressed.value)
    if item is None:
        return GONE
    if what == NOT_TODAY:
        end_session(item.session)
        return ENOUGH
    if what == MORE:
        # Beside the others, not in the thread of the last one.
        _ask_later(person, replace(place, thread=""), key, pressed.slack_user)
        return ""
    if what == WRITE:
        return _write(item, pressed, place, key)
    if what not in (ANSWER, SEND, UNKNOWN):
        return GONE
    return _take(item, what, pressed, place)


def _pause(person: Person, pauses: bool, now: datetime) -> str:
    today = day_of(now, zone_of(person.time_zone))
    back = today + PAUSE_FOR if pauses else None
    go_away(person, back)
    return f"Practice rests until {day(back)}." if back else "Practice goes on."


def _take(item: PracticeItem, what: str, pressed: Pressed, place: Place) -> str:
    """Keep an answer; how it came out follows. Nothing chosen in the fields is no answer yet."""
    chosen = [name for names in pressed.chosen.values() for name in names]
    if what == ANSWER:
        chosen = [pressed.value.partition(":")[2]]
    if what == SEND and not chosen:
        return NOTHING_CHOSEN
    response = item.question.rules.from_form(chosen) if what != UNKNOWN else None
    try:
        answer_item(item.session, item.position, response, surface=Surface.SLACK)
    except (BadResponse, SessionOver) as error:
        return str(error)
    feedback_follows(item, place, pressed.slack_user)
    return ""


def _write(item: PracticeItem, pressed: Pressed, place: Place, key: str) -> str:
    """Open the dialogue to write in; what was answered already is shown how it went."""
    if item.answered_at is not None:
        feedback_follows(item, place, pressed.slack_user)
        return ""
    if item.session.ended_at is not None:
        return GONE
    open_answer(item, pressed, place, key)
    return ""


def ask_those_who_wish(now: datetime | None = None) -> int:
    """Have a question sent to everybody whose hour it is, once on their day; return to how many."""
    now = now or timezone.now()
    plans = PracticePlan.objects.filter(
        slack_hour__isnull=False, person__is_active=True, person__slack_link__isnull=False
    ).select_related("person__slack_link")
    return sum(_ask_at_hour(plan, now) for plan in plans)


def _ask_at_hour(plan: PracticePlan, now: datetime) -> bool:
    zone = zone_of(plan.person.time_zone)
    if now.astimezone(zone).hour != plan.slack_hour or not room_today(plan, now):
        return False
    account = plan.person.slack_link.slack_user
    key = f"daily:{plan.person_id}:{day_of(now, zone):%Y-%m-%d}"
    return _ask_later(plan.person, Place(channel=account), key, account, by_itself=True)


def _ask_later(person: Person, place: Place, key: str, slack_user: str, *, by_itself: bool = False) -> bool:
    arguments = {"place": place.as_json(), "slack_user": slack_user, "by_itself": by_itself}
    return outbox.add_work(ASK, key=f"{ASK}:{key}", person=person.pk, **arguments) is not None


@outbox.handles(ASK)
def post_question(*, person: int, place: dict[str, str], slack_user: str, by_itself: bool = False) -> None:
    """Post the next question of a person's practice, or why there is none. Raises SlackError.

    What the bot sends by itself it sends only where there is something to practise.
    """
    found = Person.objects.filter(pk=person, is_active=True, slack_link__isnull=False).first()
    if found is None or (by_itself and account_of(found) is None):
        return
    with written_for(found):
        message = _next_question(found)
    if isinstance(message, str):
        if by_itself:
            return
        message = notice(message)
    post(Place(**place), message, slack_user)


def _next_question(person: Person) -> Message | str:
    try:
        item = next_item(start_session(person), server_now())
    except NothingToPractise as error:
        return str(error)
    if item is None:
        return ENOUGH
    # What one press answers comes first: it takes the least of somebody who is doing something else.
    left = item.session.items.filter(answered_at=None).exclude(question__slug__in=asked_now(person))
    chosen = left.filter(question__kind__in=ONE_PRESS).first() or item
    shown = shown_items(PracticeItem.objects.filter(pk=chosen.pk)).get()
    return question_message(shown.pk, asked(shown))
