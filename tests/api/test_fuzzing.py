"""The API against its own OpenAPI document, with made-up requests, as three people.

One example an address with the suite, as a rep; the long run is
`DOSAY_FUZZ=500 .venv/bin/python -m pytest -s tests/api/test_fuzzing.py`, `-k rep` for one of them.
`DOSAY_FUZZ_AT=audit/,ask/` asks only the addresses that begin so, and `DOSAY_FUZZ_PART=1/2` every second one:
two processes ask all of them in half the time. What is found is said at once.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from enablement.api import limits
from enablement.models import Person
from enablement.tokens import make_token
from tests.access.world import World, build_world

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("DOSAY_FUZZ", "1"))
ONLY = tuple(f"/api/v1/{place}" for place in os.environ.get("DOSAY_FUZZ_AT", "").split(","))
# Which part of how many.
PART, PARTS = (int(number) for number in os.environ.get("DOSAY_FUZZ_PART", "1/1").split("/"))
ROLES = ["rep", "manager", "admin"] if EXAMPLES > 1 else ["rep"]
NOT_READY = ("not_trained", "encoder_unavailable")
# What a document of shapes cannot say, by address: fields that a body may be refused for though its shape is
# right. What they name is not there, or two of them do not go together; the answer is 400 and says which.
BEYOND_SHAPES: dict[str, set[str]] = {
    "/api/v1/sortings/": {"distinction"},
    "/api/v1/answers/{id}/appeals/": {"check"},
    "/api/v1/audit/": {"since", "until"},
    "/api/v1/audit/export/": {"since", "until"},
    "/api/v1/assignments/": {"quiz", "answers", "team", "body"},
    "/api/v1/assignments/given/{id}/move/": {"due_on"},
    "/api/v1/assignments/given/{id}/extend/": {"due_on"},
    "/api/v1/coach-runs/{id}/turns/": {"number", "chosen"},
    "/api/v1/coaching-notes/": {"focus"},
    "/api/v1/desk/{id}/": {"met"},
    "/api/v1/document-drafts/{id}/": {"values"},
    "/api/v1/document-drafts/{id}/merge/": {"item"},
    "/api/v1/documents/": {"file"},
    "/api/v1/documents/{slug}/decide/": {"drafts"},
    "/api/v1/drafts/": {"slug", "lesson", "item"},
    "/api/v1/drafts/{id}/": {"item"},
    "/api/v1/drafts/{id}/{verb}/": {"item"},
    "/api/v1/gaps/{id}/assign/": {"person"},
    "/api/v1/gaps/{id}/draft/": {"slug"},
    "/api/v1/group-rules/": {"role", "team", "manages"},
    "/api/v1/guide-csv/proposals/": {"text"},
    "/api/v1/practice/plan/": {"away_until"},
    "/api/v1/reports/answers/": {"team", "lesson", "quiz", "since", "until"},
    "/api/v1/reports/people/{username}/": {"team", "lesson", "quiz", "since", "until"},
    "/api/v1/pieces/{kind}/{slug}/owner/": {"person", "team"},
    "/api/v1/health/assign/": {"person", "pieces", "team"},
    "/api/v1/lessons/{slug}/sources/": {"url"},
    "/api/v1/lessons/{slug}/sources/{source}/": {"url"},
    "/api/v1/question-previews/": {"item"},
    "/api/v1/questions/": {"item"},
    "/api/v1/questions/{slug}/": {"item"},
    "/api/v1/quiz-setups/": {"questions"},
    "/api/v1/quiz-setups/{slug}/": {"questions"},
    "/api/v1/invitations/": {"username", "email", "first_name", "last_name", "teams"},
    "/api/v1/people/{username}/": {"teams"},
    "/api/v1/people/{username}/erase/": {"username"},
    "/api/v1/regrades/": {"question"},
    "/api/v1/teams/": {"slug", "name"},
    "/api/v1/teams/{slug}/": {"name", "managers"},
    "/api/v1/synonyms/": {"names"},
    "/api/v1/synonyms/{id}/": {"names"},
}
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Both sides; what the requests do is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A request is served in the test's own transaction, so it must not close the connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("role", ROLES)
def test_every_operation_keeps_to_its_document(
    world: World, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It would put 0-9 for what the document calls a number, taking “¹” for none: not its validator.
    monkeypatch.setattr("schemathesis.specs.openapi.converter.enforced_pattern", lambda pattern: pattern)
    for throttle in limits.PersonThrottle.__subclasses__():
        monkeypatch.setattr(throttle, "rate", "100000/s")
    people: dict[str, Person] = {"rep": world.north.rep, "manager": world.north.manager, "admin": world.admin}
    _, clear = make_token(people[role], "fuzzing", 1)
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/schema/", WSGIHandler(), headers={"Accept": "application/vnd.oai.openapi+json"}
    )
    failures: list[str] = []
    sent = Counter[str]()
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]
    operations = [operation for operation in operations if operation.path.startswith(ONLY)]
    began = time.monotonic()
    for operation in operations[PART - 1 :: PARTS]:
        for mode in schemathesis.GenerationMode:
            try:
                # What was written is taken back: the next finds the world as it was.
                with transaction.atomic():
                    _try(operation, mode, {"Authorization": f"Bearer {clear}"}, sent)
                    transaction.set_rollback(True)
            except BaseException as error:
                failures.append(f"{operation.label}: {error}"[:1500])
                print(f"\n{role}: {failures[-1]}", flush=True)
    seconds = time.monotonic() - began
    print(f"\n{role}: {sent.total()} requests to {len(sent)} operations in {seconds:.0f} s")
    assert not failures, "\n\n".join(failures)


def _is_beyond_shapes(response: Any, path: str) -> bool:
    """Whether a body was refused for no more than what the document cannot say."""
    if response.status_code != 400 or "json" not in response.headers.get("content-type", [""])[0]:
        return False
    named = {name.partition(".")[0] for name in response.json().get("errors", {})}
    return bool(named) and named <= BEYOND_SHAPES.get(path, set())


def _try(operation: Any, mode: Any, headers: dict[str, str], sent: Counter[str]) -> None:
    """Send what the document allows, or what it does not, and count it. Raises at a wrong answer.

    That nobody is answered without a valid token is asked until it is seen once: it is three more requests.
    """
    asks_who = False

    @SETTINGS
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case: Any) -> None:
        nonlocal asks_who
        sent[operation.label] += 1
        response = case.call(headers=headers)
        # Nothing is learnt here to judge by: an answer of its own, with the code that says so.
        if response.status_code == 503 and response.json()["code"] in NOT_READY:
            return
        beyond = _is_beyond_shapes(response, operation.path)
        excluded = [positive_data_acceptance] if beyond else []
        # It takes an empty value in a query for one that is against “anything but NUL”. It is not.
        excluded += [negative_data_rejection] if "" in (case.query or {}).values() else []
        excluded += [ignored_auth] if asks_who else []
        case.validate_response(response, headers=headers, excluded_checks=excluded)
        asks_who = asks_who or 200 <= response.status_code < 300

    run: Callable[[], None] = once
    run()
