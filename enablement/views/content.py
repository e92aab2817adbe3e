"""Pages of the knowledge base: each is one piece of content with what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enablement.models import (
    Analogy,
    AnalogySide,
    Card,
    Comparison,
    Disagreement,
    Distinction,
    Fit,
    FitKind,
    GuideEntry,
    Ladder,
    Lesson,
    LessonPart,
    PartQuerySet,
    Passage,
    Script,
    Term,
)
from enablement.quoting import quoted_url
from enablement.views.reading_counts import counts_readings
from enablement.views.related import related_to
from enablement.views.requests import PersonRequest, signed_in
from enablement.walking import walk

PHRASINGS_A_PAGE = 12


@require_safe
@signed_in
def lesson_list(request: PersonRequest) -> HttpResponse:
    lessons = Lesson.objects.visible_to(request.user)
    return render(request, "content/lesson_list.html", {"lessons": lessons})


@require_safe
@signed_in
@counts_readings("lesson")
def lesson_detail(request: PersonRequest, slug: str) -> HttpResponse:
    person = request.user
    lesson = get_object_or_404(Lesson.objects.visible_to(person), slug=slug)
    context = {
        "lesson": lesson,
        "cards": Card.objects.visible_to(person).filter(lesson=lesson),
        "comparisons": Comparison.objects.visible_to(person).filter(lesson=lesson),
        "guide_entries": GuideEntry.objects.visible_to(person).filter(lesson=lesson),
        "analogies": Analogy.objects.visible_to(person).filter(lesson=lesson),
        "distinctions": Distinction.objects.visible_to(person).filter(lesson=lesson),
        "ladders": Ladder.objects.visible_to(person).filter(lesson=lesson),
        "scripts": Script.objects.visible_to(person).filter(lesson=lesson),
        "disagreements": Disagreement.objects.visible_to(person)
        .filter(lesson=lesson)
        .prefetch_related("positions__sources"),
        "terms": Term.objects.visible_to(person).filter(lesson=lesson),
        "sources": lesson.sources.all(),
    }
    return render(request, "content/lesson_detail.html", context)


@require_safe
@signed_in
def card_list(request: PersonRequest) -> HttpResponse:
    cards = Card.objects.visible_to(request.user).select_related("lesson")
    return render(request, "content/card_list.html", {"cards": cards})


@require_safe
@signed_in
@counts_readings("card")
def card_detail(request: PersonRequest, slug: str) -> HttpResponse:
    person = request.user
    lessons = Lesson.objects.visible_ids(person)
    cards = Card.objects.visible_to(person, lessons).select_related("lesson")
    card = get_object_or_404(cards.prefetch_related("sources"), slug=slug)

    def belonging(model: type[LessonPart], **to: Card) -> PartQuerySet:
        return model.objects.visible_to(person, lessons).filter(**to)

    related = related_to(card, person, lessons)
    context = {
        "card": card,
        "fits": _fits(belonging(Fit, card=card)),
        "comparisons": related["comparison"],
        "guide_entries": related["guide_entry"],
        "analogies": related["analogy"],
        "terms": related["term"],
        "scripts": related["script"],
        "disagreements": belonging(Disagreement, cards=card)
        .select_related("lesson")
        .prefetch_related("positions__sources"),
        "sources": card.sources.all(),
    }
    return render(request, "content/card_detail.html", context | _neighbours(card, related["card"]))


def _fits(fits: PartQuerySet) -> list[tuple[FitKind, list[tuple[Fit, str]]]]:
    """The situations on a card, kind by kind, each with the titles of its sources."""
    rows: list[Fit] = list(fits)
    titles: dict[int, list[str]] = {fit.pk: [] for fit in rows}
    between = Fit.sources.through.objects.filter(fit__in=titles).order_by("source__title")
    for fit_id, title in between.values_list("fit", "source__title"):
        titles[fit_id].append(title)
    told = [(fit, "; ".join(titles[fit.pk])) for fit in rows]
    by_kind = [(kind, [one for one in told if one[0].fit_kind == kind]) for kind in FitKind]
    return [(kind, group) for kind, group in by_kind if group]


def _neighbours(card: Card, cards: Sequence[LessonPart]) -> dict[str, LessonPart | None]:
    """The cards before and after `card` in its lesson."""
    at = [one.slug for one in cards].index(card.slug)
    beside = {"previous": at - 1, "next": at + 1}
    return {name: cards[place] if 0 <= place < len(cards) else None for name, place in beside.items()}


@require_safe
@signed_in
@counts_readings("comparison")
def comparison_detail(request: PersonRequest, slug: str) -> HttpResponse:
    comparison = get_object_or_404(
        Comparison.objects.visible_to(request.user)
        .select_related("lesson")
        .prefetch_related("traits", "sources"),
        slug=slug,
    )
    cards = Card.objects.visible_to(request.user).filter(comparisons=comparison)
    return render(request, "content/comparison_detail.html", {"comparison": comparison, "cards": cards})


@require_safe
@signed_in
def guide(request: PersonRequest) -> HttpResponse:
    entries = GuideEntry.objects.visible_to(request.user).select_related("lesson")
    return render(request, "content/guide.html", {"entries": entries})


@require_safe
@signed_in
@counts_readings("guide_entry")
def guide_entry_detail(request: PersonRequest, slug: str) -> HttpResponse:
    entries = GuideEntry.objects.visible_to(request.user).select_related("lesson")
    entry = get_object_or_404(entries.prefetch_related("phrasings", "sources"), slug=slug)
    phrasings = sorted(entry.phrasings.all(), key=lambda one: one.pk)
    breaking, fine = ([one for one in phrasings if one.breaks is side] for side in (True, False))
    context = {
        "entry": entry,
        "cards": Card.objects.visible_to(request.user).filter(guide_entries=entry),
        "breaking": Paginator(breaking, PHRASINGS_A_PAGE).get_page(request.GET.get("misleads")),
        "fine": Paginator(fine, PHRASINGS_A_PAGE).get_page(request.GET.get("close")),
    }
    return render(request, "content/guide_entry_detail.html", context)


@require_safe
@signed_in
@counts_readings("analogy")
def analogy_detail(request: PersonRequest, slug: str) -> HttpResponse:
    analogies = Analogy.objects.visible_to(request.user).select_related("lesson", "card")
    analogy = get_object_or_404(analogies.prefetch_related("points", "sources"), slug=slug)
    context = {
        "analogy": analogy,
        "card": Card.objects.visible_to(request.user).filter(pk=analogy.card_id).first(),
        "holds": [point for point in analogy.points.all() if point.side == AnalogySide.HOLDS],
        "breaks": [point for point in analogy.points.all() if point.side == AnalogySide.BREAKS],
    }
    return render(request, "content/analogy_detail.html", context)


@require_safe
@signed_in
@counts_readings("distinction")
def distinction_detail(request: PersonRequest, slug: str) -> HttpResponse:
    cards = Card.objects.visible_to(request.user)
    distinctions = Distinction.objects.visible_to(request.user).select_related("lesson")
    distinction = get_object_or_404(
        distinctions.prefetch_related("signals", "outcomes__signals", Prefetch("outcomes__cards", cards)),
        slug=slug,
    )
    return render(request, "content/distinction_detail.html", {"distinction": distinction})


@require_safe
@signed_in
@counts_readings("ladder")
def ladder_detail(request: PersonRequest, slug: str) -> HttpResponse:
    ladders = Ladder.objects.visible_to(request.user).select_related("lesson")
    ladder = get_object_or_404(ladders.prefetch_related("sources"), slug=slug)
    readable = Q(card__in=Card.objects.visible_to(request.user))
    steps = ladder.steps.select_related("card")
    context = {
        "ladder": ladder,
        "steps": steps,
        "linked": set(steps.filter(readable).values_list("pk", flat=True)),
        "walk": walk(ladder.questions.select_related("yes_step", "no_step"), request.GET.get("way", "")),
    }
    template = "content/ladder_walk.html" if request.htmx else "content/ladder_detail.html"
    return render(request, template, context)


@require_safe
@signed_in
def glossary(request: PersonRequest) -> HttpResponse:
    terms = sorted(
        Term.objects.visible_to(request.user).select_related("lesson"), key=lambda term: term.term.casefold()
    )
    cards = {card.pk: card for card in Card.objects.visible_to(request.user)}
    rows = [(term, cards.get(term.card_id or 0)) for term in terms]
    letters = [(letter, list(group)) for letter, group in groupby(rows, lambda row: _letter(row[0]))]
    return render(request, "content/glossary.html", {"letters": letters})


def _letter(term: Term) -> str:
    first = term.term[:1].upper()
    return first if first.isalpha() else "0–9"


@require_safe
@signed_in
def passage_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Open a passage where it stands: on the page that it is a part of, with its beginning marked."""
    passage = get_object_or_404(Passage.objects.visible_to(request.user), pk=pk)
    return HttpResponseRedirect(quoted_url(passage.url, passage.text))
