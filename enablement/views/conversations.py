"""What one does with one's own conversations: another title, delete and bring back, take along."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from enablement.chat import keeping
from enablement.models import Conversation
from enablement.texts import BadText
from enablement.views.requests import PersonRequest, signed_in


@require_POST
@signed_in
def rename(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Another title (`title`)."""
    own = _own(request, pk)
    try:
        keeping.rename(own, request.POST.get("title", ""))
    except BadText as error:
        messages.error(request, str(error))
    return redirect(own)


@require_POST
@signed_in
def delete(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Put away; the page that follows offers to bring it back."""
    own = _own(request, pk)
    keeping.put_away(own)
    messages.success(request, f"“{own.title}” is deleted. Below you can bring it back for a week.")
    return redirect("ask")


@require_POST
@signed_in
def bring_back(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    own: Conversation = get_object_or_404(keeping.put_away_by(request.user), pk=pk)
    keeping.bring_back(own)
    return redirect(own)


@require_safe
@signed_in
def export(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """The conversation as a Markdown file."""
    own = _own(request, pk)
    text = keeping.take_along(own, request.user)
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(own.title)[:60] or "conversation"}.md"'
    return response


def _own(request: PersonRequest, pk: uuid.UUID) -> Conversation:
    own: Conversation = get_object_or_404(Conversation.objects.visible_to(request.user), pk=pk)
    return own
