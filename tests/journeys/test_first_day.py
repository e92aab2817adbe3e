"""One day with Dosay, in a real browser: Ada asks, sorts, checks and takes the quiz; Max sees it."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from tests.journeys.conftest import in_the_box, sign_in

STATEMENT = "Every answer is correct, but it comes as an essay and our portal needs three bullet points."


def test_ada_asks_and_opens_a_citation(page: Page) -> None:
    sign_in(page, "Ada")
    in_the_box(page, "Ask", "Can fine-tuning teach the model our policies?")
    citation = page.locator("a[href*='quote=']").first
    expect(citation).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name="Can fine-tuning teach").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Can fine-tuning teach")
    expect(citation).to_be_visible()
    quote = page.locator("details a[href*='quote=']").first
    citation.click()
    expect(page.locator("mark").first).to_be_visible()
    assert "quote=" in page.url
    page.go_back()
    expect(quote).to_be_attached()


def test_a_question_about_something_else_is_not_answered(page: Page) -> None:
    sign_in(page, "Ada")
    in_the_box(page, "Ask", "Is it safe to take ibuprofen with warfarin?")
    expect(page.get_by_text("The knowledge base does not cover this")).to_be_visible()
    expect(page.locator("a[href*='quote=']")).to_have_count(0)


def test_ada_sorts_what_the_buyer_said_without_leaving_the_page(page: Page) -> None:
    sign_in(page, "Ada")
    in_the_box(page, "Sort", STATEMENT)
    expect(page.get_by_text("Behaviour problem").first).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator("textarea")).to_have_value(STATEMENT)


def test_ada_checks_a_draft_and_is_given_the_line_to_say(page: Page) -> None:
    sign_in(page, "Ada")
    in_the_box(page, "Check", "Good morning. We can train the model on your documents.")
    expect(page.locator("mark").first).to_have_text(re.compile("train the model on your documents"))
    expect(page.get_by_text("we connect the model to your documents").first).to_be_visible()


def test_ada_takes_the_quiz_twice_clicked_and_reloaded_and_max_sees_it(page: Page) -> None:
    sign_in(page, "Zoe")
    page.goto("/quizzes/")
    page.get_by_role("button", name=re.compile("the quiz Knowledge or behaviour")).dblclick()
    page.wait_for_url("**/attempts/*/")
    address = page.url
    choices = "fieldset:has(input[type=radio])"
    for question in page.locator(choices).all():
        question.locator("label").first.click()
    expect(page.locator("[data-state]").first).to_be_attached()
    time.sleep(1.5)
    page.reload()
    assert page.url == address
    checked = page.locator(f"{choices}:has(input:checked)").count()
    assert checked == page.locator(choices).count() > 5
    page.get_by_role("button", name="Finish and see the answers").dblclick()
    page.wait_for_url(re.compile(r"/result/|finish=1"))
    if "finish=1" in page.url:  # Put in order is not answered by radio buttons.
        page.get_by_role("button", name="Finish all the same").dblclick()
    page.wait_for_url("**/result/")
    expect(
        page.get_by_role("link", name="Try again").or_(page.get_by_role("button", name="Try again"))
    ).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, "Ruth")
    page.goto("/team/")
    expect(page.get_by_role("link", name="Zoe Tanaka").first).to_be_visible()
    page.get_by_role("link", name="Zoe Tanaka").first.click()
    expect(page.get_by_role("link", name=re.compile("^Attempt")).first).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, "Max")
    page.goto("/team/")
    expect(page.get_by_role("link", name="Ada Okafor").first).to_be_visible()
    assert page.get_by_text("Zoe Tanaka").count() == 0
    assert page.goto("/team/zoe/").status == 404  # type: ignore[union-attr]
