"""The one way in through the browser: whoever was recognised is signed in, with a row in the audit."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest

from enablement import audit
from enablement.models import BrowserSession, Person
from enablement.sign_on import sessions

BACKEND = "enablement.backends.PersonBackend"


def enter(request: HttpRequest, person: Person, by: str, **more: Any) -> None:
    """Sign `person` in with a session of a new key. `by` says how they were recognised."""
    with transaction.atomic():
        login(request, person, backend=BACKEND)
        sessions.begin(request, person, by)
        audit.record(person, "sign_in", person, after={"by": by, **more})


def leave(request: HttpRequest) -> None:
    """Sign out of this browser; who is not signed in stays so."""
    person = request.user
    with transaction.atomic():
        if isinstance(person, Person):
            BrowserSession.objects.filter(session_key=request.session.session_key).delete()
            audit.record(person, "sign_out", person)
        logout(request)
