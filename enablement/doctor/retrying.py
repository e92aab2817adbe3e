"""Work that was given up, sent once more by an admin."""

from __future__ import annotations

from django.db import transaction

from enablement import audit, outbox
from enablement.models import Person, Work


@transaction.atomic
def try_work_again(pk: int, admin: Person) -> Work | None:
    """Send the work and return it as it stood; None where none by that number was given up."""
    work = outbox.given_up().filter(pk=pk).first()
    if work is None or not outbox.try_again(pk):
        return None
    audit.record(admin, "try_work_again", work, before={"error": work.error[:200]})
    return work
