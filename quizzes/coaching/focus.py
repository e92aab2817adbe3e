"""What a note may be about: outcomes that a rep takes for one another, and topics that go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet

from enablement.models import Distinction, Lesson, Person
from quizzes.coaching.comparing import Share
from quizzes.models import AnswerKey, Grade, Question
from quizzes.practice.questions import practice_questions, with_keys
from quizzes.release import asked_now

# Answers longer ago say little about today.
LOOKED_BACK: Final = timedelta(days=90)
# Fewer questions than twice this, and there would be too few for the note or for the re-check.
FEWEST: Final = 3

TOPIC, MIX_UP = "topic", "mix-up"


NONE: Final = Share()


@dataclass(frozen=True, slots=True)
class Focus:
    """A topic of a lesson (`of`: the lesson), or two outcomes of a distinction (`of`), all by slug or name.

    `sentence` says what a mix-up looks like in numbers. `questions`: how many there are to ask about it.
    """

    kind: str
    of: str
    parts: tuple[str, ...]
    title: str
    share: Share = NONE
    sentence: str = ""
    questions: int = 0

    @property
    def key(self) -> str:
        """What names it in forms and in a note."""
        return ":".join((self.kind, self.of, *self.parts))

    @property
    def is_askable(self) -> bool:
        """Whether there are questions enough for now and for later."""
        return self.questions >= 2 * FEWEST

    @property
    def graded(self) -> Q:
        """Which grades are about it."""
        if self.kind == TOPIC:
            return Q(answer__question__lesson__slug=self.of, answer__question__topic=self.parts[0])
        return Q(answer__question__distinction__slug=self.of, true__in=self.parts)

    def asks(self, question: Question, correct: Sequence[str]) -> bool:
        """Whether a question is about it; `correct` is its key."""
        if self.kind == TOPIC:
            return (question.lesson.slug, question.topic) == (self.of, self.parts[0])
        if question.distinction is None or question.distinction.slug != self.of:
            return False
        return bool(correct) and correct[0] in self.parts


def grades_about(person: Person, focuses: Iterable[Focus]) -> QuerySet[Grade]:
    """Return the person's grades that are about any of `focuses`."""
    wanted = Q(pk__in=[])
    for focus in focuses:
        wanted |= focus.graded
    return Grade.objects.filter(wanted, answer__attempt__person=person)


def share_of(grades: QuerySet[Grade]) -> Share:
    """Count grades."""
    found = grades.order_by().aggregate(n=Count("pk"), right=Count("pk", filter=Q(correct=True)))
    return Share(found["n"], found["right"])


def focuses_of(person: Person, now: datetime, reader: Person) -> list[Focus]:
    """Return what a note to the person may be about, the surest weaknesses first, few answers last.

    Mix-ups first. A topic stands by the upper end of its interval: what is certainly weak before what may be
    chance. What `reader` has open in a quiz is not counted.
    """
    recent = (
        Grade.objects.filter(
            answer__attempt__person=person, answer__attempt__submitted_at__gte=now - LOOKED_BACK
        )
        .exclude(answer__question__slug__in=asked_now(reader))
        .order_by()
    )
    found = [*_mix_ups(recent), *_topics(recent)]
    asked = askable(person, found)
    ready = [
        Focus(one.kind, one.of, one.parts, one.title, one.share, one.sentence, len(asked[one.key]))
        for one in found
    ]
    return sorted(ready, key=lambda one: (one.kind, one.share.is_few, one.share.interval[1], one.title))


def askable(person: Person, focuses: Sequence[Focus]) -> dict[str, list[Question]]:
    """Return, by the key of each focus, the questions that may be asked of the person about it.

    Reads what is right, to tell which questions are about which outcomes; that is told to nobody.
    """
    questions = with_keys(practice_questions(person))
    correct = dict(AnswerKey.objects.filter(question__in=questions).values_list("question", "correct"))
    return {
        focus.key: [one for one in questions if focus.asks(one, correct.get(one.pk, []))] for focus in focuses
    }


def read_focuses(keys: Iterable[str]) -> list[Focus]:
    """Return what `keys` name, without counts; what is not there any more is left out."""
    found = [_read(*parts) for key in keys if len(parts := key.replace("\0", "").split(":")) > 2]
    return [focus for focus in found if focus is not None]


def _read(kind: str, of: str, *parts: str) -> Focus | None:
    if kind == TOPIC and len(parts) == 1:
        lesson = Lesson.objects.filter(slug=of).first()
        return Focus(TOPIC, of, parts, _topic_title(parts[0], lesson.title)) if lesson else None
    distinction = Distinction.objects.filter(slug=of).prefetch_related("outcomes").first()
    titles = _titles(distinction) if distinction else {}
    if kind == MIX_UP and len(parts) == 2 and all(part in titles for part in parts):
        return Focus(MIX_UP, of, parts, _pair_title(*(titles[part] for part in parts)))
    return None


def _topics(grades: QuerySet[Grade]) -> list[Focus]:
    rows = grades.values_list(
        "answer__question__lesson__slug", "answer__question__lesson__title", "answer__question__topic"
    ).annotate(n=Count("pk"), right=Count("pk", filter=Q(correct=True)))
    return [
        Focus(TOPIC, lesson, (topic,), _topic_title(topic, title), Share(n, right))
        for lesson, title, topic, n, right in rows
        if right < n
    ]


def _mix_ups(grades: QuerySet[Grade]) -> list[Focus]:
    """Pairs of outcomes of which one was taken for the other, with both directions in one sentence."""
    rows = grades.exclude(true="").exclude(chosen="").exclude(answer__question__distinction=None)
    counts: dict[int, dict[tuple[str, str], int]] = {}
    for distinction, true, chosen, n in rows.values_list(
        "answer__question__distinction", "true", "chosen"
    ).annotate(n=Count("pk")):
        counts.setdefault(distinction, {})[true, chosen] = n
    found = Distinction.objects.filter(pk__in=counts).prefetch_related("outcomes")
    return [focus for one in found for focus in _pairs(one, counts[one.pk])]


def _pairs(distinction: Distinction, counts: dict[tuple[str, str], int]) -> list[Focus]:
    titles = _titles(distinction)
    names = list(titles)
    pairs = [(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]
    focuses = []
    for one, other in pairs:
        taken, back = counts.get((one, other), 0), counts.get((other, one), 0)
        if not taken and not back:
            continue
        if back > taken:
            one, other, taken, back = other, one, back, taken
        of_one, of_other = (
            sum(n for (true, _), n in counts.items() if true == name) for name in (one, other)
        )
        right = counts.get((one, one), 0) + counts.get((other, other), 0)
        sentence = (
            f"Takes “{titles[one]}” for “{titles[other]}” in {taken} of {of_one}; "
            f"the reverse in {back} of {of_other}."
        )
        title = _pair_title(titles[one], titles[other])
        focuses.append(
            Focus(MIX_UP, distinction.slug, (one, other), title, Share(of_one + of_other, right), sentence)
        )
    return focuses


def _titles(distinction: Distinction) -> dict[str, str]:
    return {outcome.name: outcome.title for outcome in distinction.outcomes.all()}


def _pair_title(one: str, other: str) -> str:
    return f"Telling “{one}” from “{other}”"


def _topic_title(topic: str, lesson: str) -> str:
    return f"{topic.replace('-', ' ').capitalize()} ({lesson})"
