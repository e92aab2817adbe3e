"""Editors write a question in a form of its kind, with what reps will see beside it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from enablement.editing.rows import change_rows
from enablement.lessons.checking import Problem
from enablement.models import Lesson
from enablement.views.requests import PersonRequest
from quizzes.authoring.desk import action_of, desk
from quizzes.authoring.drafts import close_draft, drop_draft, find_draft, keep_draft
from quizzes.authoring.fields import blank
from quizzes.authoring.offers import QuestionOffer
from quizzes.authoring.parsing import finished, parse_question
from quizzes.authoring.saving import NotWhole, SavedMeanwhile, save_question
from quizzes.exporting import question_data
from quizzes.kinds import QuestionKind
from quizzes.models import Question
from quizzes.schema import ITEM_TYPES
from quizzes.writing import CannotBeAsked

# The version that a form was begun from: saved in between, another editor's words are not written over.
BEGAN = "began"
SAVED = "It is saved. Attempts that were begun keep what they showed."
NEWER = (
    "Somebody saved version {version} after you had begun. What you wrote is still here. Look at what it "
    "changes now, and save again if it is to replace theirs."
)


def question_form(
    request: PersonRequest, lesson: Lesson, kind: QuestionKind, of: Question | None
) -> HttpResponse:
    """The form of a question, filled from what is stored, or from what the person wrote and did not save."""
    slug = of.slug if of else ""
    if request.method == "POST":
        return _posted(request, lesson, kind, of)
    draft = find_draft(request.user, lesson, kind, slug)
    item = dict(draft.item) if draft else _begun(request, lesson, kind, of)
    began = item.pop(BEGAN, "")
    return _page(request, lesson, kind, of, item, draft=draft, began=began)


def _begun(request: PersonRequest, lesson: Lesson, kind: QuestionKind, of: Question | None) -> dict[str, Any]:
    if of is None:
        return blank(kind, QuestionOffer(lesson, request.user))
    return {"slug": of.slug, **question_data(of)}


def _posted(request: PersonRequest, lesson: Lesson, kind: QuestionKind, of: Question | None) -> HttpResponse:
    slug, do = of.slug if of else "", request.POST.get("do", "save")
    if do == "drop":
        drop_draft(request.user, lesson, kind, slug)
        return redirect("question-preview", slug) if of else redirect("question-bank", lesson.slug)
    item = parse_question(kind, request.POST, QuestionOffer(lesson, request.user), slug)
    done = change_rows(ITEM_TYPES[kind], item, do, request.POST.get("removed", ""))
    if do == "save":
        return _save(request, lesson, kind, of, item)
    item = done.item if done else item
    began = request.POST.get(BEGAN, "")[:9]
    kept = keep_draft(request.user, lesson, item | {BEGAN: began}, _form_key(request))
    if do == "draft" and kept:
        messages.success(request, "It is kept as a draft that only you see. Nobody is asked it yet.")
        return redirect("question-bank", lesson.slug)
    more: dict[str, Any] = {"kept": kept, BEGAN: began}
    if done:
        more |= {"focus": done.focus, "said": done.said, "removed": done.removed}
        more["put_back"] = do.replace("remove:", "restore:", 1)
    fragment = "quizzes/bank/beside.html" if do == "preview" else "quizzes/bank/fields.html"
    return _page(request, lesson, kind, of, item, fragment=fragment if request.htmx else "", **more)


def _save(
    request: PersonRequest, lesson: Lesson, kind: QuestionKind, of: Question | None, item: dict[str, Any]
) -> HttpResponse:
    whole, problems = finished(kind, item), list[Problem]()
    began = request.POST.get(BEGAN, "")[:9]
    try:
        question = save_question(
            lesson, whole, request.user, of=of, began=int(began) if began.isdecimal() else None
        )
    except NotWhole as error:
        words, problems = [str(error)], error.problems
    except SavedMeanwhile as error:
        words = [NEWER.format(version=error.version)]
    except CannotBeAsked as error:
        words = error.problems
    else:
        close_draft(request.user, lesson, kind, item["slug"], _form_key(request))
        messages.success(request, SAVED)
        return redirect("question-preview", question.slug)
    keep_draft(request.user, lesson, item | {BEGAN: began}, _form_key(request))
    shown = whole | {"slug": item["slug"]}
    return _page(request, lesson, kind, of, shown, problems=problems, words=words, status=400)


def _form_key(request: PersonRequest) -> str:
    return request.POST.get("form_key", "")[:40]


def _page(
    request: PersonRequest,
    lesson: Lesson,
    kind: QuestionKind,
    of: Question | None,
    item: dict[str, Any],
    *,
    problems: Any = (),
    fragment: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = desk(request.user, lesson, kind, item, of=of, problems=problems) | more
    context["form_key"] = _form_key(request) or uuid4().hex
    context["as_text"] = action_of(lesson, kind, of) + ("&as=text" if of is None else "?as=text")
    return render(request, fragment or "quizzes/bank/form.html", context, status=status)
