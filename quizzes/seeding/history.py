"""Somebody's made-up months: attempts, practice, talks with the coach, and what they read, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from enablement.models import Surface
from quizzes.deadlines import deadline_of
from quizzes.drawing import draw
from quizzes.models import Question, Quiz, ReviewSource, SessionLength
from quizzes.practice.memory import Rating, replay
from quizzes.seeding.answering import Mind, choose
from quizzes.seeding.answers import Made, left_open, make_answer
from quizzes.seeding.material import Item, Material
from quizzes.seeding.people import SeededPerson
from quizzes.seeding.tables import Tables, json

# How often an attempt is walked away from, and graded from what was saved once its time is over.
ABANDONED: Final = 0.03
# How often somebody has an attempt open at the end and reads the card after a slip; what reading is worth.
OPEN_NOW, READS, READING = 0.06, 0.25, 0.35
# Answers of practice for each answer in a quiz.
PRACTICE_SHARE: Final = 0.15
ITEMS_A_SESSION: Final = 6


@dataclass
class Life:
    """One person's history while it is made. `begin` and `end` bound the whole, `joined` is theirs."""

    pk: int
    person: SeededPerson
    mind: Mind
    material: Material
    tables: Tables
    begin: datetime
    end: datetime
    random: Random
    numbers: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    passed: set[int] = field(default_factory=set)
    noted: dict[tuple[int, str], list[tuple[datetime, str, str, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def progress(self, at: datetime) -> float:
        share: float = (at - self.begin) / (self.end - self.begin)
        return share

    def live(self, answers: int) -> int:
        """Live through about `answers` answers in quizzes, and return how many there were."""
        given, size = 0, self.material.answers_an_attempt
        last = 1.0 if self.person.is_active else self.random.uniform(self.person.joined + 0.05, 1.0)
        moments = [
            (self._moment(last), kind)
            for kind, number in (
                ("quiz", answers // size + 1),
                ("practice", round(answers * PRACTICE_SHARE / ITEMS_A_SESSION)),
                ("coach", self.random.choice((0, 0, 1, 2)) if self.material.scenarios else 0),
            )
            for _ in range(number)
        ]
        for at, kind in sorted(moments):
            if kind == "quiz":
                given += self._attempt(at)
            elif kind == "practice":
                self._practise(at)
            elif kind == "coach":
                self._talk(at)
        # Attempts were shorter than expected: the rest is made up for in the last weeks.
        while given < answers:
            given += self._attempt(max(self._moment(last) for _ in range(3)))
        if self.person.is_active and given and self.random.random() < OPEN_NOW:
            self._attempt(self.end - timedelta(hours=self.random.uniform(1, 48)), stays_open=True)
        self._remember()
        return given

    def _moment(self, last: float) -> datetime:
        """Return a moment in working hours: more of them lately than long ago."""
        share = self.person.joined + (last - self.person.joined) * self.random.random() ** 0.8
        at = self.begin + (self.end - self.begin) * share
        at = at.replace(hour=self.random.randrange(8, 18), minute=self.random.randrange(60))
        at -= timedelta(days=max(0, at.weekday() - 4))
        latest: datetime = min(at, self.end - timedelta(hours=1))
        return max(self.begin, latest)

    def _attempt(self, at: datetime, *, stays_open: bool = False) -> int:
        quiz = self._next_quiz()
        questions = draw(self.material.drawn_from[quiz.pk], quiz.draws, self.random, quiz.draw_rules)
        deadline = deadline_of(at, quiz.time_limit)
        abandons = self.random.random() < ABANDONED and deadline < self.end - timedelta(minutes=5)
        stays_open = stays_open and deadline > self.end
        self.numbers[quiz.pk] += 1
        attempt = UUID(int=self.random.getrandbits(128), version=4)
        given_up = self.random.randrange(1, len(questions)) if abandons or stays_open else len(questions)
        given = list(self._answers(questions, given_up, at))
        made = [one for one, _ in given]
        last = max(saved for _, saved in given if saved)
        handed_in = deadline + timedelta(minutes=1) if abandons else last + timedelta(seconds=9)
        grades = [one.grade for one in made if one.grade is not None]
        waiting = 0 if stays_open else len(made) - len(grades)
        score = sum(grade.score for grade in grades) / len(grades) if grades and not stays_open else None
        self.tables.attempts.add_as(
            attempt,
            self.pk,
            quiz.pk,
            self.numbers[quiz.pk],
            "open" if stays_open else "submitted",
            at,
            deadline,
            None if stays_open else handed_in,
            score,
            waiting,
            0,
        )
        rows = self._keep(attempt, questions, given)
        if stays_open:
            return 0
        for row, one in zip(rows, made, strict=True):
            self._grade(row, one, handed_in)
        if score is not None and not waiting and score * 100 + 1e-9 >= quiz.pass_mark:
            self.passed.add(quiz.pk)
        self._learn(
            attempt, quiz, [self.material.items[question.pk] for question in questions], made, handed_in
        )
        return len(questions)

    def _answers(
        self, questions: Sequence[Question], given_up: int, at: datetime
    ) -> Iterator[tuple[Made, datetime | None]]:
        """Yield what is answered to each question, and when; from `given_up` on it stays open (None)."""
        clock = at
        for position, question in enumerate(questions):
            item = self.material.items[question.pk]
            if position < given_up:
                clock += timedelta(seconds=min(400.0, self.random.lognormvariate(3.2, 0.6)))
                yield make_answer(item, self.mind, self.progress(at), self.random), clock
            else:
                yield left_open(item, self.random), None

    def _keep(
        self, attempt: UUID, questions: Sequence[Question], given: Sequence[tuple[Made, datetime | None]]
    ) -> list[int]:
        """Keep the answers of an attempt, and return their ids."""
        return [
            self.tables.answers.add(
                attempt,
                question.pk,
                position,
                json(one.order),
                json(one.response) if saved else None,
                int(saved is not None),
                saved,
            )
            for position, (question, (one, saved)) in enumerate(zip(questions, given, strict=True))
        ]

    def _next_quiz(self) -> Quiz:
        """What is not passed yet comes three times as often; a short quiz less often than a long one."""
        quizzes = self.material.quizzes
        weights = [
            (1.0 if quiz.pk in self.passed else 3.0) * min(12, len(self.material.drawn_from[quiz.pk]))
            for quiz in quizzes
        ]
        return self.random.choices(quizzes, weights)[0]

    def _grade(self, answer: int, made: Made, at: datetime) -> None:
        grade = made.grade
        if grade is None:
            self.tables.pending.add(answer, "needs_review", at, json([]))
            return
        checks = json([asdict(check) for check in grade.checks])
        self.tables.grades.add(
            answer,
            grade.score,
            grade.correct,
            grade.answered,
            checks,
            grade.chosen,
            grade.true,
            at,
            grade.judge,
        )

    def _learn(self, attempt: UUID, quiz: Quiz, items: list[Item], made: list[Made], at: datetime) -> None:
        """Note the attempt by topic; after a slip, read about it now and then, which helps."""
        scores = defaultdict[str, list[float]](list)
        for item, one in zip(items, made, strict=True):
            if one.grade is None:
                continue
            scores[item.asked.topic].append(one.grade.score)
            self._feedback(item, at)
            if not one.grade.correct and item.question.card and self.random.random() < READS:
                self._read(item, at + timedelta(hours=self.random.uniform(0.2, 20)))
        for topic, found in scores.items():
            mean = sum(found) / len(found)
            key = f"attempt:{attempt}:{topic}"[:120]
            self.noted[quiz.lesson_id, topic].append((at, ReviewSource.QUIZ, key, mean))

    def _feedback(self, item: Item, at: datetime) -> None:
        entry = item.question.guide_entry
        if entry is not None:
            self._give("feedback", "guide_entry", entry.slug, "do_say", entry.do_say, at)

    def _read(self, item: Item, at: datetime) -> None:
        card = item.question.card
        if card is None or at > self.end:
            return
        self._give("answer", "card", card.slug, "what_it_is", card.what_it_is, at)
        topic = item.asked.topic
        self.mind.taught[topic] = min(1.2, self.mind.taught.get(topic, 0.0) + READING)

    def _give(self, purpose: str, kind: str, slug: str, name: str, text: str, at: datetime) -> None:
        self.tables.deliveries.add(self.pk, Surface.BROWSER, purpose, kind, slug, name, text, at)

    def _practise(self, at: datetime) -> None:
        session, number = UUID(int=self.random.getrandbits(128), version=4), self.random.randrange(3, 8)
        items = self.random.sample(self.material.practised, min(number, len(self.material.practised)))
        surface = Surface.SLACK if self.random.random() < 0.25 else Surface.BROWSER
        minutes = SessionLength.FULL
        self.tables.sessions.add_as(session, self.pk, "daily", at, at + timedelta(minutes=minutes), minutes)
        for position, item in enumerate(items):
            moment = at + timedelta(seconds=35 * (position + 1))
            made = make_answer(item, self.mind, self.progress(at), self.random)
            score = made.grade.score if made.grade else 0.0
            row = self.tables.items.add(
                session,
                item.question.pk,
                position,
                json(made.order),
                json(made.response),
                score,
                moment,
                surface,
            )
            spot = (item.question.lesson_id, item.asked.topic)
            self.noted[spot].append((moment, ReviewSource.PRACTICE, f"practice:{row}", score))

    def _talk(self, at: datetime) -> None:
        """Go through a scenario, with the lines that its script has for right and wrong."""
        scenario = self.random.choice(self.material.scenarios)
        script, run = scenario.script, UUID(int=self.random.getrandbits(128), version=4)
        outcomes = tuple(outcome.name for outcome in scenario.distinction.outcomes.all())
        sorts = [one.asked for one in self.material.practised if one.asked.sorts]
        if not sorts or set(outcomes) != set(sorts[0].names):
            return
        asked = type(sorts[0])(scenario.topic, "middle", 0.25, outcomes, (script.outcome,), True)
        chosen = (choose(self.mind, asked, self.progress(at), self.random) or [outcomes[0]])[0]
        scores = []
        for number, turn in enumerate(script.turns):
            good = (chosen == script.outcome) if number == 0 else self.random.random() < 0.7
            scores.append(1.0 if good else 0.5)
            self.tables.turns.add(
                run,
                number,
                chosen if number == 0 else "",
                turn["good"] if good else "Let me come back to that.",
                json([]),
                json([]),
                json([]),
                scores[-1],
                turn["then"]["right" if good else "wrong"],
                "script",
                at + timedelta(minutes=number + 1),
            )
        ended, score = at + timedelta(minutes=len(scores) + 1), sum(scores) / len(scores)
        self.tables.runs.add_as(
            run, self.pk, scenario.pk, script.outcome, json(script.turns), at, ended, score
        )
        spot = (scenario.lesson_id, scenario.topic)
        self.noted[spot].append((ended, ReviewSource.COACH, f"coach:{run}", score))

    def _remember(self) -> None:
        """What is remembered of each topic is what its reviews come to, as everywhere."""
        for (lesson, topic), reviews in self.noted.items():
            memory = replay((at, Rating.of(score)) for at, _, _, score in reviews)
            assert memory is not None
            skill = self.tables.skills.add(
                self.pk, lesson, topic, memory.stability, memory.difficulty, memory.last, memory.due
            )
            for at, source, key, score in reviews:
                self.tables.reviews.add(skill, source, key, score, at)
