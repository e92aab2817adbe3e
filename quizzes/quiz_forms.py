"""A quiz as an editor sets it up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from quizzes.drawing import DrawRule
from quizzes.models import Difficulty, Quiz

MOST_RULES = 20


class QuizForm(forms.ModelForm[Quiz]):
    """What a quiz says of itself. Its questions and rules are read beside it."""

    class Meta:
        model = Quiz
        fields = [
            *("title", "intro", "from_bank", "draws", "time_limit", "strict_time", "pass_mark"),
            *("retakes", "release", "shuffles", "state"),
        ]
        labels = {
            "title": "Title",
            "intro": "What people read before they start",
            "from_bank": "Where its questions come from",
            "draws": "Questions in one attempt",
            "time_limit": "Minutes for one attempt",
            "strict_time": "The time is part of what is asked: nobody adds to it themselves",
            "pass_mark": "Per cent that pass",
            "retakes": "Trying again",
            "release": "Right answers are shown",
            "shuffles": "Each attempt has its own order of questions and options",
            "state": "Who sees it",
        }
        help_texts = {
            "draws": "Left empty: as many as the rules ask for, or all of them.",
            "time_limit": "Left empty: no limit; an attempt stays open for two weeks.",
            "pass_mark": "Of the questions, 0 to 100.",
            "shuffles": "",
            "strict_time": "",
            "from_bank": "",
        }
        widgets = {
            "intro": forms.Textarea(attrs={"rows": 2}),
            "from_bank": forms.RadioSelect(
                choices=[
                    (True, "From all questions of the lesson, new ones too"),
                    (False, "From those ticked below"),
                ]
            ),
        }
        error_messages = {
            "title": {"required": "Give the quiz a title."},
            "pass_mark": {"required": "Say how much of it passes, such as 80."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["state"].widget.choices = [
            ("draft", "Editors only: it is a draft"),
            ("released", "Everybody who sees the lesson"),
            ("archived", "Nobody starts it any more"),
        ]


def as_written(data: QueryDict) -> dict[str, Any]:
    """Return what a form holds as the beginning of another, with nothing found wrong in it."""
    ticks = {name: name in data for name in ("shuffles", "strict_time")}
    texts = {name: data.get(name, "") for name in QuizForm.Meta.fields}
    return texts | ticks | {"from_bank": data.get("from_bank") == "True"}


def read_rules(data: QueryDict) -> list[dict[str, Any]]:
    """Return the rules that a form holds. Rows without a number are left out."""
    rows = zip(data.getlist("count"), data.getlist("topic"), data.getlist("difficulty"), strict=False)
    known = {"", *Difficulty.values}
    return [
        {"count": int(count), "topic": topic[:80], "difficulty": difficulty if difficulty in known else ""}
        for count, topic, difficulty in list(rows)[:MOST_RULES]
        if count.isdecimal() and 0 < int(count) <= 100
    ]


def changed_rules(rules: list[dict[str, Any]], do: str) -> list[dict[str, Any]] | None:
    """Return the rules after `add-rule` or `remove-rule:1`; None where that is not what was asked for."""
    verb, _, place = do.partition(":")
    if verb == "add-rule":
        return [*rules, {"count": 1, "topic": "", "difficulty": ""}][:MOST_RULES]
    if verb == "remove-rule" and place.isdecimal():
        return [rule for at, rule in enumerate(rules) if at != int(place)]
    return None


def draw_rules(rules: list[dict[str, Any]]) -> list[DrawRule]:
    """Return rules as drawing takes them."""
    return [DrawRule(**rule) for rule in rules]
