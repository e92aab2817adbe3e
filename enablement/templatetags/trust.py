"""Template tags about trust. They are built in: no template needs to load them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from django import template
from django.template import Context
from django.template.loader import render_to_string

from enablement.at_hand import PINNED_KINDS, is_pinned
from enablement.models import Flag, FlagReason, Recall, Team, Turn
from enablement.roles import may_administer
from enablement.trust.facts import Pair, Trust, all_expired, trust_of
from enablement.trust.lines import field_name
from enablement.trust.owners import FOLLOWING, answering
from enablement.trust.pieces import piece_of, title_of, visible_pieces
from enablement.trust.recalls import with_leave

register = template.Library()

T = TypeVar("T")

REASONS = [reason for reason in FlagReason if reason != FlagReason.PROPOSAL]


@register.inclusion_tag("parts/trust.html", takes_context=True)
def trust(context: Context, piece: Any) -> dict[str, Any]:
    """Who vouches for a piece and until when, with what one may do about it."""
    person = context["user"]
    kind = piece.kind
    found = trust_of([(kind, piece.slug)])[kind, piece.slug]
    return {
        "follows": piece_of(*answering(kind, piece.slug)) if kind in FOLLOWING else None,
        "trust": found,
        "kind": kind,
        "piece": piece,
        "person": person,
        "may_verify": person.is_authenticated and _may_verify(person, found),
        "reasons": REASONS,
        "pin_kind": kind in PINNED_KINDS and person.is_authenticated,
        "pinned": person.is_authenticated and is_pinned(person, kind, piece.slug),
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def expired(context: Context, kind: str, slug: str) -> str:
    """A badge, where nobody vouches for the piece any more. One query for all of a page."""
    return render_to_string("parts/expired.html") if (kind, slug) in _expired(context) else ""


@register.simple_tag(takes_context=True)
def expired_part(context: Context, part: Any) -> str:
    """The same, of a piece of a lesson or of the lesson itself."""
    return expired(context, part.kind, part.slug)


@register.inclusion_tag("trust/flag_table.html", takes_context=True)
def flag_table(context: Context, flags: Iterable[Flag], caption: str) -> dict[str, Any]:
    """Flags, each with what its piece is called; nothing where its person may not see that any more."""
    flags = list(flags)
    pairs = {(flag.kind, flag.slug) for flag in flags if flag.slug}
    titles = {pair: title_of(piece) for pair, piece in visible_pieces(context["user"], pairs).items()}
    rows = [(flag, titles.get((flag.kind, flag.slug), "")) for flag in flags]
    return {"rows": rows, "caption": caption}


@register.inclusion_tag("parts/corrected.html", takes_context=True)
def corrected(context: Context, turn: Turn) -> dict[str, Any]:
    """The corrections since an answer was given, of lines that it gave."""
    given = {(cited.kind, cited.slug, cited.passage_key.split(":", 2)[2]) for cited in turn.citations.all()}
    recalls = [
        (recall, may_read)
        for recall, may_read in _recalls(context)
        if recall.made_at > turn.asked_at
        and ((recall.kind, recall.slug, field_name(recall.field)) in given or recall.old == turn.say)
    ]
    return {"recalls": recalls}


def _may_verify(person: Any, found: Trust) -> bool:
    if may_administer(person) or found.person_id == person.pk:
        return True
    if found.team_id is None:
        return False
    return Team.objects.filter(pk=found.team_id, members=person).exists() or (
        Team.objects.filter(pk=found.team_id, managers=person).exists()
    )


def _expired(context: Context) -> frozenset[Pair]:
    return _once(context, "expired_pieces", all_expired)


def _recalls(context: Context) -> list[tuple[Recall, bool]]:
    """The corrections that the person was told of, each with whether they may read the new line."""
    person = context["user"]
    rows = Recall.objects.filter(notices__person=person).distinct()
    return _once(context, "own_recalls", lambda: with_leave(rows, person))


def _once(context: Context, name: str, make: Callable[[], T]) -> T:
    """What `make` gives, asked once a request."""
    request = context.get("request")
    if request is None:
        return make()
    if not hasattr(request, name):
        setattr(request, name, make())
    return cast(T, getattr(request, name))
