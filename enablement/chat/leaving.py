"""What leaves for a language model, as admins are told it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from enablement.chat.model import has_model


def model_host() -> str:
    """The machine that a model is asked at."""
    return urlsplit(settings.OPENAI_BASE_URL).hostname or "api.openai.com"


def uses_of_model() -> list[tuple[str, bool]]:
    """What a model may be asked for, and whether it is."""
    on = has_model()
    return [
        ("Answers to questions: the question, and released passages that fit it", on),
        ("Sorting where the judge is unsure: what the buyer said", on and settings.SECOND_OPINION),
        ("Reading answers in one’s own words: question, rubric and answer", on and settings.GRADING_OPINION),
        ("The coach’s buyer: the scene, and what the rep said in it", on),
        ("Proposing quiz questions: one released card", on),
    ]
