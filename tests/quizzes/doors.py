"""A quiz about doors. Everything that nobody may see before handing in carries the canary."""

from __future__ import annotations

from collections.abc import Callable

from quizzes.attempts import save_answer
from quizzes.models import Answer, Attempt

CANARY = "KEYCANARY-5f0d6d1e"

DOORS = f"""\
slug: doors-quiz
lesson: doors
title: Doors, tried
intro: About doors.
pass_mark: 60
questions:
  - slug: sort-scraping
    kind: sort
    topic: telling-apart
    distinction: door-problem
    prompt: It scrapes along the tiles since Monday.
    outcome: hinge
    explanation: "{CANARY} A door that scrapes hangs low."
    misconceptions: {{lock: "{CANARY} A lock does not scrape.", neither: "{CANARY} Scraping is a fault."}}
    card: door-hinge
  - slug: sort-key-slips
    kind: sort
    topic: telling-apart
    distinction: door-problem
    prompt: You have to jiggle the key for minutes.
    outcome: lock
    explanation: "{CANARY} A key that has to be jiggled meets a worn cylinder."
    misconceptions: {{hinge: "{CANARY} A hinge has no key.", neither: "{CANARY} A key belongs to a lock."}}
    card: door-lock
  - slug: what-to-promise
    kind: one_choice
    topic: wording
    prompt: What may you promise about a lock?
    options:
      - text: It can never be opened
        misconception: "{CANARY} Every lock opens in time."
      - text: It holds out for a while
        correct: true
      - text: It opens for good people
        misconception: "{CANARY} A lock knows no people."
    explanation: "{CANARY} A lock delays."
    guide_entry: door-unbreakable
  - slug: what-squeaks
    kind: several_choices
    topic: parts
    prompt: Which of these squeak?
    options:
      - text: The upper hinge
        correct: true
      - text: The lower hinge
        correct: true
      - text: The name plate
        misconception: "{CANARY} A plate does not move."
    explanation: "{CANARY} Hinges turn, so they squeak."
    card: door-hinge
"""

Answering = Callable[..., Attempt]


def answer_of(attempt: Attempt, slug: str) -> Answer:
    return Answer.objects.select_related("question").get(attempt=attempt, question__slug=slug)


def save(attempt: Attempt, slug: str, *chosen: str, seq: int = 1) -> Answer:
    return save_answer(attempt, answer_of(attempt, slug).question, {"chosen": list(chosen)}, seq)
