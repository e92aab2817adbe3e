"""What proposers hear of."""

from __future__ import annotations

from enablement.models import Flag, Person, Revision
from enablement.trust.notices import OUTCOME, notify
from enablement.trust.pieces import named, piece_of


def tell_of_release(revision: Revision) -> None:
    """Whoever proposed what has just been released hears that it counts now."""
    for flag in Flag.objects.filter(revision=revision, person__is_active=True).select_related("person"):
        piece = piece_of(revision.kind, revision.slug)
        notify(
            proposer_of(flag),
            OUTCOME,
            f"What you proposed is released: {named(piece)}",
            url=piece.get_absolute_url(),
            flag=flag,
            key=f"outcome:{flag.pk}:released",
        )


def proposer_of(flag: Flag) -> list[Person]:
    """Whoever raised it, unless they are gone or answered it themselves."""
    return [flag.person] if flag.person and flag.person.is_active and flag.person != flag.closed_by else []
