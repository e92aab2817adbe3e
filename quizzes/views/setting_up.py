"""The page on which an editor sets up a quiz, and sees beside it what an attempt will be."""

from __future__ import annotations

from random import SystemRandom
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from enablement.models import Lesson
from enablement.views.requests import PersonRequest, editors_only
from quizzes.bank import offered_in
from quizzes.models import Difficulty, Question, Quiz
from quizzes.quiz_forms import QuizForm, as_written, changed_rules, read_rules
from quizzes.setting_up import NothingToAsk, drawn_from, save_quiz


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def quiz_new(request: PersonRequest, lesson: str) -> HttpResponse:
    """Set up a new quiz of a lesson."""
    found = get_object_or_404(Lesson.objects.visible_to(request.user), slug=lesson)
    return _set_up(request, Quiz(lesson=found, from_bank=True, draws=10))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def quiz_change(request: PersonRequest, slug: str) -> HttpResponse:
    """Set up a quiz that there is anew."""
    quizzes = Quiz.objects.visible_to(request.user).for_all().select_related("lesson")
    return _set_up(request, get_object_or_404(quizzes, slug=slug))


def _set_up(request: PersonRequest, quiz: Quiz) -> HttpResponse:
    if request.method != "POST":
        listed = [] if quiz.pk is None else list(quiz.questions.values_list("slug", flat=True))
        return _page(request, quiz, QuizForm(instance=quiz), quiz.rules, listed)
    form, rules = QuizForm(request.POST, instance=quiz), read_rules(request.POST)
    listed, do = request.POST.getlist("question"), request.POST.get("do", "save")
    changed = changed_rules(rules, do)
    if changed is not None or do == "look":
        # Nothing is saved, so nothing is wrong yet.
        form = QuizForm(instance=quiz, initial=as_written(request.POST))
        fragment = "quizzes/bank/quiz_beside.html" if request.htmx else ""
        return _page(request, quiz, form, rules if changed is None else changed, listed, fragment=fragment)
    problem = ""
    if form.is_valid():
        try:
            saved = save_quiz(form.save(commit=False), request.user, rules=rules, slugs=listed)
        except NothingToAsk as nothing:
            problem = str(nothing)
        else:
            messages.success(request, "The quiz is saved. Attempts that were begun stay as they were drawn.")
            return redirect("quiz-change", saved.slug)
    return _page(request, quiz, form, rules, listed, problem=problem, status=400)


def _page(
    request: PersonRequest,
    quiz: Quiz,
    form: QuizForm,
    rules: list[dict[str, Any]],
    listed: list[str],
    *,
    fragment: str = "",
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    questions = list(
        offered_in(quiz.lesson).select_related("distinction", "ladder").prefetch_related("options")
    )
    context = {
        "quiz": quiz,
        "lesson": quiz.lesson,
        "form": form,
        "rules": rules,
        "questions": questions,
        "listed": listed,
        "topics": sorted({question.topic for question in questions}),
        "difficulties": Difficulty.choices,
        "problem": problem,
        **_drawing(form, rules, questions, listed),
    }
    return render(request, fragment or "quizzes/bank/quiz.html", context, status=status)


def _drawing(
    form: QuizForm, rules: list[dict[str, Any]], questions: list[Question], listed: list[str]
) -> dict[str, Any]:
    """What an attempt would be by what is in the form now, and one drawn as an example."""
    wanted = form["draws"].value()
    draws = int(wanted) if str(wanted).isdecimal() else None
    from_bank = str(form["from_bank"].value()) == "True"
    drawn = drawn_from(questions, listed, SystemRandom(), from_bank=from_bank, draws=draws, rules=rules)
    return {"explained": drawn.explained, "example": drawn.example, "from_bank": from_bank}
