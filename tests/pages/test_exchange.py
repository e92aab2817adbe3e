"""Content out and in by the browser: the guide as CSV, a lesson on two printed pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Browser, Page
from pypdfium2 import PdfDocument

from enablement.lessons.folder import read_lesson_folder
from enablement.lessons.load import load_lessons
from enablement.management.commands.load_lessons import starter_folders
from enablement.models import Lesson, Person, Revision, State
from tests.browsers import running_chromium
from tests.small_lesson import small_lesson

STYLES = Path("enablement/static/dosay/battle.css")
STARTERS = [folder.name for folder in starter_folders()]


@pytest.fixture
def nia_client(client: Client, nia: Person) -> Client:
    client.force_login(nia)
    return client


def upload(client: Client, text: str, lesson: Lesson) -> str:
    file = SimpleUploadedFile("guide.csv", text.encode())
    return client.post("/guide-csv/", {"file": file, "lesson": lesson.pk}).content.decode()


def test_an_editor_downloads_the_guide_and_brings_it_back(
    nia_client: Client, released_lesson: Lesson
) -> None:
    response = nia_client.get("/guide.csv")
    assert response["Content-Disposition"].startswith('attachment; filename="guide-')
    text = response.content.decode("utf-8-sig")
    assert text.startswith("lesson,slug,dont_say")
    assert "0 new, 0 changed, 1 the same" in upload(nia_client, text, released_lesson)
    changed = text.replace(text.splitlines()[1].split(",")[2], "Never say this")
    assert "0 new, 1 changed, 0 the same" in upload(nia_client, changed, released_lesson)
    assert Revision.objects.get(state="draft").item["dont_say"] == "Never say this"
    assert "somebody is working on a draft" in upload(nia_client, changed, released_lesson)


def test_what_is_wrong_in_a_file_stands_beside_the_field(nia_client: Client, released_lesson: Lesson) -> None:
    assert "Line 2, why" in upload(nia_client, "dont_say,do_say,why\na,b,\n", released_lesson)
    file = SimpleUploadedFile("guide.csv", b"\xff\xfe\x00")
    html = nia_client.post("/guide-csv/", {"file": file, "lesson": released_lesson.pk}).content.decode()
    assert "not UTF-8 text" in html
    assert "Choose a file first" in nia_client.post("/guide-csv/", {}).content.decode()


@pytest.mark.parametrize("path", ["/guide.csv", "/guide-csv/"])
def test_the_file_is_for_editors(ada_client: Client, released_lesson: Lesson, path: str) -> None:
    assert ada_client.get(path).status_code == 404
    assert "CSV" not in ada_client.get("/guide/").content.decode()


def test_a_lesson_that_a_rep_may_not_see_is_not_printed(ada_client: Client, released_lesson: Lesson) -> None:
    Lesson.objects.update(state=State.DRAFT)
    assert ada_client.get("/lessons/doors/print/").status_code == 404


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_chromium() as chromium:
        yield chromium


def printed(browser: Browser, html: str) -> Page:
    """The page with its stylesheet in it, so that no server is needed."""
    page = browser.new_page()
    link = '<link rel="stylesheet" href="/static/dosay/battle.css">'
    assert link in html
    page.set_content(
        html.replace(link, f"<style>{STYLES.read_text()}</style>"), wait_until="domcontentloaded"
    )
    page.emulate_media(media="print")
    return page


# What is shown of the flow, and whether any of it is cut by the lower edge of its sheet.
CUT = """() => [...document.querySelectorAll('.flow')].map(flow => {
  const edge = flow.getBoundingClientRect();
  const shown = [...flow.children].filter(row => row.getBoundingClientRect().left < edge.right - 1);
  const cut = shown.filter(row => row.getBoundingClientRect().bottom > edge.bottom + 1);
  return {shown: shown.length, cut: cut.length, pairs: shown.filter(row => row.className == 'pair').length};
})"""


@pytest.mark.parametrize("slug", ["doors", *STARTERS])
def test_a_lesson_prints_on_exactly_two_pages_with_nothing_cut(
    browser: Browser, client: Client, ada: Person, slug: str
) -> None:
    items = [read_lesson_folder(folder) for folder in starter_folders()]
    load_lessons([*items, small_lesson()])
    client.force_login(ada)
    page = printed(browser, client.get(f"/lessons/{slug}/print/").content.decode())
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    with PdfDocument(pdf) as sheets:
        assert [tuple(map(round, sheet.get_size())) for sheet in sheets] == [(595, 842)] * 2
    front, back = page.evaluate(CUT)
    assert (front["cut"], back["cut"]) == (0, 0)
    if slug in STARTERS:
        assert front["shown"] >= 3
        assert back["pairs"] >= 24
    if folder := os.environ.get("DOSAY_PICTURES"):
        Path(folder, f"print-{slug}.pdf").write_bytes(pdf)
    page.close()
