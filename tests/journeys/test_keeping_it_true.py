"""What an editor does: write, take a document in, verify, answer a gap, teach the check, begin a lesson."""

from __future__ import annotations

import re
from secrets import token_hex

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit, in_the_box, until_there

PAPER = """# {name}

## Key terms

| Term | Meaning |
|---|---|
| Token window {name} | How much text a model reads at once |
"""


def test_nia_saves_by_keyboard_and_readers_see_it_once_it_is_released(visit: Visit) -> None:
    nia, ada = visit("Nia"), visit("Ada")
    words = f"Cheap to train, {token_hex(3)}."
    nia.goto("/cards/peft/")
    nia.get_by_role("button", name="Edit", exact=True).click()
    summary = nia.get_by_label("Summary")
    before = summary.input_value()
    summary.fill(f"{before} {words}")
    expect(nia.locator("#preview")).to_contain_text(words)
    nia.keyboard.press("Control+s")
    expect(nia.get_by_role("status").first).to_contain_text("Saved as a draft")
    assert words not in ada.goto("/cards/peft/").text()  # type: ignore[union-attr]
    nia.get_by_role("button", name="Save and release").click()
    expect(nia.get_by_role("status").first).to_contain_text("Released")
    assert words in ada.goto("/cards/peft/").text()  # type: ignore[union-attr]


def test_nia_pastes_a_document_and_takes_a_term_from_it(visit: Visit) -> None:
    nia, name = visit("Nia"), token_hex(3)
    nia.goto("/documents/")
    nia.get_by_label("Or the text of a page, pasted").fill(PAPER.format(name=name))
    nia.get_by_label("For the lesson").select_option("fine-tuning-vs-prompting")
    nia.get_by_role("button", name="Read it in").click()
    nia.wait_for_url(re.compile("/documents/document-"), timeout=60_000)
    nia.get_by_role("button", name=re.compile("^Accept")).first.click()
    expect(nia.get_by_role("button", name="Undo")).to_be_visible()


def test_nia_merges_what_a_document_says_into_a_term_and_readers_see_it(visit: Visit) -> None:
    nia, ada, name = visit("Nia"), visit("Ada"), token_hex(3)
    nia.goto("/documents/")
    paper = PAPER.format(name=name).replace(f"Token window {name}", "Epoch").replace("How", f"{name}: how")
    nia.get_by_label("Or the text of a page, pasted").fill(paper)
    nia.get_by_label("For the lesson").select_option("fine-tuning-vs-prompting")
    nia.get_by_role("button", name="Read it in").click()
    nia.wait_for_url(re.compile("/documents/document-"), timeout=60_000)
    nia.get_by_role("link", name="Merge", exact=True).click()
    nia.get_by_role("group", name="Meaning").get_by_label("As the document has it").check()
    nia.get_by_role("button", name="Merge and go on writing").click()
    assert name not in ada.goto("/glossary/").text()  # type: ignore[union-attr]
    nia.get_by_role("button", name="Save and release").click()
    expect(nia.get_by_role("status").first).to_contain_text("Released")
    assert f"{name}: how much text" in ada.goto("/glossary/").text()  # type: ignore[union-attr]


def test_nia_verifies_what_is_due(visit: Visit) -> None:
    nia = visit("Nia")
    nia.goto("/notices/verify/")
    due = nia.locator("tbody tr")
    count = due.count()
    due.first.get_by_role("button", name="Verify").click()
    expect(nia.get_by_role("status").first).to_be_visible()
    nia.goto("/notices/verify/")
    assert nia.locator("tbody tr").count() == count - 1


def test_a_question_that_had_no_answer_is_answered_once_nia_wrote_a_card(visit: Visit) -> None:
    ada, nia, name = visit("Ada"), visit("Nia"), token_hex(3)
    question = f"What is a Quillmark{name}?"
    in_the_box(ada, "Ask", question)
    expect(ada.get_by_text("The knowledge base does not cover this")).to_be_visible()
    until_there(nia, "/gaps/", lambda page: page.get_by_role("link", name=question)).click()
    nia.get_by_role("button", name="Draft a card").click()
    fill_card(nia, name)
    nia.get_by_role("button", name="Save draft").click()
    nia.get_by_role("button", name="Save and release").click()
    expect(nia.get_by_role("status").first).to_contain_text("Released")
    until_there(ada, f"/search/?q=Quillmark{name}", lambda page: page.locator("main a[href*='quillmark']"))
    in_the_box(ada, "Ask", question)
    expect(ada.locator("a[href*='quote=']").first).to_be_visible()
    expect(ada.locator(".answer")).to_contain_text(f"Quillmark{name}")


def fill_card(page: Page, name: str) -> None:
    said = f"A Quillmark{name} is a stamp that a county clerk puts on a signed permit."
    page.get_by_label("Title", exact=True).fill(f"Quillmark{name}")
    page.get_by_label("Summary").fill(said)
    page.get_by_label("What it is", exact=True).fill(said)
    page.get_by_label("What it does", exact=True).fill(f"A Quillmark{name} shows that a permit is valid.")
    page.get_by_label("Where it comes from", exact=True).fill("County clerks began with it.")
    page.get_by_label("What makes it distinct", exact=True).fill("It cannot be copied.")


def test_nia_is_told_what_the_check_missed_and_teaches_it(visit: Visit) -> None:
    ada, nia = visit("Ada"), visit("Nia")
    sentence = f"Hand over your binders, number {token_hex(3)}, and the brain soaks them up overnight."
    ada.goto("/flags/example/")
    ada.get_by_label("The sentence").fill(sentence)
    ada.get_by_role("button", name="Send it").click()
    nia.goto(ada.url)
    expect(nia.get_by_text(sentence).first).to_be_visible()
    nia.get_by_role("button", name=re.compile("Take it up|Add")).first.click()
    expect(nia.get_by_role("status").first).to_be_visible()
    until_there(ada, "/guide/train-on-your-documents/?misleads=999", lambda page: page.get_by_text(sentence))


def test_nia_begins_a_lesson_that_readers_do_not_see(visit: Visit) -> None:
    nia, ada, title = visit("Nia"), visit("Ada"), f"Signing in {token_hex(3)}"
    nia.goto("/lessons/new/")
    nia.get_by_label("Title", exact=True).fill(title)
    nia.get_by_label("Thesis").fill("Who one is, and what one may.")
    nia.get_by_label("Summary").fill("Two things that buyers mix up.")
    nia.keyboard.press("Control+s")
    nia.wait_for_url("**/contents/")
    expect(nia.get_by_role("heading", level=1)).to_contain_text(title)
    ada.goto("/lessons/")
    expect(ada.get_by_text(title)).to_have_count(0)
