"""Who may be signed in at all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from enablement import audit
from enablement.models import Person


class PersonBackend(ModelBackend):
    """Active people; the demo people only while demo mode is on, whatever session they still have."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **others: Any,
    ) -> Person | None:
        """As Django's. Every door asks here, so a failed try is noted here, whichever door it was."""
        person = super().authenticate(request, username, password, **others)
        if person is None and username is not None and password is not None:
            audit.record_failed_sign_in(username)
        return person if isinstance(person, Person) else None
