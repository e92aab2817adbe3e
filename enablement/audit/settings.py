"""Settings are files and variables outside the site: that one has changed is noted from inside."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings

from enablement.audit.recording import note
from enablement.models import AuditEvent

VERB: Final = "change_settings"
# Values that may hold a password or a key: only that they differ is noted.
_SECRET: Final = re.compile(r"KEY|SECRET|TOKEN|PASSWORD|URL|DSN")


def note_settings(values: Mapping[str, str]) -> AuditEvent | None:
    """Write a row if settings differ from those noted last. The first time all of them are written."""
    now = {name: _shown(name, value) for name, value in sorted(values.items()) if value}
    last = AuditEvent.objects.filter(verb=VERB).first()
    then: dict[str, Any] = _all_as_of(last)
    if last is not None and then == now:
        return None
    names = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    return note(
        None,
        VERB,
        "setting",
        ", ".join(names)[:255] or "none",
        before={name: then.get(name) for name in names} if last else None,
        after={name: now.get(name) for name in names} | {"all": now},
    )


def _all_as_of(event: AuditEvent | None) -> dict[str, Any]:
    return dict((event.after or {}).get("all", {})) if event else {}


def _shown(name: str, value: str) -> str:
    """A value, or for a secret a mark that changes with it and tells nothing of it."""
    if not _SECRET.search(name):
        return value
    mark = hmac.new(settings.SECRET_KEY.encode(), f"{name}={value}".encode(), hashlib.sha256)
    return f"set ({mark.hexdigest()[:8]})"
