"""A quiz about doors with a question of every kind. What nobody may see before handing in has the canary."""

from __future__ import annotations

from tests.quizzes.doors import CANARY

BENCH = [
    ("The lock is worn, so change its cylinder. It will hold for a while, not for ever.", ["part", "limit"]),
    ("It is the lock. Nothing holds for ever. I would look at the cylinder before the door.", None),
    ("The lock is worn.", ["part"]),
    ("Change the cylinder of the lock, that is the part at fault.", ["part"]),
    ("No door holds for ever.", ["limit"]),
    ("Buy a new door.", []),
    ("It is the hinge.", []),
    ("A door is like the cover of a book.", []),
]


def _bench() -> str:
    rows = []
    for text, met in BENCH:
        names = ["part", "limit", "first"] if met is None else met
        rows.append(f'      - {{text: "{CANARY} {text}", met: [{", ".join(names)}]}}')
    return "\n".join(rows)


def _written(slug: str, kind: str, prompt: str) -> str:
    return f"""\
  - slug: {slug}
    kind: {kind}
    topic: own-words
    prompt: {prompt}
    explanation: "{CANARY} Name the part, the limit and what to look at first."
    model_answer: "{CANARY} The lock is worn, and no lock holds for ever. Look at the cylinder first."
    checks:
      - {{name: part, title: "{CANARY} Names the part", says: ["{CANARY} The lock is worn."]}}
      - {{name: limit, title: "{CANARY} Names the limit", says: ["{CANARY} No lock holds for ever."]}}
      - {{name: first, title: "{CANARY} Says what is first", says: ["{CANARY} Look at the cylinder."]}}
    must_not_say: ["{CANARY} This lock cannot be broken."]
    bench:
{_bench()}
    card: door-lock
"""


EVERY_KIND = f"""\
slug: every-kind
lesson: doors
title: Doors, every way
pass_mark: 60
questions:
  - slug: kind-one
    kind: one_choice
    topic: parts
    prompt: What turns?
    options:
      - text: The frame
        misconception: "{CANARY} A frame stands still."
      - text: The hinge
        correct: true
    explanation: "{CANARY} A hinge turns."
  - slug: kind-several
    kind: several_choices
    topic: parts
    prompt: What is made of brass?
    options:
      - text: The hinge
        correct: true
      - text: The lock
        correct: true
      - text: The mat
        misconception: "{CANARY} A mat is woven."
    explanation: "{CANARY} Metal parts are."
  - slug: kind-sort
    kind: sort
    topic: telling-apart
    distinction: door-problem
    prompt: It drags along the carpet.
    outcome: hinge
    explanation: "{CANARY} A door that drags hangs low."
    misconceptions: {{lock: "{CANARY} A lock does not drag.", neither: "{CANARY} Dragging is a fault."}}
  - slug: kind-step
    kind: cheapest_step
    topic: repairs
    prompt: The door squeaks and nothing was tried.
    ladder: door-repair
    step: oil
    explanation: "{CANARY} Oil is cheap."
    misconceptions: {{replace: "{CANARY} A new one is dear."}}
  - slug: kind-order
    kind: put_in_order
    topic: repairs
    prompt: In which order do you go about it?
    steps: [Listen, Oil the hinge, Fit a new hinge]
    explanation: "{CANARY} Cheap things come first."
  - slug: kind-mark
    kind: mark_words
    topic: wording
    prompt: A locksmith writes to the owner.
    phrases:
      - text: We fit a new cylinder
      - text: and then nobody can ever break in,
        must_go: true
        why: "{CANARY} Every lock opens in time."
      - text: within a day.
        why: "{CANARY} A date may be promised."
    explanation: "{CANARY} A lock delays."
  - slug: kind-pair
    kind: flip_pair
    topic: telling-apart
    prompt: What is at fault?
    answers: [The lock, The hinge, Neither]
    stories:
      - {{text: The key turns and the door scrapes., answer: The hinge, why: "{CANARY} It hangs low."}}
      - {{text: The key sticks and the door swings., answer: The lock, why: "{CANARY} It swings freely."}}
    explanation: "{CANARY} Ask what sticks."
{_written("kind-rewrite", "rewrite", "Nobody will ever get through this door.")}\
{_written("kind-free", "free_text", "The key sticks. What do you tell the owner?")}\
{_written("kind-analogy", "analogy_break", "A door is like the cover of a book.")}"""
