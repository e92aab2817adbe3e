"""Every page against axe's rules (WCAG 2.2 AA and best practice), light and dark, in one browser session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from enablement.lessons.deciding import accept_draft, discard_draft
from enablement.lessons.revising import open_draft, save_draft, send_to_review
from enablement.models import Lesson, Person, Source
from enablement.trust.flags import raise_flag
from enablement.trust.verifying import assign_owner, verify
from quizzes.kinds import QuestionKind
from quizzes.models import Quiz
from tests.browsers import complaints_of, running_chromium
from tests.documents.conftest import take_in
from tests.documents.papers import PAPER
from tests.gallery.atlas import page_names
from tests.pages.not_looked_at import NOT_LOOKED_AT
from tests.quizzes.conftest import doors_file, quiz
from tests.sign_on.conftest import client
from tests.sign_on.test_invitations import path_in
from tests.sign_on.test_second_step import SECURITY, STEP, add_app, sign_in

__all__ = ["client", "doors_file", "quiz"]

pytestmark = pytest.mark.django_db(transaction=True)

# In the dark only colours are new.
RUN = """async (theme) => {
  document.documentElement.dataset.theme = theme;
  for (const box of document.querySelectorAll("details")) box.open = true;
  const wanted = theme === "light" ? {} : { runOnly: ["color-contrast"] };
  const found = await axe.run(document, { ...wanted, resultTypes: ["violations"] });
  return found.violations.map((one) => `${theme}: ${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def full(released_lesson: Lesson, quiz: Quiz, nia: Person, root: Person, ada: Person) -> list[str]:
    """Content in every state, and the pages that show it."""
    paper = take_in(PAPER, nia, released_lesson)
    kettle, other = paper.drafts.filter(kind="card").get(), paper.drafts.exclude(kind="card").first()
    assert other is not None
    discard_draft(other, nia)
    merged = accept_draft(kettle, nia).revision
    assert merged is not None
    card = open_draft("card", "door-lock", nia)
    waiting = save_draft(card, card.item | {"summary": "Shuts it."}, edition=card.edition, person=root)
    send_to_review(waiting, root)
    ladder = open_draft("ladder", "door-repair", nia)
    assign_owner("guide_entry", "door-unbreakable", nia, person=nia)
    verify("guide_entry", "door-unbreakable", nia)
    flag = raise_flag(ada, "card", "door-lock", "outdated", "Since May.", quote="Shuts it.")
    revisions = [f"/revisions/{revision.pk}/" for revision in (merged, waiting, ladder)]
    return [*READ, *WORK, *_of(paper), *revisions, f"/flags/{flag.pk}/", *_of_questions(quiz)]


def _of(paper: Source) -> list[str]:
    draft = paper.drafts.filter(state="proposed").first()
    assert draft is not None
    return [
        f"/documents/{paper.slug}/",
        f"/documents/{paper.slug}/?show=all",
        f"/documents/{paper.slug}/conflicts/",
        f"/documents/drafts/{draft.pk}/edit/",
    ]


READ = [
    *("/", "/lessons/", "/lessons/doors/", "/cards/", "/cards/door-lock/", "/guide/"),
    *("/guide/door-unbreakable/", "/glossary/", "/ladders/door-repair/", "/search/?q=lock", "/account/"),
    *(
        "/notices/",
        "/notices/verify/",
        "/trust/card/door-lock/",
        "/lessons/doors/print/",
        "/sort/",
        "/check/",
    ),
]
WORK = [
    *("/reviews/", "/documents/", "/conflicts/", "/health/", "/health/?list=unowned", "/flags/"),
    *("/lessons/new/", "/lessons/doors/contents/", "/lessons/doors/add/guide_entry/", "/guide-csv/"),
    *("/pieces/card/door-lock/", "/corrections/", "/flags/propose/"),
]


def test_every_page_keeps_to_axes_rules(
    chromium: Browser, live_server: LiveServer, full: list[str], nia: Person
) -> None:
    assert problems_of(chromium, live_server, {client_of(nia): full, Client(): ["/sign-in/"]}) == {}


def test_every_page_is_looked_at_or_has_a_reason(full: list[str]) -> None:
    """A new page needs a row above, or a reason in not_looked_at.py."""
    looked_at = {resolve(urlsplit(path).path).url_name for path in full}
    assert page_names() - looked_at - NOT_LOOKED_AT.keys() == set()
    assert NOT_LOOKED_AT.keys() - page_names() == set()
    assert NOT_LOOKED_AT.keys() & looked_at == set()


def test_the_pages_for_coming_in_keep_to_axes_rules(
    chromium: Browser, live_server: LiveServer, client: Client, max: Person, root: Person
) -> None:
    sign_in(client, "max")
    before = client_of(max)
    add_app(client)
    half_in, admin = Client(), client_of(root)
    sign_in(half_in, "max")
    invitation = path_in(admin.post("/people/invite/", {"username": "leo", "role": "rep"}))
    pages = {
        client: [
            SECURITY,
            *(f"{SECURITY}{page}" for page in ("recovery-codes/", "passkeys/add/", "app/remove/")),
        ],
        half_in: [STEP],
        before: [f"/account/confirm/code/?next={SECURITY}"],
        admin: ["/people/", f"/account/confirm/?next={SECURITY}app/"],
        Client(): [invitation],
    }
    assert problems_of(chromium, live_server, pages) == {}


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def problems_of(chromium: Browser, site: LiveServer, pages: dict[Client, list[str]]) -> dict[str, list[str]]:
    """What axe finds on pages as each browser is shown them, by address; nothing where all is well."""
    found: dict[str, list[str]] = {}
    for reader, paths in pages.items():
        # What is drawn while colours move from one theme to the other has neither's.
        context = chromium.new_context(reduced_motion="reduce")
        if session := reader.cookies.get("sessionid"):
            cookie: Any = {"name": "sessionid", "value": session.value, "url": site.url}
            context.add_cookies([cookie])
        page, logged = context.new_page(), complaints_of(context)
        found |= {path: problems for path in paths if (problems := check(page, f"{site.url}{path}"))}
        context.close()
        found |= {"console": logged} if logged else {}
    return found


def _of_questions(quiz: Quiz) -> list[str]:
    """The bank, the form of every kind, a question and its versions, and the page of a quiz."""
    kinds = [f"/questions/{quiz.lesson.slug}/new/?kind={kind}" for kind in QuestionKind.values]
    question = f"/question/{quiz.questions.all()[0].slug}/"
    quizzes = [f"/quizzes/{quiz.slug}/change/", f"/quizzes/{quiz.slug}/statistics/"]
    bank = ["/questions/", f"/questions/{quiz.lesson.slug}/"]
    return [*bank, *kinds, question, f"{question}edit/", f"{question}versions/", *quizzes]


def check(page: Page, url: str) -> list[str]:
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == 200, url
    page.evaluate(AXE_SCRIPT)
    return [problem for theme in ("light", "dark") for problem in page.evaluate(RUN, theme)]
