"""What every part stands on: the outbox, Markdown, texts, the audit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from enablement import audit, outbox
from enablement.markup import TAGS, render_markdown
from enablement.models import AuditEvent, Lesson, Person, Work
from enablement.not_now import NotNow
from enablement.texts import BadText, clean_text
from tests.attacks import ATTACKS


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Work called “note” puts its number here."""
    numbers: list[int] = []
    monkeypatch.setitem(outbox.HANDLERS, "note", lambda number: numbers.append(number))
    return numbers


@pytest.mark.django_db
def test_work_that_is_sent_twice_is_done_once(done: list[int]) -> None:
    work = outbox.add_work("note", number=1)
    assert work
    assert outbox.run_work(work.pk)
    assert not outbox.run_work(work.pk)
    assert done == [1]


@pytest.mark.django_db
def test_work_with_the_same_key_is_added_once() -> None:
    assert outbox.add_work("note", key="a", number=1)
    assert outbox.add_work("note", key="a", number=2) is None
    assert Work.objects.count() == 1


@pytest.mark.django_db
def test_work_of_a_killed_worker_runs_again_after_its_claim(done: list[int]) -> None:
    work = outbox.add_work("note", number=1)
    assert work
    Work.objects.update(claimed_until=timezone.now() + timedelta(seconds=5))
    assert not outbox.run_work(work.pk)
    Work.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert outbox.run_work(work.pk)


@pytest.mark.django_db
def test_work_that_always_fails_is_given_up_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("the printer is on fire")

    monkeypatch.setitem(outbox.HANDLERS, "fail", fail)
    work = outbox.add_work("fail")
    assert work
    for _ in range(outbox.MAX_TRIES + 2):
        outbox.run_work(work.pk)
    given_up = outbox.given_up().get()
    assert given_up.tries == outbox.MAX_TRIES
    assert "on fire" in given_up.error


@pytest.mark.django_db
def test_what_waits_for_something_that_is_away_uses_up_no_try(monkeypatch: pytest.MonkeyPatch) -> None:
    def wait() -> None:
        raise NotNow("The encoder is loading.")

    monkeypatch.setitem(outbox.HANDLERS, "wait", wait)
    work = outbox.add_work("wait")
    assert work
    for _ in range(2 * outbox.MAX_TRIES):
        outbox.run_work(work.pk)
    assert not outbox.given_up().exists()
    assert "loading" in Work.objects.get().error


@pytest.mark.django_db
@pytest.mark.parametrize(("tries", "pause"), enumerate(outbox.PAUSES))
def test_what_failed_is_left_alone_for_longer_each_time(
    tries: int, pause: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(outbox.HANDLERS, "fail", lambda: 1 / 0)
    monkeypatch.setattr(outbox.app, "send_task", lambda *_, **__: None)
    work = Work.objects.create(name="fail", arguments={}, tries=tries)
    outbox.run_work(work.pk)
    now = timezone.now()
    for later, sent in ((pause - timedelta(seconds=5), 0), (pause + timedelta(seconds=5), 1)):
        monkeypatch.setattr(outbox.timezone, "now", lambda moment=now + later: moment)
        assert outbox.sweep() == sent


@pytest.mark.django_db
def test_arguments_are_kept_while_work_may_be_done_and_no_longer(
    done: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(number: int) -> None:
        raise RuntimeError("not now")

    work = outbox.add_work("note", key="a", number=1)
    assert work
    with monkeypatch.context() as failing:
        failing.setitem(outbox.HANDLERS, "note", fail)
        assert not outbox.run_work(work.pk)
    assert Work.objects.get().arguments == {"number": 1}
    assert outbox.run_work(work.pk)
    assert Work.objects.get().arguments == {}
    assert outbox.add_work("note", key="a", number=1) is None


@pytest.mark.django_db
def test_arguments_of_old_work_that_was_given_up_can_be_forgotten() -> None:
    now = timezone.now()
    for name, tries in (("note", outbox.MAX_TRIES), ("other", outbox.MAX_TRIES), ("note", 1)):
        Work.objects.create(name=name, arguments={"number": 1}, tries=tries)
    assert outbox.forget_given_up("note", now - timedelta(minutes=1)) == 0
    assert outbox.forget_given_up("note", timezone.now()) == 1
    assert Work.objects.filter(arguments={}).get().tries == outbox.MAX_TRIES


@pytest.mark.django_db
def test_the_sweeper_sends_what_the_broker_did_not_take(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    Work.objects.create(name="note", arguments={"number": 1})
    monkeypatch.setattr(outbox.app, "send_task", lambda name, arguments, **_: sent.extend(arguments))
    assert outbox.sweep() == 1
    assert outbox.sweep() == 0
    Work.objects.update(sent_at=timezone.now() - 2 * outbox.RESEND_AFTER)
    assert outbox.sweep() == 1
    assert len(sent) == 2


@pytest.mark.django_db
def test_a_broker_that_is_away_keeps_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(outbox.app, "send_task", refuse)
    work = Work.objects.create(name="note", arguments={"number": 1})
    assert not outbox.send_work(work.pk)
    work.refresh_from_db()
    assert work.sent_at is None


@pytest.mark.django_db
def test_an_audit_row_names_actor_verb_and_subject(released_lesson: Lesson, nia: Person) -> None:
    audit.record(nia, "verify", released_lesson)
    event = AuditEvent.objects.filter(actor=nia).get()
    assert (event.verb, event.kind, event.subject) == ("verify", "lesson", released_lesson.slug)


class Tags(HTMLParser):
    """The elements of a text as a browser reads them, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", ATTACKS)
def test_markdown_lets_no_script_and_no_image_through(text: str) -> None:
    for tag, attributes in Tags(render_markdown(f"Words. {text}\n\n{text}")).found:
        assert tag in TAGS
        assert attributes.keys() <= {"href", "rel", "title"}
        assert urlsplit(attributes.get("href") or "").scheme in ("", "http", "https", "mailto")


@pytest.mark.parametrize("piece", ["[", "![", "[a](", "*_a_*b", "> ", "`a``", "|a", "1. ", "[a]: x\n"])
def test_no_markdown_takes_long(piece: str) -> None:
    text = piece * 200_000
    begun = time.process_time()
    render_markdown(text)
    assert time.process_time() - begun < 2


def test_markdown_keeps_what_an_author_needs() -> None:
    html = render_markdown("**bold** and [a card](/cards/lora/)\n\n- one\n- two")
    assert "<strong>bold</strong>" in html
    assert 'href="/cards/lora/"' in html
    assert html.count("<li>") == 2


@given(st.text(max_size=300))
def test_a_cleaned_text_has_something_to_read_and_nothing_unseen(text: str) -> None:
    try:
        cleaned = clean_text(text, what="question", limit=200)
    except BadText:
        return
    assert "\x00" not in cleaned
    assert "\u200b" not in cleaned
    assert cleaned == cleaned.strip()
    assert clean_text(cleaned, what="question", limit=1_000) == cleaned


def test_right_to_left_text_stays_as_it_is() -> None:
    assert clean_text("ما هو الضبط الدقيق؟", what="question", limit=100) == "ما هو الضبط الدقيق؟"


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    with pytest.raises(BadText, match="100,000 characters; the most that fits is 2,000"):
        clean_text("x" * 100_000, what="question", limit=2_000)
