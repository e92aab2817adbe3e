"""A document that is nearly the same as another: an editor says whether it is a version of it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from enablement import audit
from enablement.lessons import reading
from enablement.lessons.importing import request_check
from enablement.lessons.proposing import DECIDED, Arrival, fingerprint, store_arrival
from enablement.models import DocumentVersion, Person, Source


class JoiningError(Exception):
    """A document that cannot become a version of another. The message is one sentence for the editor."""


def join_documents(newer: Source, person: Person) -> Source:
    """Make `newer` the next version of the document that it is nearly the same as, and return that one.

    Only what changed is proposed then, against what it would replace. Raises JoiningError where work would
    be lost: a draft of `newer` was decided or edited, or something names it as its source.
    """
    with transaction.atomic():
        locked = {row.pk: row for row in _both(newer).select_for_update().order_by("pk")}
        older = locked.get(newer.nearly_same_as_id or 0)
        version = newer.versions.first()
        if older is None or version is None or newer.pk not in locked:
            raise JoiningError("The other document is not here any more.")
        if _is_worked_on(newer):
            raise JoiningError(
                f"You have worked on drafts of “{newer.title}” already. Undo those decisions first, "
                "or keep the two apart."
            )
        older, added = store_arrival(_arrival(newer, version), person, older)
        newer.imports.update(source=older)
        audit.record(person, "join", older, before={"document": newer.slug}, after={"drafts": added})
        newer.delete()
        request_check(older, person)
    return older


def keep_apart(document: Source, person: Person) -> None:
    """Say that a document is one of its own, however like the other it is."""
    with transaction.atomic():
        Source.objects.filter(pk=document.pk).update(nearly_same_as=None)
        audit.record(person, "keep apart", document)


def _both(newer: Source) -> QuerySet[Source]:
    return Source.objects.filter(pk__in=[newer.pk, newer.nearly_same_as_id])


def _is_worked_on(document: Source) -> bool:
    drafts = document.drafts.all()
    if any(one.state in DECIDED or one.fingerprint != fingerprint(one.kind, one.item) for one in drafts):
        return True
    named = (row for row in Source._meta.related_objects if row.many_to_many)
    return any(getattr(document, str(row.get_accessor_name())).exists() for row in named)


def _arrival(newer: Source, version: DocumentVersion) -> Arrival:
    """The text of `newer`, read once more. What the guide and other documents say of it is asked anew."""
    read = reading.read_document(version.text, newer.title)
    notes = [row["reason"] for row in version.skipped if not row["text"]]
    known = dict(newer.drafts.exclude(target="").values_list("fingerprint", "target"))
    prints = (fingerprint(draft.kind, draft.item) for draft in read.drafts)
    targets = {place: known[print_] for place, print_ in enumerate(prints) if print_ in known}
    return Arrival(read, newer.title, newer.lesson, version.format, notes, version.findings, targets)
