"""How often people come to what the local judge said, check by check, over the decisions on a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from enablement.evaluation.metrics import wilson
from enablement.numbers import per_cents
from quizzes.grading.written import BY_PERSON
from quizzes.models import GradeChange
from quizzes.reports.counts import FEW

# The newest decisions tell enough.
LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Agreement:
    """In `same` of `n` decisions the person came to what the judge had said."""

    n: int = 0
    same: int = 0

    @property
    def in_words(self) -> str:
        """The counts, and the 95 % interval (Wilson) once they are enough; empty where nobody decided."""
        if not self.n:
            return ""
        counts = f"People agreed with the judge in {self.same} of {self.n}"
        if self.n < FEW:
            return f"{counts}: too few to tell."
        low, high = wilson(self.same, self.n)
        return f"{counts} ({per_cents(100 * low, 100 * high)})."


def agreements(question: int) -> dict[str, Agreement]:
    """Return the agreement on each check of a question, over all who decided; no answer is told apart."""
    rows = GradeChange.objects.decisions().filter(answer__question=question)
    return counted(rows.values_list("undo", "before", "after")[:LOOKED_AT])


def counted(
    decisions: Iterable[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]],
) -> dict[str, Agreement]:
    """Count what was said before against what was decided; a check the judge left open counts for neither."""
    pairs: dict[str, list[bool]] = defaultdict(list)
    for undo, before, after in decisions:
        said = {row["name"]: row for row in said_before(undo, before) if row.get("outcome") != "open"}
        for row in after.get("checks", []):
            if row["name"] in said and not row.get("spoils"):
                pairs[row["name"]].append(said[row["name"]]["met"] == row["met"])
    return {name: Agreement(len(same), sum(same)) for name, same in pairs.items()}


def said_before(undo: dict[str, Any], before: dict[str, Any]) -> list[dict[str, Any]]:
    """What the judge said when a person decided; nothing where a person had decided before."""
    if waited := undo.get("pending"):
        return list(waited["proposal"])
    return list(before.get("checks", [])) if before.get("judge") != BY_PERSON else []
