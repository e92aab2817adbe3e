"""The content side of the evidence: what people get wrong by card and guide entry, and which cards helped.

For editors, about everybody together and nobody by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Q, QuerySet

from enablement.models import Card, GuideEntry, Lesson
from quizzes.grading import chosen_in
from quizzes.models import AnswerKey, Evidence
from quizzes.reports.counts import FEW, Cell

# How far back an answer still says something about the content as it is.
LOOKED_BACK: Final = timedelta(days=180)
# An answer so long after the reading says little about it.
AFTER_READING: Final = timedelta(days=30)
MOST_BELIEFS: Final = 2


@dataclass(frozen=True, slots=True)
class Belief:
    """What people who chose a wrong option take to be true, and how many did."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A card or guide entry with the answers to questions about it, and what is believed instead."""

    kind: str
    title: str
    url: str
    cell: Cell
    beliefs: list[Belief]


@dataclass(frozen=True, slots=True)
class Helped:
    """A card: of the people who were wrong about it, how many were right the next time, with it and without.

    `read` opened the card or were given it in between, `not_read` were not. Who reads differs from who does
    not in other ways too, so this is no proof; where the intervals overlap it is not even a hint.
    """

    title: str
    url: str
    read: Cell
    not_read: Cell

    @property
    def finding(self) -> str:
        if self.read.is_few or self.not_read.is_few:
            return f"Too few to tell: it takes {FEW} on each side."
        if self.read.interval[0] > self.not_read.interval[1]:
            return "More are right after reading it."
        if self.read.interval[1] < self.not_read.interval[0]:
            return "Fewer are right after reading it: look at what it says."
        return "No difference beyond chance."


@dataclass(frozen=True, slots=True)
class ContentReport:
    """What is missed most, as far as that is known, and which cards helped."""

    missed: list[PieceRow]
    helped: list[Helped]


def content_report(lesson: Lesson, now: datetime) -> ContentReport:
    """The report on a lesson's content over the last half year. Eight queries."""
    evidence = Evidence.objects.filter(lesson=lesson, at__gte=now - LOOKED_BACK)
    beliefs = _beliefs(evidence)
    rows = [
        *_pieces(evidence, beliefs, "card", Card.objects.filter(lesson=lesson).in_bulk()),
        *_pieces(evidence, beliefs, "guide_entry", GuideEntry.objects.filter(lesson=lesson).in_bulk()),
    ]
    # By what at least is wrong, with 95 % certainty: a share of few answers comes behind one of many.
    rows.sort(key=lambda row: (row.cell.interval[1], row.title))
    return ContentReport(rows, _helped(lesson, now))


def _pieces(
    evidence: QuerySet[Evidence], beliefs: Mapping[int, list[Belief]], kind: str, pieces: Mapping[int, Any]
) -> list[PieceRow]:
    counted = (
        evidence.exclude(**{f"question__{kind}": None})
        .order_by()
        .values_list(f"question__{kind}", "question")
        .annotate(n=Count("pk"), right=Count("pk", filter=Q(correct=True)))
    )
    cells: dict[int, Cell] = {}
    believed: dict[int, list[Belief]] = {}
    for piece, question, n, right in counted:
        cells[piece] = cells.get(piece, Cell()) + Cell(n, right)
        believed.setdefault(piece, []).extend(beliefs.get(question, []))
    return [
        PieceRow(
            kind=kind,
            title=pieces[pk].heading,
            url=pieces[pk].get_absolute_url(),
            cell=cell,
            beliefs=sorted(believed[pk], key=lambda one: -one.count)[:MOST_BELIEFS],
        )
        for pk, cell in cells.items()
        if pk in pieces and not cell.is_few
    ]


def _beliefs(evidence: QuerySet[Evidence]) -> dict[int, list[Belief]]:
    """By question, what somebody believes who chose each wrong option, and how often it was chosen."""
    wrong = evidence.filter(correct=False, answered=True)
    rows = wrong.order_by().values_list("question", "grade__answer__response", "practice_item__response")
    keys = dict(
        AnswerKey.objects.filter(question__in=wrong.order_by().values("question")).values_list(
            "question", "misconceptions"
        )
    )
    counts: dict[int, dict[str, int]] = {}
    for question, in_quiz, in_practice, n in rows.annotate(n=Count("pk")):
        for name in chosen_in(in_quiz or in_practice):
            if belief := (keys.get(question) or {}).get(name):
                own = counts.setdefault(question, {})
                own[belief] = own.get(belief, 0) + n
    return {
        question: [Belief(text, count) for text, count in own.items() if count >= FEW]
        for question, own in counts.items()
    }


# Every wrong answer about a card with the person's next answer about it on another day, and whether they
# opened the card or were given a line of it in between.
_NEXT: Final = """
WITH asked AS (
    SELECT evidence.person_id, question.card_id, card.slug, evidence.at, evidence.correct,
           lead(evidence.at) OVER one AS next_at, lead(evidence.correct) OVER one AS next_correct
    FROM quizzes_evidence AS evidence
    JOIN quizzes_question AS question ON question.id = evidence.question_id
    JOIN enablement_card AS card ON card.id = question.card_id
    WHERE evidence.lesson_id = %(lesson)s AND evidence.at >= %(since)s
    WINDOW one AS (PARTITION BY evidence.person_id, question.card_id ORDER BY evidence.at, evidence.id)
), slips AS (
    SELECT asked.*, EXISTS (
        SELECT 1 FROM enablement_delivery AS delivery
        WHERE delivery.person_id = asked.person_id AND delivery.kind = 'card' AND delivery.slug = asked.slug
          AND delivery.given_at > asked.at AND delivery.given_at < asked.next_at
    ) OR EXISTS (
        SELECT 1 FROM enablement_cardopening AS opening
        WHERE opening.person_id = asked.person_id AND opening.slug = asked.slug
          AND opening.at > asked.at AND opening.at < asked.next_at
    ) AS given
    FROM asked
    WHERE NOT asked.correct AND asked.next_at > asked.at
      AND asked.next_at < asked.at + make_interval(days => %(days)s)
)
SELECT card_id, given, count(*), count(*) FILTER (WHERE next_correct) FROM slips GROUP BY card_id, given
"""


def _helped(lesson: Lesson, now: datetime) -> list[Helped]:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"lesson": lesson.pk, "since": now - LOOKED_BACK, "days": AFTER_READING.days})
        rows = cursor.fetchall()
    cells = {(card, given): Cell(n, right) for card, given, n, right in rows}
    cards = Card.objects.filter(lesson=lesson).in_bulk()
    found = [
        Helped(card.title, card.get_absolute_url(), cells[pk, True], cells.get((pk, False), Cell()))
        for pk, card in cards.items()
        if (pk, True) in cells
    ]
    return sorted(found, key=lambda one: one.title)
