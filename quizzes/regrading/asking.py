"""A regrade asked for. Whatever a judge has to read is worked out by the worker, the rest at once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max, QuerySet

from enablement import audit, outbox
from enablement.models import Person, Work
from enablement.texts import BadText, clean_text
from quizzes.kinds import QuestionKind
from quizzes.models import Answer, Question, Quiz, Regrade, RegradeState, RegradeWay
from quizzes.regrading.planning import answers_of, plan_regrade

# The outbox's name for working out a regrade. Its argument `regrade` is the regrade's id.
PLAN_REGRADE: Final = "plan_regrade"
LONGEST_REASON: Final = 500


class BadRegrade(ValueError):
    """What was asked for makes no sense. The message is a sentence for the person."""


def asked_questions(person: Person) -> QuerySet[Question]:
    """The newest versions of the questions that people whom `person` manages have answered."""
    reached = answers_of(Regrade(), person).values("question__slug")
    newest = Question.objects.filter(slug__in=reached).order_by("slug", "-version").distinct("slug")
    return Question.objects.filter(pk__in=newest.values("pk")).order_by("prompt")


def ask_for_regrade(
    person: Person, way: str, slug: str, quiz: Quiz | None, reason: str, *, now: datetime
) -> Regrade:
    """Write down a regrade and have it worked out. Nothing changes yet. Raises BadRegrade."""
    if way not in RegradeWay.values:
        raise BadRegrade("Choose how to grade anew.")
    if not slug and quiz is None:
        raise BadRegrade("Choose a question, a quiz, or a question in a quiz.")
    try:
        reason = clean_text(reason, what="reason", limit=LONGEST_REASON)
    except BadText as error:
        raise BadRegrade(str(error)) from error
    with transaction.atomic():
        regrade = Regrade(question_slug=slug, quiz=quiz, way=way, reason=reason, made_by=person, made_at=now)
        found = answers_of(regrade, person)
        if not found.exists():
            raise BadRegrade("Nobody whose grades you may change has handed in an answer to that.")
        regrade.save()
        audit.record(person, "ask_for_regrade", regrade, after={"way": way, "question": slug})
        if way == RegradeWay.ANEW and _needs_the_judge(found):
            outbox.add_work(PLAN_REGRADE, regrade=regrade.pk)
            return regrade
    return plan_regrade(regrade)


@transaction.atomic
def work_out_again(regrade: Regrade, person: Person) -> None:
    """Have a regrade that is not applied worked out anew: answers and keys may have changed since."""
    regrade = Regrade.objects.select_for_update().get(pk=regrade.pk)
    if regrade.state not in (RegradeState.WORKING, RegradeState.READY):
        return
    if regrade.way != RegradeWay.ANEW or not _needs_the_judge(answers_of(regrade, person)):
        plan_regrade(regrade)
        return
    regrade.state = RegradeState.WORKING
    regrade.save(update_fields=["state"])
    outbox.add_work(PLAN_REGRADE, regrade=regrade.pk)


def judge_asked_at(regrade: Regrade) -> datetime:
    """Return when the judge was last asked to work out `regrade`; when it was made, where no work waits."""
    asked = Work.objects.filter(name=PLAN_REGRADE, arguments__regrade=regrade.pk, finished_at=None)
    return asked.aggregate(last=Max("created_at"))["last"] or regrade.made_at


def _needs_the_judge(found: QuerySet[Answer]) -> bool:
    kinds = found.order_by().values_list("question__kind", flat=True).distinct()
    return any(not QuestionKind(kind).rules.is_graded_at_once for kind in kinds)
