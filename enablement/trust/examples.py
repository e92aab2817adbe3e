"""What people tell the wording check: “this was fine”, “you missed this”. An editor's nod, and it learns."""

from __future__ import annotations

from django.db import transaction

from enablement import audit
from enablement.judges.exact import words_of
from enablement.lessons.revising import open_draft, open_revision, release, save_draft, send_to_review
from enablement.models import Flag, FlagReason, FlagState, GuideEntry, Person, Revision
from enablement.texts import clean_text
from enablement.trust.notices import FLAG, notify, shortened
from enablement.trust.owners import editors

MAX_EXAMPLE = 1_000
# Which list of the entry an example goes to; it leaves the other one.
SIDES = {FlagReason.FINE: ("fine", "breaks"), FlagReason.MISSED: ("breaks", "fine")}


def is_example(flag: Flag) -> bool:
    return flag.reason in SIDES


@transaction.atomic
def send_example(person: Person, entry: GuideEntry, text: str, reason: FlagReason) -> Flag:
    """Say that a sentence was wrongly found, or missed. All editors hear of it. Raises BadText.

    Whether `person` may see the entry is the caller's to check. Sent twice while it waits, it is one.
    """
    text = clean_text(text, what="sentence", limit=MAX_EXAMPLE)
    flag, is_new = Flag.objects.get_or_create(
        person=person,
        kind=GuideEntry.kind,
        slug=entry.slug,
        quote=text,
        reason=reason,
        state=FlagState.OPEN,
        defaults={"lesson": entry.lesson, "url": entry.get_absolute_url()},
    )
    if is_new:
        audit.record(person, "example", flag, after={"entry": entry.slug, "reason": reason})
        title = f"{person.name}: {flag.get_reason_display()}. “{shortened(text, 120)}”"
        others = [editor for editor in editors() if editor.pk != person.pk]
        notify(others, FLAG, title, url=f"/flags/{flag.pk}/", flag=flag, key=f"flag:{flag.pk}")
    return flag


@transaction.atomic
def take_up_example(flag: Flag, by: Person) -> Revision:
    """Put the sentence among the phrasings of its entry, and release that where nothing stands against it.

    Where somebody has the entry in hand it joins their draft; where a second person approves changes it
    waits for that. Raises RevisingError.
    """
    in_hand = open_revision(flag.kind, flag.slug) is not None
    draft = open_draft(flag.kind, flag.slug, by)
    side, other = SIDES[FlagReason(flag.reason)]
    item = dict(draft.item)
    words = words_of(flag.quote)
    item[other] = [text for text in item[other] if words_of(text) != words]
    if not any(words_of(text) == words for text in item[side]):
        item[side] = [*item[side], flag.quote]
    reason = f"Example from {flag.person.name}." if flag.person else "Example from a reader."
    draft = save_draft(draft, item, edition=draft.edition, person=by, reason=draft.reason or reason)
    if in_hand:
        return draft
    if draft.lesson.needs_review:
        return send_to_review(draft, by)
    return release(draft, by, changes_meaning=False)
