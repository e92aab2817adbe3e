"""What is played: every feature of the bot once, with the starter lessons and the real judges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from enablement.models import GuideEntry, MailChoice, MessagesBy, Person, Recall, Verification
from enablement.slack.linking import make_link_code
from enablement.trust import recalls
from enablement.trust.mailing import ask_for_mail
from enablement.trust.reminders import remind_owners
from enablement.trust.verifying import assign_owner
from quizzes.assignments.giving import Wanted, give_assignment
from quizzes.models import PracticeItem, PracticeSession, Question, Quiz
from quizzes.practice.sessions import start_session
from tests.slack.conversations.stage import CHANNEL, DIRECT, Stage
from tests.slack.web_api import WebApi

MENTION = {"type": "app_mention", "channel": CHANNEL}
ROOT = "1700000000.000001"
# One point of three, and a line rewritten with all of them.
PARTLY = "I would first ask for shorter answers in the prompt. Training is for later."
REWRITTEN = (
    "With retrieval it makes things up less often. It can still be wrong, so each answer shows its source "
    "and a person can check it."
)
Play = Callable[[Stage, dict[str, Person], WebApi], None]


def asking(stage: Stage, cast: dict[str, Person], api: WebApi) -> None:
    stage.scene("A question, and the answer shared")
    stage.types("Can we promise that retrieval ends made-up answers?")
    stage.presses("Share in the channel")
    stage.scene("An answer that did not help")
    stage.types("When does fine-tuning pay off?")
    stage.presses("It did not")
    stage.presses("It is outdated")
    stage.scene("A question that the lessons do not answer")
    stage.types("What is the dose of ibuprofen for a child?")
    stage.scene("The bot is named in a channel, and the thread goes on")
    stage.says("<@UBOT> How often should the documents be indexed again?", ts=ROOT, **MENTION)
    stage.says(
        "And what does that cost?", type="message", channel_type="channel", channel=CHANNEL, thread_ts=ROOT
    )
    stage.scene("A direct message")
    stage.says("What is a context window?", type="message", channel_type="im", channel=DIRECT)


def sorting_and_checking(stage: Stage, cast: dict[str, Person], api: WebApi) -> None:
    stage.scene("Sort what the buyer said")
    stage.types("sort The assistant quotes last year's leave policy.")
    stage.types("sort Every answer is right but far too long.")
    stage.scene("Check a draft")
    stage.types("check We can train the model on your documents. It never makes things up.")
    stage.types("check Thank you for the call. We will send the notes tomorrow.")
    stage.scene("From a message's menu")
    stage.uses("check_wording", "Check this wording", "It never makes things up.")
    stage.uses("sort_statement", "Sort this", "It does not know our new travel rules.")
    stage.uses("suggest_line", "Suggest a line", "Our AI reads all your documents overnight.")
    stage.sends(
        do_say="Our assistant looks things up in the documents you connect.",
        why="Nothing is read overnight; documents are searched when somebody asks.",
    )


def practice(stage: Stage, cast: dict[str, Person], api: WebApi) -> None:
    stage.scene("One press answers")
    session = start_session(cast["Ada"])
    session.items.all().delete()
    for position, kind in enumerate(["one_choice", "free_text", "several_choices"]):
        _ask(session, position, kind)
    stage.types("quiz")
    stage.presses("A")
    stage.scene("In one's own words")
    PracticeItem.objects.filter(session=session, question__kind="several_choices").delete()
    stage.presses("One more")
    stage.presses("Write the answer")
    stage.sends(answer="")
    stage.sends(answer=PARTLY)
    session = _another(cast["Ada"])
    _ask(session, 0, "rewrite")
    stage.types("quiz")
    stage.presses("Write the answer")
    stage.sends(answer=REWRITTEN)
    stage.scene("Enough for today, and a week of rest")
    session = _another(cast["Ada"])
    _ask(session, 0, "several_choices")
    stage.types("quiz")
    stage.presses("Pause for a week")
    stage.presses("Not today")


def _another(person: Person) -> PracticeSession:
    PracticeSession.objects.filter(person=person, ended_at=None).update(ended_at=timezone.now())
    session = PracticeSession.objects.create(person=person, started_at=timezone.now())
    return session


def _ask(session: PracticeSession, position: int, kind: str) -> None:
    question = Question.objects.filter(kind=kind, state="released").order_by("slug")[0]
    PracticeItem.objects.create(
        session=session, question=question, position=position, option_order=sorted(question.names())
    )


def home(stage: Stage, cast: dict[str, Person], api: WebApi) -> None:
    assign_owner("card", "retrieval", cast["Nia"], person=cast["Nia"])
    Verification.objects.filter(kind="card", slug="retrieval").update(until=timezone.now())
    _assign(cast)
    for who, role in (("Ada", "rep"), ("Max", "manager"), ("Ruth", "admin"), ("Nia", "editor")):
        stage.scene(f"The home of {who}, {role}")
        stage.opens_home(who)
    stage.scene("A card is handed over, and another is still true")
    stage.presses("Hand over", "Nia")
    stage.sends("Nia", owner="Ruth")
    stage.opens_home("Ruth")
    stage.presses("Still true", "Ruth")
    stage.scene("The home of somebody who is not linked")
    stage.opens_home("Eve")


def linking(stage: Stage, cast: dict[str, Person], api: WebApi) -> None:
    stage.scene("Not linked yet")
    stage.types("What is retrieval?", "Eve")
    stage.scene("Linked by a code from the site")
    stage.types("link ABCD-2345", "Eve")
    code = make_link_code(cast["Eve"])
    stage.types(f"link {code}", "Eve", shows="link WXYZ-6789")
    stage.types("help", "Eve")
    stage.scene("Unlinked")
    stage.types("unlink", "Eve")
    stage.types("What is retrieval?", "Eve")
    stage.scene("A guest of the workspace")
    api.accounts["U5"] = {"is_restricted": True}
    stage.types(f"link {make_link_code(cast['Eve'])}", "Eve", shows="link WXYZ-6789")


def messages(stage: Stage, cast: dict[str, Person], api: WebApi) -> None:
    Person.objects.update(messages_by=MessagesBy.SLACK, mail=MailChoice.SOON)
    stage.scene("A task and its reminder")
    _assign(cast)
    _later(stage, "Max gives Ada a quiz to pass.")
    stage.scene("A request to verify")
    assign_owner("card", "retrieval", cast["Ruth"], person=cast["Nia"], tell=False)
    Verification.objects.filter(kind="card", slug="retrieval").update(until=timezone.now())
    remind_owners()
    _later(stage, "A card of Nia's has expired.")
    stage.scene("A correction")
    entry = GuideEntry.objects.filter(slug="never-makes-things-up").first() or GuideEntry.objects.all()[0]
    recall = Recall.objects.create(
        lesson=entry.lesson,
        kind="guide_entry",
        slug=entry.slug,
        field="do_say",
        old=entry.do_say,
        new="Answers come with their sources, and can still be wrong.",
        by=cast["Nia"],
    )
    recalls._tell(recall, [cast["Ada"]])
    _later(stage, "An editor changes a line that Ada was given last week.")


def _assign(cast: dict[str, Person]) -> None:
    now = timezone.now()
    quiz = Quiz.objects.released().order_by("slug")[0]
    wanted = Wanted(quiz=quiz, person=cast["Ada"])
    give_assignment(cast["Max"], wanted, (now + timedelta(days=3)).date(), note="Before the demo.", now=now)


def _later(stage: Stage, what: str) -> None:
    ask_for_mail(timezone.now() + timedelta(minutes=6))
    stage.happens(what)


def bad_input(stage: Stage, cast: dict[str, Person], api: WebApi) -> None:
    stage.scene("Nothing, too little, too much")
    stage.types("")
    stage.types("sort")
    stage.types("check")
    stage.types("why " * 750, shows="why why why … (3,000 characters)")
    stage.scene("A word that is no command")
    stage.types("quizz")
    stage.scene("A channel that was archived")
    api.archived.add(CHANNEL)
    stage.says("<@UBOT> What is retrieval?", **MENTION)


@override_settings(SLACK_SIGNING_SECRET="0123456789abcdef" * 2)
def faults(stage: Stage, cast: dict[str, Person], api: WebApi) -> None:
    """What the doctor says where all is well, and of each fault."""
    _examined(stage, "All is well")
    for scope in ("im:history", "users:read"):
        api.scopes.remove(scope)
    _examined(stage, "Scopes are missing")
    api.scopes += ["im:history", "users:read"]
    for error in ("token_revoked", "invalid_auth", "token_expired", "account_inactive"):
        api.failing["auth.test"] = [error]
        _examined(stage, f"The token: {error}")
    for off in (90, -600):
        api.clock_off = off
        _examined(stage, f"The clock is {abs(off)} seconds off")
    api.clock_off = 0
    for title, changed in FAULTS.items():
        with override_settings(**changed):
            _examined(stage, title)


FAULTS: dict[str, dict[str, Any]] = {
    "No token": {"SLACK_BOT_TOKEN": ""},
    "No signing secret": {"SLACK_SIGNING_SECRET": ""},
    "Another secret by mistake": {"SLACK_SIGNING_SECRET": "xoxb-123"},
    "An address that Slack does not call": {"SITE_URL": "http://127.0.0.1:8000"},
    "Slack cannot be reached": {"SLACK_API_BASE_URL": "http://127.0.0.1:9/api/"},
}


def _examined(stage: Stage, title: str) -> None:
    out = StringIO()
    try:
        call_command("slack_doctor", stdout=out)
    except SystemExit:
        out.write("(ends with 1)\n")
    stage.scene(title)
    stage.lines += ["```text", out.getvalue().rstrip(), "```", ""]


PLAYS: dict[str, tuple[str, Play]] = {
    "asking": ("Asking", asking),
    "sorting-and-checking": ("Sorting, checking, suggesting", sorting_and_checking),
    "practice": ("Practice", practice),
    "home": ("App Home", home),
    "linking": ("Linking an account", linking),
    "messages": ("What the bot writes by itself", messages),
    "bad-input": ("Bad input, and what is away", bad_input),
    "doctor": ("What the doctor says", faults),
}
