"""Answers that a person has to look at: for those who manage the person who gave them, never for oneself."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enablement.models import Person
from enablement.texts import BadText
from enablement.views.requests import PersonRequest, signed_in
from quizzes.appeals import NoAppeal, decide_answer, make_appeal, proposed_checks
from quizzes.deadlines import server_now
from quizzes.grading import written_in
from quizzes.models import Answer, Appeal, AttemptState, PendingState
from quizzes.written import rubric_of

LONGEST_NOTE = 1_000


@require_POST
@signed_in
def appeal(request: PersonRequest, pk: int) -> HttpResponse:
    """Disagree with one check of one's own answer."""
    own = Answer.objects.filter(attempt__person=request.user, attempt__state=AttemptState.SUBMITTED)
    answer = get_object_or_404(own.select_related("attempt__person"), pk=pk)
    try:
        made = make_appeal(
            answer, request.POST.get("check", ""), request.POST.get("reason", ""), now=server_now()
        )
    except (NoAppeal, BadText) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Your manager decides by {made.due_at:%-d %B}. You get a message then.")
    return redirect("attempt-result", answer.attempt_id)


@require_safe
@signed_in
def review_list(request: PersonRequest) -> HttpResponse:
    """What waits for a decision, objections with the earliest due date first."""
    if not request.user.is_manager:
        raise Http404
    waiting = _to_review(request.user).select_related("attempt__person", "attempt__quiz", "question")
    appeals = Appeal.objects.visible_to(request.user).open().exclude(answer__attempt__person=request.user)
    context = {
        "answers": waiting.filter(pending__state=PendingState.NEEDS_REVIEW).order_by("pending__since"),
        "appeals": appeals.select_related("answer__attempt__person", "answer__question"),
    }
    return render(request, "quizzes/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def review_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One answer with its checks; a decision on each settles the grade."""
    if not request.user.is_manager:
        raise Http404
    found = _to_review(request.user).select_related("attempt__person", "question__key").distinct()
    answer = get_object_or_404(found, pk=pk)
    rubric = rubric_of(answer)
    if rubric is None:
        raise Http404
    if request.method == "POST":
        names = {check.name for check in rubric.checks}
        met = names & set(request.POST.getlist("met"))
        note = request.POST.get("note", "").replace("\x00", "").strip()[:LONGEST_NOTE]
        spoilt = request.POST.get("spoilt") == "yes"
        decide_answer(answer, request.user, met, spoilt, note, now=server_now())
        messages.success(request, f"{answer.attempt.person.name} has been told.")
        return redirect("answer-reviews")
    known = {check.name: check for check in proposed_checks(answer)}
    context = {
        "answer": answer,
        "text": written_in(answer.response),
        "checks": [(check, known.get(check.name)) for check in rubric.checks],
        "spoilt": [check for check in known.values() if check.spoils],
        "appeals": Appeal.objects.open().filter(answer=answer),
        "model_answer": answer.question.key.rubric.get("model_answer", ""),
        "longest_note": LONGEST_NOTE,
    }
    return render(request, "quizzes/review.html", context)


def _to_review(person: Person) -> QuerySet[Answer]:
    """Answers of people whom `person` manages that wait for a decision or are objected to."""
    waits = Q(pending__state=PendingState.NEEDS_REVIEW) | Q(appeals__state="open")
    return Answer.objects.visible_to(person).exclude(attempt__person=person).filter(waits)
