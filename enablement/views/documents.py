"""Documents on their way in: hand one over, see how far it is, cancel it; and all that were read in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from enablement.lessons.documents import ENDINGS, LIMITS
from enablement.lessons.handing_in import (
    LONGEST_TITLE,
    MAX_PASTE,
    counted_documents,
    is_too_large,
    pasted,
    readable_documents,
)
from enablement.lessons.importing import cancel_import, request_check, request_import
from enablement.lessons.joining import JoiningError, join_documents, keep_apart
from enablement.models import ImportJob, ImportState, Lesson, Person, Source
from enablement.texts import BadText
from enablement.views.requests import PersonRequest, editors_only

UNFINISHED = (ImportState.WAITING, ImportState.RUNNING)
JOBS_SHOWN = 8
MAX_FILES = 20
# A worker with nothing else to do takes a document up within a second.
LONG = timedelta(seconds=15)


class DocumentForm(forms.Form):
    """Files or a pasted text, for a lesson. `files` are read from the request: a form knows only one."""

    title = forms.CharField(required=False, max_length=LONGEST_TITLE)
    text = forms.CharField(required=False, max_length=MAX_PASTE, strip=False)
    lesson = forms.ModelChoiceField(Lesson.objects.all(), required=False, to_field_name="slug")
    document = forms.ModelChoiceField(Source.objects.exclude(text=""), required=False, to_field_name="slug")


@require_safe
@editors_only
def document_list(request: PersonRequest) -> HttpResponse:
    return _list(request, DocumentForm())


@require_POST
@editors_only
def document_add(request: PersonRequest) -> HttpResponse:
    """Hand files or a pasted text to the worker. What was typed stays where something is wrong."""
    form = DocumentForm(request.POST)
    files = request.FILES.getlist("files")
    handed = _handed_in(form, files) if form.is_valid() else []
    if not form.is_valid():
        return _list(request, form, status=400)
    values = form.cleaned_data
    jobs = [
        request_import(request.user, name, data, lesson=values["lesson"], source=values["document"])
        for name, data in handed
    ]
    if len(jobs) == 1:
        return redirect("import-job", jobs[0].pk)
    messages.success(request, f"{len(jobs)} documents are being read. Open each when it is done.")
    return redirect("document-list")


@require_safe
@editors_only
def import_list(request: PersonRequest) -> HttpResponse:
    """The latest imports, as a fragment that asks again while one of them runs."""
    return render(request, "documents/imports.html", _jobs(request.user))


@require_safe
@editors_only
def import_job(request: PersonRequest, pk: str) -> HttpResponse:
    """How far an import is. When it is done, the way goes on to its review."""
    job = get_object_or_404(
        ImportJob.objects.visible_to(request.user).select_related("source", "lesson"), pk=pk
    )
    done = job.state == ImportState.DONE and job.source is not None
    if done and request.htmx and not job.error:
        response = HttpResponse()
        response["HX-Redirect"] = _review_url(job)
        return response
    template = "documents/import_state.html" if request.htmx else "documents/import_job.html"
    is_long = job.state == ImportState.WAITING and timezone.now() - job.made_at > LONG
    context = {"job": job, "review_url": _review_url(job), "unfinished": UNFINISHED, "is_long": is_long}
    return render(request, template, context)


@require_POST
@editors_only
def import_cancel(request: PersonRequest, pk: str) -> HttpResponse:
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    cancel_import(job, request.user)
    return redirect("import-list" if request.htmx else "document-list")


@require_POST
@editors_only
def document_check(request: PersonRequest, slug: str) -> HttpResponse:
    """Check a document against the guide anew, in the worker."""
    document = get_object_or_404(readable_documents(), slug=slug)
    request_check(document, request.user)
    messages.success(request, "The document is being checked against the guide. Reload in a minute.")
    return redirect("document-detail", slug)


@require_POST
@editors_only
def document_alike(request: PersonRequest, slug: str) -> HttpResponse:
    """Say whether a document is a version of the one that it is nearly the same as."""
    document = get_object_or_404(readable_documents(), slug=slug)
    if request.POST.get("do") != "join":
        keep_apart(document, request.user)
        messages.success(request, "They stay two documents.")
        return redirect("document-detail", slug)
    try:
        older = join_documents(document, request.user)
    except JoiningError as error:
        messages.error(request, str(error))
        return redirect("document-detail", slug)
    messages.success(
        request, f"It is a version of “{older.title}” now. What stayed the same keeps its decisions."
    )
    return redirect("document-detail", older.slug)


def _handed_in(form: DocumentForm, files: list[UploadedFile[Any]]) -> list[tuple[str, bytes]]:
    """The names and bytes of what was handed in. What is wrong with it becomes an error of the form."""
    given: list[tuple[str, bytes]] = []
    for file in files[:MAX_FILES]:
        if problem := is_too_large(str(file.name), file.size or 0):
            form.add_error(None, problem)
        else:
            given.append((file.name or "document", file.read()))
    if len(files) > MAX_FILES:
        form.add_error(None, f"Hand in at most {MAX_FILES} files at a time.")
    if form.cleaned_data.get("text", "").strip():
        try:
            given.append(pasted(form.cleaned_data["text"], form.cleaned_data["title"]))
        except BadText as error:
            form.add_error("text", str(error))
    if not given and not form.errors:
        form.add_error(None, "Choose a file, or paste the text of a document.")
    if form.cleaned_data.get("document") and len(given) > 1:
        form.add_error("document", "Only one file can be the new version of a document.")
    return given


def _list(request: PersonRequest, form: DocumentForm, status: int = 200) -> HttpResponse:
    context = {
        "documents": counted_documents(),
        "form": form,
        "endings": ",".join(ENDINGS),
        "most_megabytes": LIMITS.bytes // (1024 * 1024),
        "lessons": Lesson.objects.all(),
        **_jobs(request.user),
    }
    return render(request, "documents/document_list.html", context, status=status)


def _jobs(person: Person) -> dict[str, Any]:
    """The imports that run and the last few that ended without a document to open."""
    jobs = list(ImportJob.objects.visible_to(person).defer("data").select_related("source")[:JOBS_SHOWN])
    return {
        "jobs": jobs,
        "running": any(job.state in UNFINISHED for job in jobs),
        "unfinished": UNFINISHED,
    }


def _review_url(job: ImportJob) -> str:
    return reverse("document-detail", args=[job.source.slug]) if job.source else ""
