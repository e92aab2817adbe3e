"""A whole lesson in small, about doors: no word of it stands in the starter lessons."""

from __future__ import annotations

from enablement.lessons.schema import LessonItem

STATEMENTS = {
    "lock": [
        "The lock on the side door does not turn",
        "Our keys break off in the lock",
        "The cylinder is worn and the key slips",
        "Nobody can unlock the gate in winter",
    ],
    "hinge": [
        "The door hangs low and scrapes the floor",
        "It squeaks each time somebody walks in",
        "The upper hinge has come off the frame",
        "The door swings back by itself",
    ],
    "neither": [
        "What does a red door cost",
        "We would like the entrance painted",
        "The bell cannot be heard upstairs",
        "Is the building open on Sunday",
    ],
}


def small_lesson(slug: str = "doors") -> LessonItem:
    """Return the lesson; every slug in it begins with `slug`, so that two of them can stand side by side."""
    name = slug.removesuffix("s")
    return LessonItem.model_validate(
        {
            "slug": slug,
            "title": "Doors",
            "thesis": "A door that does not open has a lock problem or a hinge problem.",
            "summary": "How to tell a lock problem from a hinge problem.",
            "sources": [{"slug": f"{name}-manual", "title": "The door manual", "year": 2001}],
            "cards": [_card(f"{name}-lock", "Lock", "A lock holds the door shut."), _hinge(name)],
            "fits": [
                {
                    "slug": f"{name}-lock-oil",
                    "card": f"{name}-lock",
                    "kind": "fits",
                    "title": "A stiff key",
                    "text": "Graphite helps where the key turns with effort.",
                    "sources": [f"{name}-manual"],
                }
            ],
            "comparisons": [_comparison(name)],
            "guide_entries": [_entry(name)],
            "analogies": [_analogy(name)],
            "distinctions": [_distinction(name)],
            "ladders": [_ladder(name)],
            "scripts": [
                {
                    "slug": f"{name}-which-first",
                    "question": "What do you repair first?",
                    "answer": "First we listen for where the door catches. Then we repair that part alone.",
                    "cards": [f"{name}-hinge"],
                }
            ],
            "terms": [
                {"slug": f"{name}-latch", "term": "Latch", "meaning": "The bolt that a handle draws back."}
            ],
            "disagreements": [_disagreement(name)],
        }
    )


def _card(slug: str, title: str, first: str) -> dict[str, object]:
    return {
        "slug": slug,
        "title": title,
        "what_it_is": f"{first} It is made of brass.",
        "what_it_does": f"A {title.lower()} carries out its duty at every closing.",
        "where_it_comes_from": f"The {title.lower()} was known in antiquity.",
        "what_makes_it_distinct": f"Only a {title.lower()} can be replaced in a minute.",
    }


def _hinge(name: str) -> dict[str, object]:
    return _card(f"{name}-hinge", "Hinge", "A hinge carries the door.")


def _comparison(name: str) -> dict[str, object]:
    return {
        "slug": f"{name}-lock-or-hinge",
        "title": "Lock and hinge",
        "cards": [f"{name}-lock", f"{name}-hinge"],
        "traits": [
            {
                "slug": "noise",
                "title": "Noise",
                "claim": "Hinges are heard and locks are felt.",
                "cells": {f"{name}-lock": "Locks click.", f"{name}-hinge": "Hinges squeak."},
            }
        ],
    }


def _entry(name: str) -> dict[str, object]:
    return {
        "slug": f"{name}-unbreakable",
        "dont_say": "This lock cannot be broken.",
        "do_say": "This lock withstands hand tools for ten minutes.",
        "why": "A buyer who hears that nothing breaks it will not look at the window.",
        "covers": ["no-promise"],
        "breaks": ["Nobody can ever break this lock", "Our locks are unbreakable", "It resists every attack"],
        "fine": ["Every lock can be broken in time", "Is this lock unbreakable?", "Locks delay a burglar"],
    }


def _analogy(name: str) -> dict[str, object]:
    return {
        "slug": f"{name}-as-a-book",
        "title": "A door is like a book cover",
        "card": f"{name}-hinge",
        "familiar": "Everybody has opened a book.",
        "mapping": "The spine of a book carries its cover as a hinge carries a door.",
        "holds": ["Both turn about one edge."],
        "breaks": ["A book has no lock."],
        "caution": "Do not promise that a door closes by its own weight.",
    }


def _distinction(name: str) -> dict[str, object]:
    def outcome(key: str, signals: list[str], card: str | None) -> dict[str, object]:
        return {
            "name": key,
            "title": f"A {key} problem",
            "signals": signals,
            "meaning": f"The {key} is at fault.",
            "remedy": f"Repair the {key}.",
            "next_question": "Where does it catch?",
            "say": f"That sounds like the {key}.",
            "dont_say": "You need a new door.",
            "cards": [card] if card else [],
        }

    return {
        "slug": f"{name}-problem",
        "title": "Lock or hinge",
        "question": "What keeps the door from opening?",
        "unsure_question": "Does the key turn?",
        "signals": [
            {
                "name": "lock",
                "title": "Lock",
                "description": "The key is named.",
                "question": "Does it turn?",
            },
            {"name": "hinge", "title": "Hinge", "description": "It hangs.", "question": "Does it scrape?"},
        ],
        "outcomes": [
            outcome("lock", ["lock"], f"{name}-lock"),
            outcome("hinge", ["hinge"], f"{name}-hinge"),
            outcome("neither", [], None),
        ],
        "statements": [{"text": text, "outcome": key} for key, texts in STATEMENTS.items() for text in texts],
    }


def _ladder(name: str) -> dict[str, object]:
    step = {"cost": "A minute.", "stop_when": "Stop when the door opens."}
    return {
        "slug": f"{name}-repair",
        "title": "Repairs in order",
        "steps": [
            {"slug": "oil", "title": "Oil it", "text": "Put oil on it.", "card": f"{name}-hinge", **step},
            {"slug": "replace", "title": "Replace it", "text": "Fit a new one.", **step},
        ],
        "questions": [
            {"slug": "dry", "text": "Is it dry?", "yes_step": "oil", "no_question": "bent"},
            {"slug": "bent", "text": "Is it bent?", "yes_step": "replace", "no_step": "oil"},
        ],
    }


def _disagreement(name: str) -> dict[str, object]:
    return {
        "slug": f"{name}-oil-or-graphite",
        "title": "Oil or graphite",
        "point": "Whether oil belongs in a lock.",
        "positions": [
            {"stance": "Oil belongs there.", "sources": [f"{name}-manual"]},
            {"stance": "Oil gums up.", "sources": [f"{name}-manual"]},
        ],
        "house_position": "Graphite goes into locks and oil on hinges.",
        "cards": [f"{name}-lock"],
    }
