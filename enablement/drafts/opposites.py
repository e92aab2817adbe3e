"""Opposite recommendations and opposite orders, gathered by the point that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from enablement.drafts.voices import Dispute, Rows, Voice, add_voice, voice_of
from enablement.models import Card, Disagreement, Fit, FitKind, Signal, Source, State
from enablement.words import content_words


def opposite_recommendations(rows: Rows) -> Iterator[Dispute]:
    """Yield the situations for which different things are recommended: one dispute for each point."""
    cards = {card.slug: card for card in Card.objects.select_related("lesson")}
    titles = dict(Source.objects.values_list("slug", "title"))
    found: dict[str, Dispute] = {}
    for source, row in rows:
        if row["type"] != "between":
            continue
        against = row["against"]
        if against.get("source") and against["source"] not in titles:
            continue
        pair = sorted({row["card"], against["card"]})
        key = _key(source, row, pair)
        if key not in found:
            known = [cards[slug] for slug in pair if slug in cards]
            lesson = source.lesson or (known[0].lesson if known else None)
            title = _title(row, pair, cards)
            found[key] = Dispute(key, "between", title, lesson, cards=[card.slug for card in known])
        dispute = found[key]
        mine = voice_of(source, row, _says(row, cards))
        theirs = _other_voice(source, against, titles, _says(against, cards))
        for voice in (mine, theirs):
            add_voice(dispute.voices if _is_first(voice, dispute) else dispute.others, voice)
        if "slug" in against:
            _take_our_line(dispute, against)
    for key, dispute in found.items():
        _take_record(dispute, _recorded(dispute.cards, _point_words(key)))
        yield dispute


def opposite_orders(rows: Rows) -> Iterator[Dispute]:
    """Yield the pairs of steps that documents take in different orders."""
    titles = dict(Source.objects.values_list("slug", "title"))
    names = dict(Card.objects.values_list("slug", "title"))
    found: dict[tuple[str, str], Dispute] = {}
    for source, row in rows:
        if row["type"] != "order" or row["against"]["source"] not in titles:
            continue
        first, then = row["cards"]
        pair = (min(first, then), max(first, then))
        name = {slug: names.get(slug, slug.replace("-", " ")).lower() for slug in pair}
        if pair not in found:
            title = f"Which comes first, {name[pair[0]]} or {name[pair[1]]}?"
            found[pair] = Dispute(
                f"order:{pair[0]}:{pair[1]}", "order", title, source.lesson, cards=list(pair)
            )
        dispute, against = found[pair], row["against"]
        mine = voice_of(source, row, f"{name[first]} first")
        theirs = _other_voice(source, against, titles, f"{name[then]} first")
        sides = (dispute.voices, dispute.others) if first == pair[0] else (dispute.others, dispute.voices)
        add_voice(sides[0], mine)
        add_voice(sides[1], theirs)
    for (first, then), dispute in found.items():
        words = {*content_words(names.get(first, "")), *content_words(names.get(then, ""))}
        _take_record(dispute, _recorded(dispute.cards, words, all_in_title=True))
        yield dispute


def _key(source: Source, row: Mapping[str, Any], pair: list[str]) -> str:
    """What a row is about; without a named point, the place where it stands."""
    on: Mapping[str, str] = row.get("on") or {}
    point = next((f"{kind}:{name}" for kind, name in on.items()), f"at:{source.slug}:{row['start']}")
    return f"between:{'+'.join(pair)}:{point}"


def _title(row: Mapping[str, Any], pair: list[str], cards: Mapping[str, Card]) -> str:
    names = [cards[slug].title if slug in cards else slug.replace("-", " ").capitalize() for slug in pair]
    on = row.get("on") or {}
    point = f"where it is about {on['word']}" if "word" in on else _signal_title(on.get("signal", ""))
    if len(pair) == 1:
        return f"Does {names[0].lower()} help {point or 'here'}?"
    return f"{names[0]} or {names[1].lower()}{f' {point}' if point else ''}?"


def _signal_title(name: str) -> str:
    """A signal in words: “where facts are missing”."""
    if not name:
        return ""
    _, distinction, signal = name.split(":", 2)
    found = Signal.objects.filter(distinction__slug=distinction, name=signal).first()
    title = found.title if found else signal
    return f"where {title[:1].lower()}{title[1:]}"


def _other_voice(source: Source, against: Mapping[str, Any], titles: Mapping[str, str], says: str) -> Voice:
    """The other side: another document, this very document, or a card of ours."""
    if "start" in against:
        return voice_of(source, against, says)
    other = against.get("source")
    if not other:
        return Voice(against["quote"], against["title"], against["url"], None, "", says)
    url = reverse("document-detail", args=[other]) + f"?show=all#draft-{against.get('draft')}"
    return Voice(against.get("quote", ""), titles[other], url, other, "", says)


def _is_first(voice: Voice, dispute: Dispute) -> bool:
    """Whether a sentence belongs to the side that was seen first."""
    return not dispute.voices or voice.stance == dispute.voices[0].stance


def _says(row: Mapping[str, Any], cards: Mapping[str, Card]) -> str:
    name = cards[row["card"]].title if row["card"] in cards else row["card"]
    return f"{name}: {FitKind(row['says']).label.lower()}"


def _take_our_line(dispute: Dispute, against: Mapping[str, Any]) -> None:
    fit = Fit.objects.filter(slug=against["slug"]).first()
    if fit and not dispute.house:
        dispute.house, dispute.house_url = fit.text, against["url"]


def _take_record(dispute: Dispute, recorded: Disagreement | None) -> None:
    if recorded:
        dispute.recorded = recorded
        dispute.house, dispute.house_url = recorded.house_position, recorded.get_absolute_url()


def _point_words(key: str) -> set[str]:
    kind, _, name = key.split(":", 2)[2].partition(":")
    return set(content_words(name.rpartition(":")[2])) if kind in {"signal", "word"} else set()


def _recorded(cards: Iterable[str], words: set[str], *, all_in_title: bool = False) -> Disagreement | None:
    """The disagreement that is written down on all of `cards` and speaks of the point: in its title best."""
    best: tuple[int, Disagreement | None] = (0, None)
    wanted = set(cards)
    for one in (
        Disagreement.objects.filter(state=State.RELEASED).prefetch_related("cards").select_related("lesson")
    ):
        if not words or not wanted <= {card.slug for card in one.cards.all()}:
            continue
        title, point = set(content_words(one.title)), set(content_words(one.point))
        fits = words <= title if all_in_title else bool(words & (title | point))
        rank = 2 if words & title else 1
        if fits and rank > best[0]:
            best = (rank, one)
    return best[1]
