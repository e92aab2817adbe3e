"""Answers to questions that are answerable, or are to be refused."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from enablement.chat.shape import answer_json
from enablement.chat.turns import answer_now
from enablement.chat.verify import is_covered
from enablement.chat.writing import BEING_READ_IN
from enablement.evaluation.metrics import percentile, share
from enablement.evaluation.rows import BadRows, Row
from enablement.models import Person, Surface
from enablement.sentences import CITED_NUMBERS


def evaluate_answers(rows: list[Row], person: Person) -> tuple[dict[str, Any], list[Row]]:
    """Return the figures of the contract and an answer for each row. What is asked is stored.

    Of what was answered: `gold_leads`, how often a right piece comes first, and `gold_of_cited`, what part of
    the pieces cited is right.
    """
    predictions = [_ask(row, person) for row in rows]
    answered = [row for row in predictions if not row["refused"]]
    gold = [row["gold_in_first_three"] for row in predictions if row["gold_in_first_three"] is not None]
    with_gold = [row for row in answered if row["gold_cited"]]
    seconds = [row["seconds"] for row in predictions]
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for row in predictions:
        by_kind[row["kind"]].append(row["refused"])
    return {
        "n": len(rows),
        "false_refusals": [row["id"] for row in predictions if row["answerable"] and row["refused"]],
        "wrong_answers": [row["id"] for row in answered if not row["answerable"]],
        "by_kind": {kind: {"n": len(found), "refused": share(found)} for kind, found in by_kind.items()},
        "cited_rate": share([row["citations"] for row in answered]),
        "gold_in_first_three": share(gold) if gold else None,
        "gold_leads": share([row["gold_leads"] for row in with_gold]) if with_gold else None,
        "gold_of_cited": share([right for row in with_gold for right in row["gold_cited"]])
        if with_gold
        else None,
        "supported_sentences": share([good for row in predictions for good in row["supported"]]),
        "without_citation": [row["id"] for row in answered if not row["citations"]],
        "seconds_p50": percentile(seconds, 50),
        "seconds_p95": percentile(seconds, 95),
    }, predictions


def supported(answer: str, citations: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Return for each sentence of `answer` whether a citation that it carries says it.

    A sentence that stands in the quote of one of its citations is supported; any other must have its content
    words, numbers and names there and speak in the same sense (chat/verify.py).
    """
    quotes = {citation["n"]: (citation["title"], citation["quote"]) for citation in citations}
    found, at = [], 0
    for match in re.finditer(rf"(?:\s*{CITED_NUMBERS.pattern})+", answer):
        sentence, at = " ".join(answer[at : match.start()].split()), match.end()
        numbers = [int(number) for number in re.findall(r"\d+", match.group())]
        found.append(any(n in quotes and _says(sentence, *quotes[n]) for n in numbers))
    return [*found, False] if answer[at:].strip() else found


def _says(sentence: str, title: str, quote: str) -> bool:
    flat = " ".join(quote.split())
    return sentence in flat or is_covered(sentence, title, flat)


def _ask(row: Row, person: Person) -> Row:
    start = time.perf_counter()
    turn = answer_now(person, row["text"], Surface.COMMAND)
    answer = answer_json(turn)
    seconds = time.perf_counter() - start
    if turn.note == BEING_READ_IN:
        raise BadRows("The lessons are not read in yet. Run manage.py load_lessons --now first.")
    gold = set(row.get("gold") or ())
    first = {citation["slug"] for citation in answer["citations"][:3]}
    cited = list(dict.fromkeys(citation["slug"] for citation in answer["citations"]))
    return {
        "id": row["id"],
        "answerable": row["answerable"],
        "kind": "answerable" if row["answerable"] else row.get("refuse_kind") or "unnamed",
        "refused": answer["refused"],
        "answer": answer["answer"],
        "citations": [citation["slug"] for citation in answer["citations"]],
        "gold_in_first_three": bool(gold & first) if gold else None,
        "gold_leads": bool(gold) and bool(cited) and cited[0] in gold,
        "gold_cited": [slug in gold for slug in cited] if gold else [],
        "supported": [] if answer["refused"] else supported(answer["answer"], answer["citations"]),
        "seconds": round(seconds, 4),
    }
