"""An answer as programs read it: the same keys on every surface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enablement.models import Turn, TurnState


def answer_json(turn: Turn) -> dict[str, Any]:
    """Return the contract's answer: `answer`, `refused`, `engine`, `citations`, `say`, `nearest`."""
    keys = ("n", "kind", "slug", "title", "url", "quote")
    return {
        "answer": turn.answer,
        "refused": turn.state == TurnState.REFUSED,
        "engine": turn.engine,
        "citations": [{key: getattr(cited, key) for key in keys} for cited in turn.citations.all()],
        "say": turn.say,
        "nearest": turn.nearest,
    }


def line_number(answer: Mapping[str, Any]) -> str:
    """Return the number of the source of an answer's line: “[1]”, or "" without one.

    `answer` is what `answer_json` gives.
    """
    cited = (one for one in answer["citations"] if answer["say"] and one["quote"] == answer["say"])
    return next((f"[{one['n']}]" for one in cited), "")
