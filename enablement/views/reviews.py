"""What waits for an editor: versions to review, approved ones to release, drafts to go on with."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enablement.lessons.live import kind_title, naming_line
from enablement.lessons.reviewing import is_approved
from enablement.lessons.versions import is_untouched
from enablement.models import Person, Revision, RevisionState
from enablement.views.requests import PersonRequest, editors_only

Row = tuple[Revision, str, str]


@require_safe
@editors_only
def review_list(request: PersonRequest) -> HttpResponse:
    """The queue of the editors."""
    rows = (
        Revision.objects.visible_to(request.user)
        .open()
        .select_related("lesson", "author", "reviewer", "base")
    )
    revisions = [row for row in rows.order_by("saved_at") if not is_untouched(row)]
    waiting = [row for row in revisions if row.state == RevisionState.IN_REVIEW]
    drafts = [row for row in revisions if row.state == RevisionState.DRAFT]
    person = request.user
    context = {
        "groups": [
            ("for-you", "For you to review", _rows([r for r in waiting if _is_for(r, person)])),
            ("approved", "Approved, ready to release", _rows([r for r in waiting if is_approved(r)])),
            ("own", "Yours, waiting for somebody else", _rows([r for r in waiting if _is_stuck(r, person)])),
            ("mine", "Your drafts", _rows([r for r in drafts if r.author_id == person.pk])),
            ("others", "Drafts of others", _rows([r for r in drafts if r.author_id != person.pk])),
        ],
    }
    return render(request, "editing/reviews.html", context)


def _is_for(revision: Revision, person: Person) -> bool:
    return not is_approved(revision) and revision.author_id != person.pk


def _is_stuck(revision: Revision, person: Person) -> bool:
    return not is_approved(revision) and revision.author_id == person.pk


def _rows(revisions: list[Revision]) -> list[Row]:
    return [(row, naming_line(row.item), kind_title(row.kind)) for row in revisions]
