"""What the knowledge base could not answer, for editors: who has it, a draft for it, asking again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from enablement.chat.closing import recheck
from enablement.chat.gaps import assign_gap, cluster_of, clusters, draft_card, open_gaps
from enablement.lessons.checking import BadItem
from enablement.lessons.revising import RevisingError
from enablement.models import Gap, GapState, Lesson, Person
from enablement.trust.owners import editors
from enablement.views.requests import PersonRequest, editors_only

MOST_CLOSED = 50


@require_safe
@editors_only
def gap_list(request: PersonRequest) -> HttpResponse:
    """Open gaps by what they ask about, the most asked first, and those closed last."""
    context = {
        "clusters": clusters(),
        "closed": Gap.objects.filter(state=GapState.CLOSED).order_by("-closed_at")[:MOST_CLOSED],
    }
    return render(request, "gaps/gaps.html", context)


@require_safe
@editors_only
def gap_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One gap with those like it. Whose questions they are is not shown."""
    return _page(request, _head(pk))


@require_POST
@editors_only
def gap_assign(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a gap to an editor (`person`), or take it back (empty)."""
    chosen = request.POST.get("person", "")
    to = next((person for person in editors() if str(person.pk) == chosen), None)
    if chosen and to is None:
        raise Http404
    assign_gap(_head(pk), to, request.user)
    messages.success(request, f"{to.name} has it." if to else "Nobody has it now.")
    return redirect("gap", pk)


@require_POST
@editors_only
def gap_draft(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin a card in `lesson` for a gap, with the short name `slug`."""
    head = _head(pk)
    lesson = get_object_or_404(
        Lesson.objects.visible_to(request.user), slug=slugify(request.POST.get("lesson", ""))
    )
    try:
        draft = draft_card(head, lesson, slugify(request.POST.get("slug", ""))[:80], request.user)
    except RevisingError as error:
        return _page(request, head, problem=str(error))
    except BadItem:
        return _page(request, head, problem="Give the card a short name of small letters and hyphens.")
    return redirect("revision", draft.pk)


@require_POST
@editors_only
def gap_recheck(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the questions again; those that are answered now are closed."""
    head = _head(pk)
    found = recheck(cluster_of(head), request.user)
    if not found.left:
        messages.success(request, "All of these questions are answered now. The gap is closed.")
        return redirect("gaps")
    messages.warning(
        request,
        f"{len(found.left)} of {len(found.left) + len(found.closed)} questions still have no good answer, "
        f"such as “{found.left[0].question[:120]}”. They stay open.",
    )
    return redirect("gap", found.left[0].pk)


def _head(pk: int) -> Gap:
    head: Gap = get_object_or_404(open_gaps().select_related("assignee", "draft", "turn"), pk=pk)
    return head


def _page(request: PersonRequest, head: Gap, problem: str = "") -> HttpResponse:
    people: list[Person] = list(editors())
    context: dict[str, Any] = {
        "cluster": cluster_of(head),
        "editors": people,
        "lessons": Lesson.objects.visible_to(request.user),
        "slug": slugify(head.question)[:60].strip("-"),
        "problem": problem,
    }
    return render(request, "gaps/gap.html", context, status=400 if problem else 200)
