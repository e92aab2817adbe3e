"""What a manager does: see which way people err, export it, assign something and see it done."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import Visit

LESSON = "Retrieval: giving a model the facts it needs"


def test_max_goes_from_which_way_people_err_to_the_answers_behind_it(visit: Visit) -> None:
    page = visit("Max")
    page.goto("/team/")
    cell = page.locator("a[href*='true=knowledge'][href*='chosen=behaviour']").first
    count = int(cell.inner_text())
    cell.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{count} answer")
    assert page.locator("tbody tr").count() == count


def test_max_exports_exactly_what_he_sees(visit: Visit) -> None:
    page = visit("Max")
    page.goto("/answers/")
    shown = int(re.match(r"[\d,]+", page.get_by_role("heading", level=1).inner_text())[0].replace(",", ""))  # type: ignore[index]
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Export exactly these")).click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == shown > 0
    assert "Zoe" not in " ".join(" ".join(row.values()) for row in rows)


def test_max_assigns_a_lesson_with_a_double_click_ben_reads_it_and_the_board_says_so(visit: Visit) -> None:
    max, ben = visit("Max"), visit("Ben")
    max.goto("/assigning/")
    before = max.locator("main tbody tr").count()
    max.goto("/assigning/new/")
    lesson = max.locator("#what option[value^=lesson]", has_text=LESSON).first.get_attribute("value")
    max.get_by_label("What", exact=True).select_option(lesson)
    max.get_by_label("Who").select_option(label="North")
    max.get_by_label("Until the end of").fill((date.today() + timedelta(days=9)).isoformat())
    max.get_by_role("button", name="Assign", exact=True).dblclick()
    max.wait_for_url(re.compile(r"/assigning/(\d+/)?$"))
    max.goto("/assigning/")
    expect(max.locator("main tbody tr")).to_have_count(before + 1)
    ben.goto("/assignments/")
    ben.get_by_role("link", name=LESSON).first.click()
    ben.get_by_role("button", name="I have read it").click()
    max.locator("main tbody").get_by_role("link", name=re.compile(LESSON)).first.click()
    expect(max.get_by_text("1 of 3 done")).to_be_visible()
