"""What a reader makes of an answer. A thumb down reaches whoever answers for the line cited first."""

from __future__ import annotations

from django.db import transaction

from enablement.chat.gaps import open_gap
from enablement.models import Feedback, FeedbackReason, Flag, FlagReason, GapReason, Person, Turn, TurnState
from enablement.texts import BadText, clean_text
from enablement.trust.flags import MAX_NOTE, raise_flag
from enablement.trust.pieces import UnknownPiece

# A question is passed on to this many characters: a note holds 2,000.
MAX_NOTE_QUESTION = 1_500
FLAGS = {FeedbackReason.WRONG: FlagReason.WRONG, FeedbackReason.OUTDATED: FlagReason.OUTDATED}


@transaction.atomic
def give_feedback(turn: Turn, person: Person, good: bool, reason: str = "", note: str = "") -> Feedback:
    """Keep a reader's word on an answer of theirs; given again, it replaces the last. Raises BadText.

    Whether the turn is `person`'s is the caller's to check.
    """
    if turn.state not in (TurnState.DONE, TurnState.STOPPED, TurnState.REFUSED):
        raise BadText("Wait until the answer is there, then say what you think of it.")
    if not good and reason not in FeedbackReason.values:
        raise BadText("Choose what is the matter with the answer.")
    note = clean_text(note, what="note", limit=MAX_NOTE) if note.strip() else ""
    values = {"good": good, "reason": "" if good else reason, "note": note}
    feedback, _ = Feedback.objects.update_or_create(turn=turn, defaults=values)
    if not good:
        open_gap(turn, GapReason.DISLIKED)
        _tell_owner(turn, person, FeedbackReason(reason), note)
    return feedback


def ask_owner(turn: Turn, person: Person) -> Flag:
    """Send a question that was refused to whoever answers for what comes nearest.

    They hear of it as of a flag, and `person` of what they say. Asked again while it waits, it stays one.

    Raises BadText where there is nothing near whose owner could be asked. The turn is `person`'s.
    """
    if turn.state != TurnState.REFUSED or not turn.nearest:
        raise BadText("There is no owner to ask. The editors see the question among the gaps.")
    nearest = turn.nearest[0]
    question = (turn.understood or turn.question)[:MAX_NOTE_QUESTION]
    try:
        return raise_flag(
            person,
            nearest["kind"],
            nearest["slug"],
            FlagReason.UNCLEAR,
            f"A question that the knowledge base does not answer: “{question}”",
            quote=f"Question: {question}",
            url=nearest["url"],
        )
    except UnknownPiece as error:
        raise BadText("What came nearest is no longer there. Ask again.") from error


def _tell_owner(turn: Turn, person: Person, reason: FeedbackReason, note: str) -> None:
    """Flag the line that the answer cites first: its owners hear of it, and the reader of what they say."""
    cited = turn.citations.order_by("n").first()
    if cited is None:
        return
    said = f"{reason.label}, in an answer to “{turn.question[:300]}”. {note}".strip()
    try:
        raise_flag(
            person,
            cited.kind,
            cited.slug,
            FLAGS.get(reason, FlagReason.UNCLEAR),
            said[:MAX_NOTE],
            quote=cited.quote,
            url=cited.url,
        )
    except UnknownPiece:
        # The line was taken out since: there is nobody to tell, and the gap stands.
        return
