"""Who may be signed in at all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class PersonBackend(ModelBackend):
    """Active people; the demo people only while demo mode is on, whatever session they still have."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)
