"""Taking a quiz: the questions, saving, handing in, the result."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from enablement.models import Person
from enablement.views.requests import PersonRequest, signed_in
from quizzes.attempts import AttemptClosed, NothingVouchedFor, submit_attempt
from quizzes.deadlines import is_ahead, is_over, server_now
from quizzes.extra_time import NoMoreTime, extend_attempt
from quizzes.form_answers import save_form
from quizzes.grading import BadResponse
from quizzes.models import Attempt, Release, minutes_for
from quizzes.regrading.standings import regrades_of, taken_out
from quizzes.release import shows_keys
from quizzes.sheets.graded_sheet import graded_sheet
from quizzes.sheets.open_sheet import open_sheet
from quizzes.sheets.waiting_sheet import waiting_sheet

ASKED_NOW = (
    "You have a quiz open that asks some of the same. "
    "What is right there is shown once you have handed it in."
)
TAKEN_NOW = "You have this quiz open. What is right is shown once you have handed it in."
SCORE_ONLY = "This quiz shows the score only."
ONCE_PASSED = "Right answers and reasons are shown once you have passed."
HOW_IT_WENT = (
    "Some of it is asked in a quiz that you have open. How that went is shown once you have handed it in."
)
NEWER_ELSEWHERE = (
    "You answered in another window since. The newer answers are shown here: look at question {numbers} "
    "and finish again."
)


def _own(request: PersonRequest) -> QuerySet[Attempt]:
    return Attempt.objects.of(request.user).select_related("quiz__lesson")


@require_safe
@signed_in
def attempt_detail(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The questions of one's own open attempt. `?finish=1` asks about questions left open."""
    attempt = get_object_or_404(_own(request), pk=pk)
    now = server_now()
    if attempt.is_open and is_over(attempt.deadline, now):
        return _handed_in(request, attempt)
    if not attempt.is_open:
        return redirect("attempt-result", pk)
    questions = open_sheet(attempt)
    unanswered = [question for question in questions if not question.is_answered]
    context = {
        "attempt": attempt,
        "quiz": attempt.quiz,
        "questions": questions,
        "unanswered": unanswered,
        "answered": len(questions) - len(unanswered),
        "minutes": minutes_for(request.user, attempt.quiz),
        "seconds_left": max(0, int((attempt.deadline - now).total_seconds())),
        "asks_to_finish": bool(request.GET.get("finish")) and bool(unanswered),
    }
    return render(request, "quizzes/attempt.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def attempt_save(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Save the whole form. The script saves answer by answer through the API and never comes here.

    GET is where somebody arrives who had to sign in again: back to the questions.
    """
    attempt = get_object_or_404(_own(request), pk=pk)
    if request.method == "POST" and _saved(request, attempt):
        messages.success(request, "Your answers are saved.")
    return redirect("attempt-detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def attempt_extend(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Save the form, and add the quiz's time once more. The script does it through the API. GET: as above."""
    attempt = get_object_or_404(_own(request), pk=pk)
    if request.method == "POST" and _saved(request, attempt):
        try:
            extend_attempt(attempt, request.user, known=_known_extensions(request))
            messages.success(request, "You have more time. Your answers are saved.")
        except (AttemptClosed, NoMoreTime) as problem:
            messages.warning(request, str(problem))
    return redirect("attempt-detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def attempt_submit(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Save the form and hand the attempt in; first ask where questions were left open. GET: as for saving.

    A page whose clock reached the end sends `ran_out`. Where time was added since, the attempt goes on.
    """
    attempt = get_object_or_404(_own(request), pk=pk)
    if request.method != "POST" or not _saved(request, attempt):
        return redirect("attempt-detail", pk)
    ran_out = "ran_out" in request.POST
    if ran_out and attempt.is_open and is_ahead(attempt.deadline, server_now()):
        messages.success(request, "Time was added, so this goes on. Your answers are saved.")
        return redirect(attempt)
    is_complete = all(answer.is_given for answer in attempt.answers.select_related("question"))
    if attempt.is_open and not is_complete and not ran_out and "confirm" not in request.POST:
        return redirect(f"{attempt.get_absolute_url()}?finish=1")
    return _handed_in(request, attempt)


def _known_extensions(request: PersonRequest) -> int | None:
    """How often the attempt had been lengthened when the page with the button was made."""
    sent = request.POST.get("extensions", "")
    return int(sent) if sent.isdecimal() and len(sent) < 4 else None


def _handed_in(request: PersonRequest, attempt: Attempt) -> HttpResponse:
    try:
        submit_attempt(attempt, request.user)
    except NothingVouchedFor as problem:
        messages.error(request, str(problem))
        return redirect(attempt.quiz if is_over(attempt.deadline, server_now()) else attempt)
    return redirect("attempt-result", attempt.pk)


def _saved(request: PersonRequest, attempt: Attempt) -> bool:
    """Save the form's answers; where something of it did not count, say so and return False."""
    try:
        newer_elsewhere = save_form(attempt, request.POST)
    except AttemptClosed:
        return False
    except BadResponse as problem:
        messages.error(request, str(problem))
        return False
    if newer_elsewhere:
        numbers = ", ".join(str(number) for number in newer_elsewhere)
        messages.warning(request, NEWER_ELSEWHERE.format(numbers=numbers))
    return not newer_elsewhere


@require_safe
@signed_in
def attempt_result(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The result of a handed-in attempt, for its person and for those who manage them."""
    attempts = Attempt.objects.visible_to(request.user).select_related("quiz__lesson", "person")
    attempt = get_object_or_404(attempts, pk=pk)
    is_own = attempt.person_id == request.user.pk
    if attempt.is_open:
        return redirect(attempt) if is_own else redirect("team-member", attempt.person.username)
    questions, waiting = graded_sheet(attempt, request.user), waiting_sheet(attempt)
    right_count = attempt.answers.filter(grade__correct=True).count()
    holds = any(question.is_held for question in questions)
    context = {
        "attempt": attempt,
        "quiz": attempt.quiz,
        "is_own": is_own,
        "your": "your" if is_own else "their",
        "wrong": [question for question in questions if question.correct is False],
        "right": [question for question in questions if question.correct],
        "held": [question for question in questions if question.is_held],
        "right_count": right_count,
        "waiting": waiting,
        "total": len(questions) + len(waiting),
        "kept_back": _why_kept_back(attempt, request.user, holds=holds),
        "can_retake": is_own and not waiting and not holds and right_count < len(questions),
        "ungraded": attempt.answers.count() - len(questions) - len(waiting) - taken_out(attempt),
        "regrades": regrades_of(attempt),
    }
    return render(request, "quizzes/result.html", context)


def _why_kept_back(attempt: Attempt, reader: Person, *, holds: bool) -> list[str]:
    """Why `reader` does not see all that is right. `holds`: a quiz that they have open asks some of it."""
    if shows_keys(attempt, reader):
        return [ASKED_NOW] if holds else []
    if attempt.person_id != reader.pk:
        return [TAKEN_NOW]
    kept = SCORE_ONLY if attempt.quiz.release == Release.NEVER else ONCE_PASSED
    return [kept, HOW_IT_WENT] if holds else [kept]
