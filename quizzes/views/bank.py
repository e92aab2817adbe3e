"""The bank for editors: what is asked, what waits for review, and a question as it is written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enablement.chat.model import has_model
from enablement.models import Lesson, State
from enablement.views.requests import PersonRequest, editors_only
from quizzes.authoring.desk import action_of, boxes_stored
from quizzes.authoring.history import versions_of
from quizzes.authoring.saving import restore_question
from quizzes.badge import badge_now
from quizzes.bank import bank_of, newest_of
from quizzes.exporting import items_of
from quizzes.kinds import QuestionKind
from quizzes.linting import lint_bank
from quizzes.models import Question, QuestionDraft, Quiz
from quizzes.proposing import propose_questions
from quizzes.proposing_by_model import request_proposals
from quizzes.question_bench import is_current
from quizzes.sheets.preview import preview
from quizzes.upkeep import review_queue, with_content
from quizzes.views.authoring import question_form
from quizzes.writing import CannotBeAsked, question_text, vouch_for, write_question
from quizzes.writing_examples import EXAMPLES


@require_safe
@editors_only
def banks(request: PersonRequest) -> HttpResponse:
    """The lessons with their questions and quizzes."""
    rows = []
    for lesson in Lesson.objects.visible_to(request.user):
        questions = list(with_content(bank_of(lesson)))
        rows.append(
            {
                "lesson": lesson,
                "questions": len(questions),
                "waiting": len(review_queue(questions)),
                "quizzes": Quiz.objects.visible_to(request.user).for_all().filter(lesson=lesson),
            }
        )
    return render(request, "quizzes/bank/banks.html", {"banks": rows})


@require_safe
@editors_only
def bank(request: PersonRequest, lesson: str) -> HttpResponse:
    """The questions of a lesson by topic, and those that wait for a person."""
    found = get_object_or_404(Lesson.objects.visible_to(request.user), slug=lesson)
    bank = with_content(bank_of(found)).select_related("key").prefetch_related("options")
    questions = list(bank)
    context = {
        "lesson": found,
        "questions": questions,
        "queue": review_queue(questions),
        "drafts": QuestionDraft.objects.visible_to(request.user).unfinished().filter(lesson=found),
        "badge": badge_now() if any(not one.rules.is_graded_at_once for one in questions) else None,
        "kinds": QuestionKind.choices,
        "stands_out": lint_bank(items_of(questions)),
        "has_model": has_model(),
    }
    return render(request, "quizzes/bank/bank.html", context)


@require_POST
@editors_only
def bank_propose(request: PersonRequest, lesson: str) -> HttpResponse:
    """Make proposals from the lesson's content."""
    found = get_object_or_404(Lesson.objects.visible_to(request.user), slug=lesson)
    if request.POST.get("by") == "model" and has_model():
        request_proposals(found, request.user)
        messages.success(request, "The model is asked. What holds stands under “To look at” in a minute.")
        return redirect("question-bank", lesson)
    made = len(propose_questions(found, request.user))
    messages.success(request, f"{made} new proposals. Each waits until somebody takes it in.")
    return redirect("question-bank", lesson)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_new(request: PersonRequest, lesson: str) -> HttpResponse:
    """Write a question of a kind: in its form, or as text, beginning from an example."""
    found = get_object_or_404(Lesson.objects.visible_to(request.user), slug=lesson)
    wanted = request.GET.get("kind", "")
    kind = QuestionKind(wanted) if wanted in QuestionKind.values else QuestionKind.ONE_CHOICE
    if _is_text(request):
        return _write(request, found, None, EXAMPLES[kind], kind)
    return question_form(request, found, kind, None)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Change a question: what is saved is a new version."""
    question = _newest(request, slug)
    kind = QuestionKind(question.kind)
    if _is_text(request):
        return _write(request, question.lesson, question, question_text(question), kind)
    return question_form(request, question.lesson, kind, question)


@require_safe
@editors_only
def question_preview(request: PersonRequest, slug: str) -> HttpResponse:
    """A question as reps see it before handing in, with its key and bench below."""
    question = _newest(request, slug)
    waits = review_queue([question])
    context = {
        "question": preview(question),
        "written": question,
        "text": question_text(question),
        "boxes": boxes_stored(request.user, question),
        "reason": waits[0].reason if waits else "",
        "has_bench": bool(question.key.rubric.get("checks")),
        "bench": getattr(question, "bench", None),
        "bench_is_current": is_current(question),
    }
    return render(request, "quizzes/bank/question.html", context)


@require_safe
@editors_only
def question_versions(request: PersonRequest, slug: str) -> HttpResponse:
    """Every version of a question, each with what it changed."""
    newest = _newest(request, slug)
    context = {"written": newest, "versions": versions_of(newest)}
    return render(request, "quizzes/bank/versions.html", context)


@require_POST
@editors_only
def question_restore(request: PersonRequest, slug: str, version: int) -> HttpResponse:
    """Bring an earlier version back, as a new one."""
    newest = _newest(request, slug)
    old = get_object_or_404(Question, slug=slug, version=version, kind=newest.kind)
    try:
        restore_question(newest, old, request.user)
    except CannotBeAsked as error:
        messages.error(request, " ".join(error.problems))
    else:
        messages.success(request, f"Version {version} is asked again, as a new version.")
    return redirect("question-versions", slug)


@require_POST
@editors_only
def question_vouch(request: PersonRequest, slug: str) -> HttpResponse:
    """Take a question in as it is now, or put it away."""
    state = State.ARCHIVED if request.POST.get("put_away") else State.RELEASED
    vouch_for(_newest(request, slug), request.user, state)
    return redirect("question-preview", slug)


def _is_text(request: PersonRequest) -> bool:
    return "text" in request.POST or (request.method != "POST" and request.GET.get("as") == "text")


def _newest(request: PersonRequest, slug: str) -> Question:
    named = Question.objects.visible_to(request.user).filter(slug=slug)
    return get_object_or_404(with_content(newest_of(named)))


def _write(
    request: PersonRequest, lesson: Lesson, of: Question | None, text: str, kind: QuestionKind
) -> HttpResponse:
    problems: list[str] = []
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            question = write_question(lesson, text, request.user, of=of)
        except CannotBeAsked as error:
            problems = error.problems
        else:
            messages.success(request, "It is saved. Attempts that were begun keep what they showed.")
            return redirect("question-preview", slugify(question.slug))
    context = {"lesson": lesson, "written": of, "text": text, "problems": problems}
    context["as_form"] = action_of(lesson, kind, of)
    return render(request, "quizzes/bank/write.html", context, status=400 if problems else 200)
