"""The page that walks an admin through connecting Slack."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enablement.slack.doctor import examine
from enablement.slack.manifest import SCOPES, manifest
from enablement.views.requests import PersonRequest, admins_only


@require_safe
@admins_only
def slack_setup(request: PersonRequest) -> HttpResponse:
    """Steps, the manifest to paste, and how every part is. For admins; to others there is no such page."""
    context = {
        "manifest": json.dumps(manifest(), indent=2),
        "scopes": SCOPES.items(),
        "parts": list(examine()),
    }
    return render(request, "slack/setup.html", context)
