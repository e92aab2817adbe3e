"""What an admin does: add a person, give a program a key, see what Slack needs, read the audit."""

from __future__ import annotations

import re
from secrets import token_hex

from playwright.sync_api import expect

from tests.journeys.conftest import Visit

PASSWORD = "seven grey otters swim"


def test_ruth_adds_a_rep_who_signs_in_with_a_password(visit: Visit) -> None:
    ruth, name = visit("Ruth"), f"ivo{token_hex(3)}"
    ruth.goto("/admin/enablement/person/add/")
    ruth.get_by_label("Username").fill(name)
    ruth.locator("#id_password1").fill(PASSWORD)
    ruth.locator("#id_password2").fill(PASSWORD)
    ruth.get_by_role("button", name="Save", exact=True).click()
    expect(ruth.get_by_text("was added successfully")).to_be_visible()
    ivo = visit("")
    ivo.goto("/sign-in/")
    ivo.get_by_label("User name").fill(name)
    ivo.get_by_role("textbox", name="Password").fill(PASSWORD)
    ivo.get_by_role("button", name="Sign in", exact=True).click()
    expect(ivo.locator("textarea")).to_be_visible()
    expect(ivo.get_by_role("link", name="Editing")).to_have_count(0)


def test_ruth_makes_a_key_that_works_until_it_is_revoked(visit: Visit) -> None:
    ruth, name = visit("Ruth"), f"reports {token_hex(3)}"
    ruth.goto("/account/")
    ruth.get_by_label("What it is for").fill(name)
    ruth.get_by_role("button", name="Make a token").click()
    key = ruth.locator(".shown-once code").inner_text()
    program = visit("").context.request
    headers = {"Authorization": f"Bearer {key}"}
    assert program.get("/api/v1/cards/", headers=headers).status == 200
    ruth.get_by_role("button", name=f"Revoke {name}").click()
    assert program.get("/api/v1/cards/", headers=headers).status in (401, 403)


def test_ruth_sees_what_slack_still_needs(visit: Visit) -> None:
    page = visit("Ruth")
    page.goto("/slack-setup/")
    expect(page.get_by_text("SLACK_SIGNING_SECRET").first).to_be_visible()
    expect(page.get_by_label("Copy all of it")).to_have_value(re.compile('"display_information"'))


def test_nobody_but_an_admin_gets_to_the_people(visit: Visit) -> None:
    for name in ("Ada", "Max", "Nia"):
        page = visit(name)
        page.goto("/admin/enablement/person/")
        expect(page.get_by_role("link", name="Add person")).to_have_count(0)
