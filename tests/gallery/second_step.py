"""Somebody with an authenticator app, who stands between the password and being signed in."""

from __future__ import annotations

import base64
import hmac
import time

from playwright.sync_api import BrowserContext

NAME, USERNAME = "Mia", "mia"
PASSWORD = "correct horse battery"
PATH = "/sign-in/second-step/"


def stand_there(context: BrowserContext) -> bool:
    """Give the password. Return whether the site asks for the second step, so that the person is known."""
    page = context.new_page()
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(USERNAME)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()
    stands = page.url.endswith(PATH)
    page.close()
    return stands


def come_in(context: BrowserContext, link: str) -> None:
    """Take an invitation, add an app, and stand before its code."""
    page = context.new_page()
    page.goto(link)
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()
    page.goto("/account/security/app/")
    again = page.get_by_label("Your password")
    if again.count():
        again.fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    secret = page.locator("main code").first.text_content() or ""
    page.get_by_label("Code").fill(code_of(secret.strip()))
    page.get_by_role("button", name="Add the app").click()
    page.wait_for_url("**/recovery-codes/")
    page.close()
    context.clear_cookies()
    assert stand_there(context)


def code_of(secret: str) -> str:
    """The six digits that an app shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), (int(time.time()) // 30).to_bytes(8), "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 10**6:06}"
