"""What readers say about a line, lines that they propose, and what became of it. Both sides hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from enablement import audit
from enablement.lessons.live import lesson_of
from enablement.lessons.revising import new_draft
from enablement.lessons.schema import GuideEntryItem
from enablement.models import (
    Flag,
    FlagReason,
    FlagState,
    GuideEntry,
    Lesson,
    Origin,
    Ownership,
    Person,
    Revision,
    Team,
)
from enablement.roles import may_answer_flag, may_edit
from enablement.texts import BadText, clean_text
from enablement.trust.examples import is_example, take_up_example
from enablement.trust.notices import FLAG, OUTCOME, notify, shortened
from enablement.trust.outcomes import proposer_of
from enablement.trust.owners import editors, owners_of, told_about
from enablement.trust.pieces import named, piece_of

MAX_NOTE = 2_000
MAX_LINE = 1_000
SLUG_LENGTH = 60


class AlreadyClosed(Exception):
    """Somebody has answered it already. The message is one sentence for people."""


@transaction.atomic
def raise_flag(
    person: Person,
    kind: str,
    slug: str,
    reason: str,
    note: str = "",
    *,
    field: str = "",
    quote: str = "",
    url: str = "",
) -> Flag:
    """Say something about a line; its owners hear of it. Flagged again while it waits, the note is renewed.

    Raises BadText, UnknownPiece. Whether `person` may see the piece is the caller's to check.
    """
    if reason not in (FlagReason.OUTDATED, FlagReason.WRONG, FlagReason.UNCLEAR):
        raise BadText("Choose what is the matter with the line.")
    piece = piece_of(kind, slug)
    note = clean_text(note, what="note", limit=MAX_NOTE) if note.strip() else ""
    flag, _ = Flag.objects.update_or_create(
        person=person,
        kind=kind,
        slug=slug,
        field=field[:200],
        quote=quote[:MAX_NOTE],
        state=FlagState.OPEN,
        defaults={
            "lesson": lesson_of(piece),
            "reason": reason,
            "note": note,
            "url": url[:300] or piece.get_absolute_url(),
        },
    )
    audit.record(person, "flag", flag, after={"piece": f"{kind}:{slug}", "reason": reason})
    title = f"{person.name}: {flag.get_reason_display()}. {named(piece)}"
    _tell_owners(flag, told_about(kind, slug), title)
    return flag


@transaction.atomic
def propose_entry(person: Person, lesson: Lesson, lines: Mapping[str, str], *, note: str = "") -> Flag:
    """Propose a guide entry: `dont_say`, `do_say`, `why`. All editors hear of it. Raises BadText.

    `note`: where it comes from, such as the address of a message.
    """
    item = {name: _line(lines, name, label) for name, label in _PROPOSED.items()}
    flag = Flag.objects.create(
        person=person,
        lesson=lesson,
        kind=GuideEntry.kind,
        reason=FlagReason.PROPOSAL,
        quote=item["dont_say"],
        proposal={"slug": free_slug(item["dont_say"])} | item,
        note=note[:MAX_NOTE],
        url="/guide/",
    )
    audit.record(person, "propose", flag, after={"lesson": lesson.slug})
    _tell_owners(flag, editors(), f"{person.name} proposes a line: don’t say “{item['dont_say']}”")
    return flag


@transaction.atomic
def close_flag(flag: Flag, by: Person, state: str, answer: str = "") -> Flag:
    """Take a flag up or not; whoever raised it hears of it. A proposal taken up becomes a draft, an example
    a phrasing of its entry.

    Raises AlreadyClosed, BadText, and RevisingError or BadItem where the proposal cannot become a draft.
    """
    if state not in (FlagState.ACCEPTED, FlagState.DECLINED):
        raise BadText("Choose whether it is taken up.")
    answer = clean_text(answer, what="answer", limit=MAX_NOTE) if answer.strip() else ""
    flag = Flag.objects.select_for_update(of=("self",)).select_related("person", "lesson").get(pk=flag.pk)
    if flag.state != FlagState.OPEN:
        raise AlreadyClosed("Somebody has answered this already.")
    if state == FlagState.ACCEPTED and flag.proposal is not None:
        flag.revision = _draft_of(flag, by)
    if state == FlagState.ACCEPTED and is_example(flag):
        flag.revision = take_up_example(flag, by)
    flag.state, flag.answer, flag.closed_by, flag.closed_at = FlagState(state), answer, by, timezone.now()
    flag.save()
    audit.record(by, "close_flag", flag, before={"state": FlagState.OPEN}, after={"state": flag.state})
    _tell_proposer(flag)
    return flag


def flags_for(person: Person) -> models.QuerySet[Flag]:
    """Your own flags, and those on what you answer for; all of them, for an editor."""
    if may_edit(person):
        return Flag.objects.visible_to(person)
    teams = Team.objects.filter(models.Q(members=person) | models.Q(managers=person))
    mine = Ownership.objects.filter(
        models.Q(person=person) | models.Q(team__in=teams),
        kind=models.OuterRef("kind"),
        slug=models.OuterRef("slug"),
    )
    return Flag.objects.filter(models.Q(person=person) | models.Exists(mine))


def may_close(person: Person, flag: Flag) -> bool:
    """Editors may; an owner who is no editor may answer what is said about their piece."""
    changes_content = flag.proposal is not None or is_example(flag)
    return may_answer_flag(person, owners_of(flag.kind, flag.slug), changes_content=changes_content)


def free_slug(text: str) -> str:
    """A short name for a new guide entry, made of its words, that no entry has."""
    stem = slugify(text)[:SLUG_LENGTH].strip("-") or "line"
    drafts = Revision.objects.filter(kind=GuideEntry.kind)
    taken = {
        slug
        for rows in (GuideEntry.objects.all(), drafts)
        for slug in rows.filter(slug__startswith=stem).values_list("slug", flat=True)
    }
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


_PROPOSED = {"dont_say": "line to avoid", "do_say": "line to say instead", "why": "reason"}


def _line(lines: Mapping[str, str], name: str, label: str) -> str:
    return clean_text(lines.get(name, ""), what=label, limit=MAX_LINE)


def _draft_of(flag: Flag, by: Person) -> Revision:
    proposal: dict[str, Any] = dict(flag.proposal or {})
    # Another entry may have taken the name since.
    item = GuideEntryItem.model_validate(proposal | {"slug": free_slug(str(proposal["dont_say"]))})
    lesson = flag.lesson
    if lesson is None:
        raise BadText("The lesson that this was proposed for is gone.")
    reason = f"Proposed by {flag.person.name}." if flag.person else "Proposed by a reader."
    return new_draft(lesson, GuideEntry.kind, item, by, Origin.PROPOSED, reason=reason)


def _tell_owners(flag: Flag, people: list[Person], title: str) -> None:
    others = [person for person in people if person.pk != flag.person_id]
    notify(others, FLAG, title, text=flag.note, url=f"/flags/{flag.pk}/", flag=flag, key=f"flag:{flag.pk}")


def _tell_proposer(flag: Flag) -> None:
    verb = "was taken up" if flag.state == FlagState.ACCEPTED else "was not taken up"
    what = _what_it_was(flag)
    notify(
        proposer_of(flag),
        OUTCOME,
        f"{what} {verb}: “{shortened(flag.quote or flag.note or flag.slug, 120)}”",
        text=flag.answer,
        url=f"/flags/{flag.pk}/",
        flag=flag,
        key=f"outcome:{flag.pk}",
    )


def _what_it_was(flag: Flag) -> str:
    if flag.proposal is not None:
        return "The line you proposed"
    return "Your example for the check" if is_example(flag) else "What you said about a line"
