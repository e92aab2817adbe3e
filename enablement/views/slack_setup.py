"""The page that walks an admin through connecting Slack."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enablement.slack.doctor import examine
from enablement.slack.manifest import SCOPES, manifest
from enablement.views.requests import PersonRequest, signed_in


@require_safe
@signed_in
def slack_setup(request: PersonRequest) -> HttpResponse:
    """Steps, the manifest to paste, and how every part is. For admins; to others there is no such page."""
    if not request.user.is_admin:
        raise Http404
    context = {
        "manifest": json.dumps(manifest(), indent=2),
        "scopes": SCOPES.items(),
        "parts": list(examine()),
    }
    return render(request, "slack/setup.html", context)
