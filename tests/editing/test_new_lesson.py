"""A lesson with a distinction of its own, made in the browser alone: it sorts, is found, is practised."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from enablement.judges.sorting import sort_statement
from enablement.judges.training import train_sorting
from enablement.models import Card, Distinction, Lesson, Person
from enablement.retrieval.indexing import index_lesson
from enablement.retrieval.search import search
from quizzes.attempts import start_attempt
from quizzes.models import Quiz
from tests.editing.forms import fields_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("encoder")]

STATEMENTS = {
    "authentication": """\
Users cannot prove who they are when they sign in from a new phone
Our staff still log in with one shared password
The second factor never arrives, so people are locked out at the sign-in page
Contractors have no smart card and cannot log on at all
We want people to sign in without typing a password
After the merger half of our people have two user names and cannot log in with either
The login page rejects the certificate on their badge
Password resets are most of what our help desk does
Someone signed in with a stolen password last month // The login itself was weak.""",
    "authorisation": """\
Clerks can open case files that belong to another department
Once people are in, everybody sees the payroll folder
We do not know who may approve a purchase above ten thousand
An intern was able to delete production records
People keep their old rights when they change to another job
Managers ask us to review who has access to what every quarter
The audit found that too many accounts have administrator rights
Partners should read the reports but must not change them
Nobody can say which role grants the right to export data""",
    "both": """\
People share one login, and that login may open every file
A stolen password let somebody in, and from there they could read all the case files
Contractors sign in with a borrowed badge and then have the rights of its owner
We have no second factor, and every user is an administrator
Anybody can register an account, and a new account sees the payroll folder
Former staff can still log in and still have all their old rights
Passwords are never checked on the old portal, and it gives everybody write access
Users cannot log on with their badge, and those who can see too many departments""",
    "neither": """\
The report takes ten minutes to print
We need the screens in Spanish by the summer
How much does the licence cost for five hundred seats
The server room is too warm in August
Our website is slow during lunch
The vendor answers our mail only after a week
Can the dashboard show the figures as a bar chart
We are looking for a new place to store backups""",
}
TITLES = {
    "authentication": "An authentication problem",
    "authorisation": "An authorisation problem",
    "both": "Both problems",
    "neither": "Neither problem",
}
SIGNALS = {
    "authentication": ["authentication"],
    "authorisation": ["authorisation"],
    "both": ["authentication", "authorisation"],
    "neither": [],
}
HEARD = {
    "The sign-in page does not accept my colleague's password any more": "authentication",
    "Every employee can read the files of the legal department": "authorisation",
    "How long does a training day take": "neither",
}


@pytest.fixture
def editor(nia: Person) -> Client:
    client = Client()
    client.force_login(nia)
    return client


def write(client: Client, url: str, **values: Any) -> str:
    """Fill the form at `url`, save it, and return the address that follows."""
    response = client.post(url, {**fields_in(client.get(url)), **values, "do": values.get("do", "save")})
    assert response.status_code == 302, response.content.decode()[:3000]
    return str(response["Location"])


def card(client: Client, title: str, first: str) -> None:
    write(
        client,
        "/lessons/who-and-what/add/card/",
        title=title,
        what_it_is=first,
        what_it_does=f"{title} takes place before anybody reaches a file.",
        where_it_comes_from="Both words are older than computers.",
        what_makes_it_distinct="One can be in order while the other is not.",
    )


def distinction(client: Client) -> str:
    """Rows are added by their buttons; statements follow once the outcomes are there."""
    url = "/lessons/who-and-what/add/distinction/"
    fields = fields_in(client.get(url)) | {
        "title": "Authentication or authorisation",
        "question": "Can people not prove who they are, or do they see what they should not?",
        "unsure_question": "Does it go wrong while people sign in, or once they are in?",
    }
    for rows, count in (("signals", 2), ("outcomes", 4)):
        for _ in range(count):
            fields = fields_in(client.post(url, {**fields, "do": f"add:{rows}"}))
    for at, name in enumerate(("authentication", "authorisation")):
        fields |= {
            f"signals-{at}-title": name.title(),
            f"signals-{at}-description": f"Something about {name} goes wrong.",
            f"signals-{at}-question": f"Is {name} at fault?",
        }
    for at, (name, title) in enumerate(TITLES.items()):
        fields |= {
            f"outcomes-{at}-name": name,
            f"outcomes-{at}-title": title,
            f"outcomes-{at}-meaning": f"{title}: that is what the words show.",
            f"outcomes-{at}-remedy": f"Look at {name} first.",
            f"outcomes-{at}-next_question": "When did it begin?",
            f"outcomes-{at}-say": f"That sounds like {title.lower()}.",
        }
    saved = client.post(url, {**fields, "do": "save"})
    assert saved.status_code == 302, saved.content.decode()[:3000]
    return str(saved["Location"])


@pytest.fixture
def made(editor: Client) -> Lesson:
    """The lesson, every step of it through the pages of an editor."""
    write(
        editor,
        "/lessons/new/",
        slug="who-and-what",
        title="Who is it, and what may they do",
        thesis="Signing in and having rights are two problems with two remedies.",
        summary="How to tell an authentication problem from an authorisation problem.",
    )
    card(editor, "Authentication", "Authentication establishes who somebody is.")
    card(editor, "Authorisation", "Authorisation decides what somebody may do.")
    url = distinction(editor)
    signals = {f"outcomes-{at}-signals": SIGNALS[name] for at, name in enumerate(SIGNALS)}
    cards = {"outcomes-0-cards": ["authentication"], "outcomes-1-cards": ["authorisation"]}
    statements = {f"statements-of-{name}": text for name, text in STATEMENTS.items()}
    write(editor, url, **signals, **cards, **statements)
    write(
        editor,
        "/lessons/who-and-what/add/guide_entry/",
        dont_say="Single sign-on decides what everybody may see.",
        do_say="Single sign-on establishes who somebody is; rights are given by roles.",
        why="A buyer with too many rights is not helped by a better sign-in.",
        breaks="With single sign-on your access rights are solved\nSigning in once fixes who sees what",
        cards=["authorisation"],
    )
    return Lesson.objects.get(slug="who-and-what")


def test_nothing_of_it_is_seen_before_its_release(made: Lesson, ada_client: Client) -> None:
    assert made.state == "draft"
    assert not Card.objects.filter(lesson=made).exists()
    assert ada_client.get("/lessons/who-and-what/").status_code == 404


def test_released_it_sorts_is_found_and_is_practised(
    made: Lesson, editor: Client, ada: Person, ada_client: Client
) -> None:
    page = editor.post("/lessons/who-and-what/release/", follow=True)
    assert b"Released: 5 pieces." in page.content
    made.refresh_from_db()
    assert made.state == "released"
    index_lesson(made)
    train_sorting()
    found = Distinction.objects.visible_to(ada).get(slug="authentication-or-authorisation")
    assert {row.outcome.name for row in found.statements.select_related("outcome")} == set(STATEMENTS)
    sorted_as = {text: sort_statement(text, found, ada).outcome for text in HEARD}
    assert sum(sorted_as[text] == outcome for text, outcome in HEARD.items()) >= 2
    assert not {text for text, outcome in HEARD.items() if sorted_as[text] not in (outcome, "unsure")}
    assert (
        b"authentication problem"
        in ada_client.post(
            "/sort/", {"text": "Our staff still log in with one shared password", "distinction": found.slug}
        ).content
    )
    hits = search("who decides what somebody may do", ada, limit=3).hits
    assert "authorisation" in {hit.slug for hit in hits if hit.kind == "card"}
    editor.post("/quizzes/make/", {"distinction": found.slug})
    quiz = Quiz.objects.visible_to(ada).get()
    attempt = start_attempt(ada, quiz)
    assert attempt.answers.count() == 10
    assert b"Authentication or authorisation" in ada_client.get("/quizzes/").content


def test_a_quiz_made_twice_from_the_same_statements_is_the_same(made: Lesson, editor: Client) -> None:
    editor.post("/lessons/who-and-what/release/")
    for _ in range(2):
        editor.post("/quizzes/make/", {"distinction": "authentication-or-authorisation"})
    quiz = Quiz.objects.get()
    assert quiz.questions.count() == sum(len(text.splitlines()) for text in STATEMENTS.values())
    assert set(quiz.questions.values_list("version", flat=True)) == {1}


def test_readers_make_no_quizzes(made: Lesson, ada_client: Client, editor: Client) -> None:
    editor.post("/lessons/who-and-what/release/")
    refused = ada_client.post("/quizzes/make/", {"distinction": "authentication-or-authorisation"})
    assert refused.status_code == 404
    assert not Quiz.objects.exists()


def test_too_few_statements_are_named(made: Lesson, editor: Client) -> None:
    editor.post("/lessons/who-and-what/release/")
    Distinction.objects.get().outcomes.get(name="both").statements.all().delete()
    page = editor.post("/quizzes/make/", {"distinction": "authentication-or-authorisation"}, follow=True)
    assert b"Too few for: Both problems." in page.content


def test_a_lessons_name_is_not_taken_twice(made: Lesson, editor: Client) -> None:
    fields = fields_in(editor.get("/lessons/new/")) | {"slug": "who-and-what", "title": "Another"}
    refused = editor.post("/lessons/new/", {**fields, "do": "save"})
    assert refused.status_code == 400
    assert b"Another lesson has this name already." in refused.content
