"""Assignments: what one has to do, and for managers to give and to look after."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enablement.models import Person
from enablement.own_forms import day
from enablement.views.requests import PersonRequest, managers_only, signed_in
from quizzes.assignments import giving
from quizzes.assignments.audience import managed_assignments, managed_people_of
from quizzes.assignments.choices import choices_for, read_day, read_wanted
from quizzes.assignments.dates import Standing
from quizzes.assignments.giving import BadAssignment
from quizzes.assignments.overview import board_of, boards_of, earlier_places, task_of, tasks_of
from quizzes.assignments.readings import note_read
from quizzes.deadlines import server_now
from quizzes.models import Assignment, Goal, Place
from quizzes.practice.days import zone_of

PEOPLE_A_PAGE = 50
SHOWN = {"open": (Standing.OPEN, Standing.PAST), "done": (Standing.DONE,), "excused": (Standing.EXCUSED,)}


@require_safe
@signed_in
def own_list(request: PersonRequest) -> HttpResponse:
    """What the person has to do, and what they had."""
    tasks = tasks_of(request.user, server_now())
    context = {
        "open": [task for task in tasks if task.is_open],
        "closed": [task for task in tasks if not task.is_open],
        "earlier": earlier_places(request.user),
    }
    return render(request, "quizzes/assignments/own_list.html", context)


@require_safe
@signed_in
def own_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One of one's own assignments: what, until when, from whom."""
    person = request.user
    task = task_of(person, pk, server_now())
    if task is None:
        get_object_or_404(Place.objects.of(person), assignment=pk)
        messages.info(request, "You do not have this any more.")
        return redirect("assignment-own-list")
    return render(request, "quizzes/assignments/own.html", {"task": task, "zone": zone_of(person.time_zone)})


@require_POST
@signed_in
def own_read(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that one has read the lesson of an assignment."""
    task = task_of(request.user, pk, server_now())
    if task is None or task.assignment.goal != Goal.LESSON:
        raise Http404
    lesson = task.assignment.of
    note_read(request.user, lesson, now=server_now())
    messages.success(request, f"Noted: you have read “{lesson.title}”.")
    return redirect("assignment-own-list")


@require_safe
@managers_only
def assignment_list(request: PersonRequest) -> HttpResponse:
    """What was given to those one manages."""
    older = bool(request.GET.get("older"))
    boards = boards_of(request.user, server_now(), older=older)
    context = {
        "standing": [board for board in boards if board.assignment.withdrawn_at is None],
        "withdrawn": [board for board in boards if board.assignment.withdrawn_at is not None],
        "older": older,
    }
    return render(request, "quizzes/assignments/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def assignment_new(request: PersonRequest) -> HttpResponse:
    """Give something to do. What was filled in stays in the form where something is not right."""
    sent = request.POST if request.method == "POST" else request.GET
    context: dict[str, Any] = {
        "choices": choices_for(request.user),
        "what": sent.get("what", ""),
        "whose": sent.get("whose", ""),
        "answers": sent.get("answers", "10"),
        "due_on": sent.get("due_on", ""),
        "note": sent.get("note", ""),
        "only_new": bool(sent.get("only_new")),
        "longest_note": giving.LONGEST_NOTE,
        "most_answers": giving.MOST_ANSWERS,
    }
    if request.method != "POST":
        return render(request, "quizzes/assignments/new.html", context)
    try:
        wanted = read_wanted(request.user, context["what"], context["whose"], context["answers"])
        assignment = giving.give_assignment(
            request.user,
            wanted,
            read_day(context["due_on"]),
            note=context["note"],
            counts_earlier=not context["only_new"],
            now=server_now(),
        )
    except BadAssignment as problem:
        return render(
            request, "quizzes/assignments/new.html", context | {"problem": str(problem)}, status=400
        )
    messages.success(request, f"{assignment.whose} has it now.")
    return redirect(assignment)


@require_safe
@managers_only
def assignment_board(request: PersonRequest, pk: int) -> HttpResponse:
    """Who is where with an assignment."""
    board = board_of(_managed(request, pk), request.user, server_now())
    show = request.GET.get("show", "")
    tasks = [task for task in board.tasks if task.standing in SHOWN.get(show, tuple(Standing))]
    page = Paginator(tasks, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "board": board,
        "assignment": board.assignment,
        "page": page,
        "show": show if show in SHOWN else "",
    }
    return render(request, "quizzes/assignments/board.html", context)


@require_POST
@managers_only
def assignment_move(request: PersonRequest, pk: int) -> HttpResponse:
    """Give everybody another day."""
    assignment = _managed(request, pk)
    try:
        giving.move_assignment(
            assignment, read_day(request.POST.get("due_on", "")), request.user, now=server_now()
        )
    except BadAssignment as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"Due {day(assignment.due_on)} now.")
    return redirect(assignment)


@require_POST
@managers_only
def assignment_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an assignment back, or let it stand again."""
    assignment = _managed(request, pk)
    withdrawn = not request.POST.get("undo")
    giving.withdraw_assignment(assignment, request.user, withdrawn=withdrawn, now=server_now())
    words = "Withdrawn. You can bring it back below." if withdrawn else "It stands again."
    messages.success(request, words)
    return redirect(assignment)


@require_POST
@managers_only
def place_excuse(request: PersonRequest, pk: int, username: str) -> HttpResponse:
    """Excuse one person, or take that back."""
    assignment, person = _place(request, pk, username)
    excused = not request.POST.get("undo")
    giving.excuse_place(assignment, person, request.user, excused=excused, now=server_now())
    words = f"{person.name} is excused." if excused else f"{person.name} has it again."
    messages.success(request, words)
    return _back(request, assignment)


@require_POST
@managers_only
def place_extend(request: PersonRequest, pk: int, username: str) -> HttpResponse:
    """Agree on another day with one person; with `undo`, go back to everybody's."""
    assignment, person = _place(request, pk, username)
    try:
        due_on = None if request.POST.get("undo") else read_day(request.POST.get("due_on", ""))
        giving.extend_place(assignment, person, due_on, request.user, now=server_now())
    except BadAssignment as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{person.name}: due {day(due_on or assignment.due_on)} now.")
    return _back(request, assignment)


def _managed(request: PersonRequest, pk: int) -> Assignment:
    return get_object_or_404(managed_assignments(request.user), pk=pk)


def _place(request: PersonRequest, pk: int, username: str) -> tuple[Assignment, Person]:
    assignment = _managed(request, pk)
    people = managed_people_of(assignment, request.user)
    return assignment, get_object_or_404(people, username=username)


def _back(request: PersonRequest, assignment: Assignment) -> HttpResponse:
    kept = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    address = reverse("assignment-board", args=[assignment.pk])
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)
