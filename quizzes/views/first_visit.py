"""A rep's first minute: one question, one sort, one practice item. What is done is read, not ticked."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from enablement.context import HomePanel
from enablement.models import Conversation, Delivery, Distinction, Person, Role, Script, Statement
from quizzes.deadlines import server_now
from quizzes.models import PracticeItem

# Who has been here longer knows their way, whatever they have not tried.
NEW_FOR = timedelta(days=14)


def first_visit_panel(person: Person) -> HomePanel | None:
    """Three things to try, until each was tried; None for who is not new or has nothing to try."""
    if person.role != Role.REP or server_now() - person.date_joined > NEW_FOR:
        return None
    script = Script.objects.visible_to(person).first()
    distinctions = Distinction.objects.visible_to(person)
    statement = Statement.objects.filter(distinction__in=distinctions).order_by("pk").first()
    if script is None or statement is None:
        return None
    steps = [
        (
            Conversation.objects.visible_to(person).exists(),
            "Ask a question",
            _box("ask", script.question),
        ),
        (
            Delivery.objects.filter(person=person, purpose="verdict").exists(),
            "Sort what a buyer said",
            _box("sort", statement.text),
        ),
        (
            PracticeItem.objects.visible_to(person).answered().exists(),
            "Practise one question",
            reverse("practice"),
        ),
    ]
    if all(is_done for is_done, _, _ in steps):
        return None
    return HomePanel("quizzes/practice/first_visit.html", {"steps": steps})


def _box(mode: str, text: str) -> str:
    """The home page with `text` ready in the box: one Enter does it."""
    return f"{reverse('home')}?{urlencode({'mode': mode, 'text': text})}"
