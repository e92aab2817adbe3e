"""A quiz with fourteen statements about doors to sort, half of them about hinges and half about locks."""

from __future__ import annotations

import yaml

HINGES = [
    "It scrapes along the tiles since Monday.",
    "The lower corner hangs and drags over carpet.",
    "Whenever it swings there is a squeak like a mouse.",
    "Screws fell out of the frame near the top.",
    "The whole panel sags after so many years.",
    "Oil on the pins made the creaking stop briefly.",
    "A gap has opened along the upper side.",
]
LOCKS = [
    "You have to jiggle the key for minutes.",
    "The cylinder turns without gripping anything.",
    "Somebody broke a piece off inside the keyhole.",
    "The bolt will not come out any longer.",
    "Our spare copy opens nothing at all.",
    "In frosty weather it freezes shut from within.",
    "The burglar picked it within half a minute.",
]


def many_doors() -> str:
    """The quiz as a file has it."""
    questions = [
        {
            "slug": f"{outcome}-{number}",
            "kind": "sort",
            "topic": "telling-apart",
            "distinction": "door-problem",
            "prompt": prompt,
            "outcome": outcome,
            "explanation": "Look at what moves.",
            "misconceptions": {
                name: "Everything else is that." for name in ("hinge", "lock", "neither") if name != outcome
            },
        }
        for outcome, prompts in (("hinge", HINGES), ("lock", LOCKS))
        for number, prompt in enumerate(prompts)
    ]
    quiz = {"slug": "many-doors", "lesson": "doors", "title": "Many doors", "intro": "Sort.", "pass_mark": 60}
    return yaml.safe_dump(quiz | {"questions": questions}, sort_keys=False, allow_unicode=True)
