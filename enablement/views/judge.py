"""Sorting what a buyer said and checking a draft's wording: a fragment for the box, a page without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from enablement.judges.encoder import EncoderUnavailable
from enablement.judges.heads import NotTrained
from enablement.judges.sorting import Verdict
from enablement.judges.wording import unread_part
from enablement.judging import NoDistinction, check_for, sort_for
from enablement.models import Card, Distinction, Surface
from enablement.texts import MAX_DRAFT, BadText, clean_text
from enablement.views.requests import PersonRequest, signed_in

Judge = Callable[[PersonRequest, str], dict[str, Any]]

# What may keep a text from being judged, with the status that says whose move is next.
PROBLEMS = {BadText: 400, NoDistinction: 404, EncoderUnavailable: 503, NotTrained: 503}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sort(request: PersonRequest) -> HttpResponse:
    return _judge(request, "sort", _verdict)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def check(request: PersonRequest) -> HttpResponse:
    return _judge(request, "check", _findings)


def _judge(request: PersonRequest, mode: str, judge: Judge) -> HttpResponse:
    context: dict[str, Any] = {"mode": mode, "text": request.POST.get("text", "")}
    status = 200
    if request.method == "POST":
        try:
            context |= {"judged": True} | judge(request, context["text"])
        except tuple(PROBLEMS) as error:
            status = PROBLEMS[type(error)]
            context["problem"] = str(error)
    template = f"judge/{mode}_result.html" if request.htmx else f"judge/{mode}.html"
    return render(request, template, context | {"passing": status == 503}, status=status)


def _verdict(request: PersonRequest, text: str) -> dict[str, Any]:
    # A slug that slugify changes is none of ours, and some such texts the database refuses.
    slug = slugify(request.POST.get("distinction", ""))
    verdict = sort_for(request.user, Surface.BROWSER, text, slug)
    cards = [card.slug for card in verdict.cards]
    return {
        "verdict": verdict,
        "named_distinction": slug,
        "strengths": _strengths(request, verdict),
        "cards": Card.objects.visible_to(request.user).filter(slug__in=cards),
        "others": Distinction.objects.visible_to(request.user).exclude(slug=verdict.distinction),
    }


def _strengths(request: PersonRequest, verdict: Verdict) -> list[dict[str, Any]]:
    """The signals as the page shows them: name, title, and strength in per cent."""
    distinction = Distinction.objects.visible_to(request.user).get(slug=verdict.distinction)
    return [
        {"name": signal.name, "title": signal.title, "percent": round(verdict.signals[signal.name] * 100)}
        for signal in distinction.signals.all()
    ]


def _findings(request: PersonRequest, text: str) -> dict[str, Any]:
    """The findings, and the text that their positions count in."""
    draft = clean_text(text, what="draft", limit=MAX_DRAFT)
    findings = check_for(request.user, Surface.BROWSER, draft)
    return {"findings": findings, "draft": draft, "unread": unread_part(draft)}
