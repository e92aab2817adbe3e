"""Every view of the bot, byte for byte as it was last looked at.

`DOSAY_GOLDEN=1 python -m pytest tests/slack/test_golden.py` writes the files anew; read `git diff` then.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from enablement.judges.findings import Finding
from enablement.judges.sorting import CardLink, Evidence, Verdict
from enablement.models import Lesson, Notice, Person
from enablement.slack import blocks, texts
from enablement.slack.dialogues import done, refused
from enablement.slack.handing_over import hand_over_view
from enablement.slack.home import home_view
from enablement.slack.manifest import manifest
from enablement.slack.notices import notices_message
from enablement.slack.posting import Place
from enablement.slack.suggesting import suggestion_view
from quizzes.grading.written import WrittenCheck
from quizzes.kinds import QuestionKind
from quizzes.sheets.graded_sheet import Evidence as Judged
from quizzes.sheets.graded_sheet import GradedChoice, GradedPart, GradedQuestion, Reference, held_question
from quizzes.sheets.open_sheet import Choice, OpenQuestion, Part
from quizzes.slack.feedback import feedback_message
from quizzes.slack.questions import question_message
from quizzes.slack.writing import ANSWERED, KEPT, TITLE, answer_view
from tests.slack.slack_server import problems_of, problems_of_blocks, problems_of_modal

GOLDEN = Path(__file__).parent / "golden"
View = dict[str, Any]

TURN = "11111111-2222-3333-4444-555555555555"
LINE = "Retrieval lowers the rate of made-up answers. It does not bring it to zero."
SAY = "Sources come with each answer, so that they can be checked."
ANSWER = {
    "answer": f"{LINE} [2]",
    "refused": False,
    "engine": "local",
    "say": SAY,
    "nearest": [],
    "citations": [
        {
            "n": 1,
            "kind": "guide_entry",
            "slug": "no-sources",
            "title": "Field language guide",
            "url": "/guide/no-sources/",
            "quote": SAY,
        },
        {
            "n": 2,
            "kind": "card",
            "slug": "made-up",
            "title": "Made-up answers",
            "url": "/cards/made-up/",
            "quote": LINE,
        },
    ],
}
NEAREST = [{"kind": "card", "slug": "retrieval", "title": "Retrieval", "url": "/cards/retrieval/"}]
REFUSED = {**ANSWER, "answer": "", "say": "", "refused": True, "citations": [], "nearest": NEAREST}
VERDICT = Verdict(
    "It cites last year's policy.",
    "problem-type",
    "knowledge",
    "Knowledge problem",
    {"knowledge": 0.98, "behaviour": 0.03},
    [Evidence("knowledge", 9, 27, "last year's policy")],
    "The facts are missing or old.",
    "Bring the documents to the model: **retrieval** first.",
    "Where does the policy live, and how often does it change?",
    "That sounds like the facts are not reaching it.",
    "We train it on your policies.",
    [CardLink("retrieval", "Retrieval", "/cards/retrieval/")],
)
FINDING = Finding(
    "never-makes-things-up",
    0,
    20,
    "It never makes things up.",
    "block",
    1.0,
    LINE,
    "No method gets to zero.",
    "x",
    "/guide/never-makes-things-up/",
)
NOTICE = Notice(
    pk=7,
    kind="verify",
    title="Does “Retrieval” still hold?",
    text="Changed by Nia.",
    url="/cards/retrieval/",
    made_at=datetime(2026, 3, 2, 8, tzinfo=UTC),
)


def question(kind: QuestionKind, *parts: Part) -> OpenQuestion:
    ask = kind.rules.ask
    return OpenQuestion(1, 1, kind, ask, "What is made of brass?", list(parts), "", 0, None, False)


def part(name: str, text: str, *choices: str) -> Part:
    named = [
        Choice(f"{name}:{at}" if name else at, words, False)
        for at, words in zip("abc", choices, strict=False)
    ]
    return Part(name, text, named)


BRASS = part("", "", "The hinge", "The lock", "The mat")
STORIES = [
    part("1", "It drags along the carpet.", "Hinge", "Lock"),
    part("2", "The key slips & turns.", "Hinge", "Lock"),
]

GRADED = GradedQuestion(
    number=1,
    kind=QuestionKind.ONE_CHOICE,
    topic="parts",
    ask="Choose one.",
    prompt="What is made of brass?",
    parts=[
        GradedPart(
            "",
            "",
            [
                GradedChoice("a", "The hinge", False, True, ""),
                GradedChoice("b", "The mat", True, False, "A mat is woven."),
            ],
        )
    ],
    chosen=["b"],
    right=["a"],
    text="",
    answer=0,
    evidence=[],
    model_answer="",
    answered=True,
    correct=False,
    checks_met=0,
    checks=0,
    explanation="Metal parts are.",
    say=LINE,
    card=Reference("Door hinge", "/cards/door-hinge/"),
    guide_entry=None,
)

WRITTEN = replace(
    GRADED,
    kind=QuestionKind.FREE_TEXT,
    parts=[],
    text="The lock <is> worn.",
    evidence=[
        Judged(WrittenCheck("part", True, "Names the part", "met", 0, 8, "The lock <is> worn"), None),
        Judged(WrittenCheck("limit", False, "Names the limit", "open", 0, 3, "worn"), None),
        Judged(WrittenCheck("first", False, "Says what is first", "not_met"), None),
    ],
    model_answer="The lock is worn, and no lock holds for ever.",
)
THREAD = Place(channel="D1", thread="1700000000.000100")

VIEWS: dict[str, Callable[[], View]] = {
    "notice": lambda: blocks.notice("Looking it up… <!channel> & more"),
    "help": lambda: blocks.notice(texts.HELP),
    "how-to-link": lambda: blocks.notice(texts.how_to_link()),
    "answer": lambda: blocks.answer_message("Does it make things up?", ANSWER, "/ask/1/", "Checked.", TURN),
    "refusal": lambda: blocks.answer_message("Ibuprofen?", REFUSED, "/ask/1/", "", TURN),
    "shared": lambda: blocks.shared_message("Does it make things up?", ANSWER, "Ada"),
    "reasons": lambda: blocks.reasons_message(TURN),
    "verdict": lambda: blocks.verdict_message(VERDICT.text, VERDICT, "/distinctions/problem-type/"),
    "findings": lambda: blocks.findings_message(FINDING.quote, [FINDING], "/check/"),
    "no-findings": lambda: blocks.findings_message("Good morning.", [], "/check/"),
    "messages": lambda: notices_message([NOTICE]),
    "question-one": lambda: question_message(5, question(QuestionKind.ONE_CHOICE, BRASS)),
    "question-several": lambda: question_message(5, question(QuestionKind.SEVERAL_CHOICES, BRASS)),
    "question-pair": lambda: question_message(5, question(QuestionKind.FLIP_PAIR, *STORIES)),
    "feedback": lambda: feedback_message(5, GRADED, 2),
    "feedback-written": lambda: feedback_message(5, WRITTEN, 0),
    "feedback-undecided": lambda: feedback_message(5, replace(WRITTEN, is_undecided=True), 1),
    "feedback-held": lambda: feedback_message(5, held_question(replace(WRITTEN, is_undecided=True)), 1),
    "question-written": lambda: question_message(5, question(QuestionKind.FREE_TEXT)),
    "write-an-answer": lambda: answer_view(5, question(QuestionKind.FREE_TEXT), THREAD, "U1"),
    "answer-kept": lambda: done(TITLE, KEPT),
    "answer-refused": lambda: refused({"answer": ANSWERED}),
    "home-unlinked": lambda: home_view(None, texts.how_to_link()),
    "manifest": manifest,
}


def compare(name: str, view: View) -> None:
    path = GOLDEN / f"{name}.json"
    text = json.dumps(view, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("DOSAY_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs: see this module's first lines"


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL, settings.SLACK_BOT_TOKEN = "https://dosay.example", "xoxb-1"


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_as_it_was_looked_at_and_slack_takes_it(name: str) -> None:
    view = VIEWS[name]()
    compare(name, view)
    if "response_type" in view:
        assert not problems_of(view)
    if "submit" in view:
        assert not problems_of_modal(view)


@pytest.mark.usefixtures("released_lesson", "db")
def test_a_home_with_something_to_do_is_as_it_was_looked_at(ada: Person) -> None:
    view = home_view(ada, "Verified until 2 March 2027.")
    assert not problems_of_blocks(view["blocks"])
    compare("home", view)


def test_the_form_for_a_line_is_as_it_was_looked_at(released_lesson: Lesson, ada: Person) -> None:
    compare(
        "suggest-a-line",
        suggestion_view(ada, "We train it on your documents.", "https://x.slack.com/archives/C1/p1"),
    )


@pytest.mark.usefixtures("north")
def test_the_form_to_hand_over_is_as_it_was_looked_at(nia: Person, root: Person) -> None:
    view = hand_over_view(nia, "card:door-lock", "“Door lock”")
    view["blocks"][1]["element"]["options"] = [
        one | {"value": one["value"].partition(":")[0]} for one in view["blocks"][1]["element"]["options"]
    ]
    assert not problems_of_modal(view)
    compare("hand-over", view)


def test_no_golden_file_is_left_over() -> None:
    named = {*VIEWS, "home", "hand-over", "suggest-a-line"}
    assert {path.stem for path in GOLDEN.glob("*.json")} == named
