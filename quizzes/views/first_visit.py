"""A rep's first minute: one question, one sort, one practice item. What is done is read, not ticked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count, Exists, QuerySet
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from enablement.context import HomePanel
from enablement.models import Conversation, Delivery, Distinction, Outcome, Person, Role, Script, Statement
from quizzes.models import PracticeItem

# Who has been here longer knows their way, whatever they have not tried.
NEW_FOR = timedelta(days=14)
# A statement with fewer characters is a scrap, and what it shows cannot be told for certain.
WHOLE_SENTENCE = 90


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try. `url` has it ready; without one a practice begins at once."""

    title: str
    is_done: bool
    url: str = ""


def first_visit_panel(person: Person) -> HomePanel | None:
    """Three things to try, until each was tried; None for who is not new or has nothing to try."""
    if person.role != Role.REP or timezone.now() - person.date_joined > NEW_FOR:
        return None
    asked, sorted_one, practised = _tried(person)
    if asked and sorted_one and practised:
        return None
    script = Script.objects.visible_to(person).first()
    distinctions = Distinction.objects.visible_to(person)
    statement = _clear_statement(distinctions)
    if script is None or statement is None:
        return None
    steps = [
        Step("Ask a question", asked, _box("ask", script.question)),
        Step("Sort what a buyer said", sorted_one, _box("sort", statement.text)),
        Step("Practise one question", practised),
    ]
    return HomePanel("quizzes/practice/first_visit.html", {"steps": steps}, is_first=True)


def _tried(person: Person) -> tuple[bool, bool, bool]:
    """Whether the person has asked, sorted and practised; one query."""
    done = (
        Conversation.objects.visible_to(person),
        Delivery.objects.filter(person=person, purpose="verdict"),
        PracticeItem.objects.visible_to(person).answered(),
    )
    asked, sorted_one, practised = Person.objects.values_list(*map(Exists, done)).get(pk=person.pk)
    return asked, sorted_one, practised


def _clear_statement(distinctions: QuerySet[Distinction]) -> Statement | None:
    """A statement that shows one signal and no other, short but a whole sentence: a first sort comes out."""
    outcomes = Outcome.objects.filter(distinction__in=distinctions).annotate(shown=Count("signals"))
    statements = Statement.objects.filter(outcome__in=outcomes.filter(shown=1).values("pk"))
    clear = statements.annotate(letters=Length("text")).order_by("letters", "pk")
    return clear.filter(letters__gte=WHOLE_SENTENCE).first() or clear.last()


def _box(mode: str, text: str) -> str:
    """The home page with `text` ready in the box: one Enter does it."""
    return f"{reverse('home')}?{urlencode({'mode': mode, 'text': text})}"
