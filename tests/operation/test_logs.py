"""One form of log for every process, and nothing in it that nobody allowed."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator

import pytest
from django.test import Client, RequestFactory

from config.logs import JSON, PLAIN, logging_settings
from enablement import outbox
from enablement.judges import encoder
from enablement.judges.encoder_app import make_application
from enablement.models import Work
from enablement.origins import PAGE, Origin, coming_from, current_origin

Written = Callable[[], str]
NUMBER = "a" * 32


@pytest.fixture
def written(request: pytest.FixtureRequest) -> Iterator[Written]:
    """What a log of the form asked for holds, written to by the logger `dosay`."""
    stream, logger = io.StringIO(), logging.getLogger("dosay")
    settings = logging_settings("INFO", request.param)
    handler = logging.StreamHandler(stream)
    configurator = logging.config.DictConfigurator(settings)
    handler.setFormatter(configurator.configure_formatter(settings["formatters"]["dosay"]))
    logger.addHandler(handler)
    yield stream.getvalue
    logger.removeHandler(handler)


@pytest.mark.parametrize("written", [JSON], indirect=True)
def test_a_record_is_one_object_with_the_number_of_the_request(written: Written) -> None:
    with coming_from(Origin(PAGE, NUMBER)):
        logging.getLogger("dosay").info("answered", extra={"status": 200})
    record = json.loads(written())
    assert (record["event"], record["status"], record["request"]) == ("answered", 200, NUMBER)


@pytest.mark.parametrize("written", [JSON, PLAIN], indirect=True)
def test_a_field_that_is_not_listed_is_not_written(written: Written) -> None:
    logging.getLogger("dosay").info("answered", extra={"status": 200, "answer": "what Ada wrote"})
    assert "200" in written()
    assert "Ada" not in written()


@pytest.mark.parametrize("written", [JSON, PLAIN], indirect=True)
def test_the_request_is_its_number_and_never_what_was_asked(written: Written) -> None:
    whole = RequestFactory().get("/search/", {"q": "what Ada asked"})
    with coming_from(Origin(PAGE, NUMBER)):
        logging.getLogger("dosay").error("Service Unavailable", extra={"request": whole})
    assert NUMBER in written()
    assert "Ada" not in written()


@pytest.mark.parametrize("written", [JSON, PLAIN], indirect=True)
def test_no_ones_words_pass_for_a_record(written: Written) -> None:
    logging.getLogger("dosay").info("agent: %s", "x\r\n2026-01-01 ERROR forged")
    assert not any(line.startswith("2026-01-01") for line in written().splitlines())


@pytest.mark.parametrize("written", [JSON, PLAIN], indirect=True)
def test_an_exception_is_told(written: Written) -> None:
    try:
        raise ValueError("no such thing")
    except ValueError:
        logging.getLogger("dosay").exception("failed")
    assert "ValueError: no such thing" in written()


def test_a_page_says_its_number_and_the_log_has_it(
    client: Client, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    with caplog.at_level(logging.INFO, "enablement.middleware"):
        response = client.get("/sign-in/")
    (record,) = [r for r in caplog.records if r.name == "enablement.middleware"]
    assert len(response["X-Request-ID"]) == 32
    assert (record.route, record.status) == ("sign-in/", 200)  # type: ignore[attr-defined]


def test_work_goes_on_under_the_number_of_the_request_that_asked_for_it(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setitem(outbox.HANDLERS, "note", lambda: seen.append(current_origin().request))
    with coming_from(Origin(PAGE, NUMBER)):
        outbox.add_work("note")
    outbox.run_work(Work.objects.get(name="note").pk)
    assert seen == [NUMBER]


def test_the_encoder_notes_the_number_and_no_text(caplog: pytest.LogCaptureFixture) -> None:
    class Loading:
        ready = type("Event", (), {"is_set": staticmethod(lambda: False)})
        failure = ""

    with coming_from(Origin(PAGE, NUMBER)):
        sent = encoder._number()["X-Request-ID"]
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/v1/embeddings", "HTTP_X_REQUEST_ID": sent}
    with caplog.at_level(logging.INFO):
        make_application(Loading())(environ, lambda status, headers: None)  # type: ignore[arg-type]
    (record,) = [r for r in caplog.records if r.getMessage() == "encoded"]
    assert (record.request, record.status) == (NUMBER, 503)  # type: ignore[attr-defined]
