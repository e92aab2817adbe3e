"""Coaching notes: for managers to write, for reps to answer, for both to see what came of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enablement.models import Person
from enablement.roles import may_lead
from enablement.texts import BadText
from enablement.views.requests import PersonRequest, managers_only, signed_in
from quizzes.assignments.audience import managed_people
from quizzes.coaching.comparison import comparison_of
from quizzes.coaching.focus import LOOKED_BACK, focuses_of, read_focuses
from quizzes.coaching.notes import (
    DAYS_TO_RECHECK,
    LONGEST_NOTE,
    MOST_FOCUSES,
    BadNote,
    answer_note,
    end_note,
    write_note,
)
from quizzes.deadlines import server_now
from quizzes.models import CoachingNote
from quizzes.reports.people import readers_of

# As many names as one looks through; of more, one is found by typing.
MOST_LISTED = 30


@require_safe
@signed_in
def note_list(request: PersonRequest) -> HttpResponse:
    """The notes about oneself, and those about the people one manages."""
    notes = CoachingNote.objects.visible_to(request.user).select_related("person", "by", "items", "recheck")
    person = request.user
    context = {
        "own": notes.filter(person=person),
        "theirs": notes.exclude(person=person)[:200] if may_lead(person) else [],
        **_whom_to_write(person, request.GET.get("name", "").strip()),
    }
    return render(request, "quizzes/coaching/list.html", context)


def _whom_to_write(reader: Person, name: str) -> dict[str, Any]:
    """Whom the reader may write to, by name; of more than a list holds, those whose name holds `name`."""
    people = sorted(managed_people(reader), key=lambda one: one.name.casefold()) if may_lead(reader) else []
    names = Counter(one.name for one in people)
    is_long = len(people) > MOST_LISTED
    if is_long:
        meant = name.casefold()
        found = [one for one in people if meant and meant in f"{one.name} {one.username}".casefold()]
    else:
        found = people
    return {
        "managed": len(people),
        "is_long": is_long,
        "name": name,
        "people": [(one, names[one.name] > 1) for one in found[:MOST_LISTED]],
        "more": max(len(found) - MOST_LISTED, 0),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def note_new(request: PersonRequest, username: str) -> HttpResponse:
    """Write a note. What was typed stays in the form where something is not right."""
    person = get_object_or_404(managed_people(request.user), username=username)
    now = server_now()
    context: dict[str, Any] = {
        "person": person,
        "text": request.POST.get("text", ""),
        "chosen": request.POST.getlist("focus") or request.GET.getlist("focus"),
        "most": MOST_FOCUSES,
        "days": DAYS_TO_RECHECK,
        "looked_back": LOOKED_BACK.days,
        "longest": LONGEST_NOTE,
    }
    if request.method == "POST":
        try:
            note = write_note(request.user, person, context["text"], read_focuses(context["chosen"]), now=now)
        except (BadNote, BadText) as problem:
            context["problem"] = str(problem)
        else:
            messages.success(request, f"{person.name} has your note. The re-check comes by itself.")
            return redirect(note)
    # What can be asked about comes first; what cannot yet says why.
    focuses = focuses_of(person, now, request.user)
    context["focuses"] = sorted(focuses, key=lambda focus: not focus.is_askable)
    return render(request, "quizzes/coaching/new.html", context, status=400 if "problem" in context else 200)


@require_safe
@signed_in
def note_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """A note with its answers, its questions, and before and after side by side."""
    return _page(request, _note(request, pk))


@require_POST
@signed_in
def note_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer a note."""
    note = _note(request, pk)
    try:
        answer_note(note, request.user, request.POST.get("text", ""), now=server_now())
    except BadText as problem:
        return _page(request, note, status=400, problem=str(problem), text=request.POST.get("text", ""))
    messages.success(request, "Sent.")
    return redirect(note)


@require_POST
@managers_only
def note_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Let no re-check come, or let it come after all."""
    note = get_object_or_404(
        CoachingNote.objects.visible_to(request.user).exclude(person=request.user), pk=pk
    )
    ended = not request.POST.get("undo")
    end_note(note, request.user, ended=ended, now=server_now())
    messages.success(request, "Ended. No re-check comes." if ended else "It goes on.")
    return redirect(note)


def _note(request: PersonRequest, pk: int) -> CoachingNote:
    notes = CoachingNote.objects.visible_to(request.user)
    return get_object_or_404(notes.select_related("person", "by", "items", "recheck"), pk=pk)


def _page(request: PersonRequest, note: CoachingNote, status: int = 200, **more: Any) -> HttpResponse:
    comparison = comparison_of(note, request.user)
    context = {
        "note": note,
        "is_own": note.person_id == request.user.pk,
        "replies": note.replies.select_related("by"),
        "comparison": comparison,
        "readers": _others(note.person, request.user),
        "longest": LONGEST_NOTE,
    }
    return render(request, "quizzes/coaching/note.html", context | more, status=status)


def _others(person: Person, reader: Person) -> list[Person]:
    """Who else reads it, by name."""
    return [one for one in readers_of(person) if one != reader]
