"""Editors make a quiz from the statements of a distinction."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from enablement.models import Distinction
from enablement.views.requests import PersonRequest, editors_only
from quizzes.from_statements import TooFewStatements, make_sort_quiz


@require_POST
@editors_only
def quiz_make(request: PersonRequest) -> HttpResponse:
    """Make the quiz, or bring it up to date."""
    slug = slugify(request.POST.get("distinction", ""))
    distinction = get_object_or_404(Distinction.objects.visible_to(request.user), slug=slug)
    try:
        loaded = make_sort_quiz(distinction, request.user)
    except TooFewStatements as error:
        messages.error(request, str(error))
        return redirect("quiz-list")
    words = "Nothing has changed in this quiz." if loaded.is_same else "The quiz is made from the statements."
    messages.success(request, words)
    return redirect(loaded.quiz)
