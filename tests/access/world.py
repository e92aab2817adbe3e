"""Two teams that must never see one another, each with one of everything that has an address.

North has Ada and her manager Max, South has Zoe and her manager Mia; Nia edits and Ruth (root) administers.
A lesson belongs to each team. What is private to a side carries its `private` mark, the keys of a quiz that
its rep has open carry its `key`, and those of a quiz that was handed in carry its `seen_key`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.utils import timezone

from enablement.first_steps import STEPS
from enablement.lessons.load import load_lessons
from enablement.lessons.proposing import Arrival, store_arrival
from enablement.lessons.reading import read_document
from enablement.lessons.revising import open_draft
from enablement.models import (
    ApiToken,
    BrowserSession,
    Conversation,
    Draft,
    FixedAnswer,
    Flag,
    Gap,
    GroupRule,
    ImportJob,
    Lesson,
    Membership,
    Notice,
    Ownership,
    Passage,
    Person,
    Recall,
    Role,
    Synonym,
    Team,
    Turn,
    TurnState,
    Work,
)
from quizzes.assignments.giving import Wanted, give_assignment
from quizzes.attempts import save_answer, start_attempt, submit_attempt
from quizzes.files import read_quiz_file
from quizzes.loader import load_quiz
from quizzes.models import (
    Appeal,
    Attempt,
    CoachingNote,
    CoachRun,
    PendingGrade,
    PendingState,
    Place,
    PracticeItem,
    PracticeSession,
    Quiz,
    Regrade,
    Scenario,
    ScenarioScript,
)
from tests.conftest import make_person
from tests.documents.papers import PAPER
from tests.quizzes.doors import CANARY, answer_of
from tests.quizzes.every_kind import EVERY_KIND
from tests.small_lesson import small_lesson

NORTH: Final = "north"
SOUTH: Final = "south"
PASSWORD: Final = "correct horse battery"


@dataclass
class Side:
    """A team with its rep and manager, and by name the parameters of the addresses of what is theirs."""

    name: str
    team: Team
    rep: Person
    manager: Person
    private: str
    key: str
    seen_key: str
    places: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class World:
    """Both sides, and those who are on neither."""

    north: Side
    south: Side
    editor: Person
    admin: Person

    def sides(self) -> tuple[Side, Side]:
        return self.north, self.south


def build_world() -> World:
    """Make everything, in the test's own transaction."""
    editor, admin = make_person("nia", Role.EDITOR), make_person("root", Role.ADMIN)
    Person.objects.filter(pk__in=[editor.pk, admin.pk]).update(is_staff=True)
    north = _side(NORTH, "ada", "max")
    south = _side(SOUTH, "zoe", "mia")
    for side, slug in ((north, "doors"), (south, "gates")):
        _fill(side, slug, editor)
    return World(north, south, editor, admin)


def _side(name: str, rep: str, manager: str) -> Side:
    team = Team.objects.create(name=name.title(), slug=name)
    manages, sells = make_person(manager, Role.MANAGER), make_person(rep, Role.REP)
    team.managers.add(manages)
    Membership.objects.create(team=team, person=sells)
    mark = name.upper()
    return Side(name, team, sells, manages, f"PRIVATE-{mark}", f"KEYCANARY-{mark}", f"SEENKEY-{mark}")


def _fill(side: Side, slug: str, editor: Person) -> None:
    lesson = _content(side, slug, editor)
    _editorial(side, lesson, editor)
    _personal(side, lesson)
    _quizzes(side, lesson)
    _given(side, lesson)


def _content(side: Side, slug: str, editor: Person) -> Lesson:
    """The lesson of the team, released, and what an address of each kind of piece needs."""
    name = slug.removesuffix("s")
    item = small_lesson(slug)
    cards = [
        card.model_copy(update={"what_it_is": f"{card.what_it_is} {side.private}."}) for card in item.cards
    ]
    load_lessons([item.model_copy(update={"cards": cards})])
    lesson = Lesson.objects.get(slug=slug)
    lesson.teams.add(side.team)
    passage = Passage.objects.filter(lesson=lesson).first() or Passage.objects.create(
        lesson=lesson, key=f"card:{name}-lock:what_it_is", kind="card", slug=f"{name}-lock", text=side.private
    )
    slugs = {
        "card": "lock",
        "comparison": "lock-or-hinge",
        "guide_entry": "unbreakable",
        "analogy": "as-a-book",
        "distinction": "problem",
        "ladder": "repair",
        "term": "latch",
        "script": "which-first",
        "disagreement": "oil-or-graphite",
        "source": "manual",
    }
    side.places |= {kind: {"slug": f"{name}-{rest}"} for kind, rest in slugs.items()}
    side.places |= {
        "lesson": {"slug": slug},
        "lesson source": {"slug": slug, "source": f"{name}-manual"},
        "new piece": {"slug": slug, "kind": "card"},
        "bank": {"lesson": slug},
        "passage": {"pk": passage.pk},
        "piece": {"kind": "card", "slug": f"{name}-hinge"},
        "owned piece": {"kind": "card", "slug": f"{name}-lock"},
    }
    return lesson


def _editorial(side: Side, lesson: Lesson, editor: Person) -> None:
    """What only editors work on."""
    name = lesson.slug.removesuffix("s")
    paper = PAPER.replace("kettle", f"{name}-kettle").replace("Kettle", f"{name.title()} kettle")
    document, _ = store_arrival(
        Arrival(read_document(paper, f"{name}-kettles.md"), f"{name}-kettles.md", lesson), editor
    )
    draft = Draft.objects.filter(source=document).first()
    assert draft is not None
    job = ImportJob.objects.create(person=editor, lesson=lesson, name=f"{name}.md", source=document)
    now = timezone.now()
    fixed = FixedAnswer.objects.create(
        lesson=lesson,
        question=f"What is a {name}?",
        answer=side.private,
        owner=editor,
        verified_at=now,
        verified_until=now + timedelta(days=9),
    )
    recall = Recall.objects.create(
        lesson=lesson, kind="card", slug=f"{name}-lock", field="what_it_is", old=side.private, by=editor
    )
    Ownership.objects.create(lesson=lesson, kind="card", slug=f"{name}-lock", person=side.rep)
    synonym = Synonym.objects.create(lesson=lesson, words=[f"{name}way", f"{name}ling"])
    side.places |= {
        "revision": {"pk": open_draft("card", f"{name}-hinge", editor).pk},
        "revision verb": {"pk": open_draft("card", f"{name}-hinge", editor).pk, "verb": "discard"},
        "document": {"slug": document.slug},
        "draft": {"pk": draft.pk},
        "draft verb": {"pk": draft.pk, "verb": "discard"},
        "import": {"pk": job.pk},
        "fixed answer": {"pk": fixed.pk},
        "recall": {"pk": recall.pk},
        "synonym": {"pk": synonym.pk},
    }


def _personal(side: Side, lesson: Lesson) -> None:
    """What is the rep's own, whoever manages them."""
    rep = side.rep
    talk = Conversation.objects.create(person=rep, title=f"{side.private} talk")
    turn = Turn.objects.create(
        conversation=talk, question=f"{side.private}?", answer=side.private, state=TurnState.REFUSED
    )
    away = Conversation.objects.create(person=rep, title=side.private, deleted_at=timezone.now())
    gap = Gap.objects.create(turn=turn, question=f"{side.private}?")
    token = ApiToken.objects.create(
        person=rep,
        name=side.private,
        prefix="dosay_abc",
        digest=side.name,
        expires_at=timezone.now() + timedelta(days=1),
    )
    browser = BrowserSession.objects.create(
        person=rep, session_key=side.name, by="password", seen_at=timezone.now()
    )
    notice = Notice.objects.create(person=rep, kind="outcome", title=side.private, url="/flags/")
    newcomer = make_person(f"{side.name}-newcomer", Role.REP)
    piece = side.places["piece"]
    flag = Flag.objects.create(
        lesson=lesson, kind=piece["kind"], slug=piece["slug"], reason="wrong", note=side.private, person=rep
    )
    side.places |= {
        "conversation": {"pk": talk.pk},
        "put-away conversation": {"pk": away.pk},
        "turn": {"pk": turn.pk},
        "gap": {"pk": gap.pk},
        "token": {"pk": token.pk},
        "browser session": {"pk": browser.pk},
        "passkey": {"pk": 1},
        "audit file": {"format": "csv"},
        "work": {"pk": Work.objects.create(name="nothing", tries=9).pk},
        "first step": {"name": STEPS[0].name},
        "group rule": {"pk": GroupRule.objects.create(group=f"{side.name}-leads", role=Role.MANAGER).pk},
        "invitation": {"secret": "x" * 43},
        "newcomer": {"pk": newcomer.pk, "username": newcomer.username},
        "newcomer verb": {"username": newcomer.username, "verb": "deactivate"},
        "notice": {"pk": notice.pk},
        "flag": {"pk": flag.pk},
    }


def _quiz(side: Side, lesson: Lesson, name: str, mark: str) -> Quiz:
    """The quiz of every kind about this side's lesson, its keys marked."""
    thing = lesson.slug.removesuffix("s")
    text = EVERY_KIND.replace(CANARY, mark).replace("lesson: doors", f"lesson: {lesson.slug}")
    text = text.replace(": door-", f": {thing}-").replace("slug: every-kind", f"slug: {name}")
    text = text.replace("slug: kind-", f"slug: {name}-kind-")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "quiz-of-every-kind.yaml"
        path.write_text(text, encoding="utf-8")
        return load_quiz(read_quiz_file(path)).quiz


def _quizzes(side: Side, lesson: Lesson) -> None:
    """A quiz that the rep has open, and one handed in whose written answer waits for the manager."""
    rep = side.rep
    quiz = _quiz(side, lesson, f"{side.name}-open", side.key)
    done = _quiz(side, lesson, f"{side.name}-done", side.seen_key)
    opened, handed_in = start_attempt(rep, quiz), start_attempt(rep, done)
    for attempt, name in ((opened, quiz.slug), (handed_in, done.slug)):
        free = answer_of(attempt, f"{name}-kind-free").question
        save_answer(attempt, free, {"text": f"{side.private} is at fault."}, 1)
    submit_attempt(handed_in, rep)
    answer = answer_of(handed_in, f"{done.slug}-kind-free")
    PendingGrade.objects.filter(answer__attempt=handed_in).update(state=PendingState.NEEDS_REVIEW)
    now = timezone.now()
    Appeal.objects.create(
        answer=answer, check_name="part", reason=side.private, made_at=now, due_at=now + timedelta(days=5)
    )
    regrade = Regrade.objects.create(
        quiz=done, way="void", reason=side.private, made_by=side.manager, made_at=now
    )
    session = PracticeSession.objects.create(person=rep, lesson=lesson, started_at=now)
    one = answer_of(handed_in, f"{done.slug}-kind-one")
    item = PracticeItem.objects.create(
        session=session,
        question=one.question,
        position=0,
        option_order=one.option_order,
        response={"chosen": ["a"]},
        score=0.0,
        answered_at=now,
    )
    several = answer_of(handed_in, f"{done.slug}-kind-several")
    PracticeItem.objects.create(
        session=session, question=several.question, position=1, option_order=several.option_order
    )
    side.places |= {
        "quiz": {"slug": quiz.slug},
        "handed-in quiz": {"slug": done.slug},
        "question": {"slug": f"{quiz.slug}-kind-one"},
        "question verb": {"slug": f"{quiz.slug}-kind-one", "verb": "retire"},
        "question version": {"slug": f"{quiz.slug}-kind-one", "version": 1},
        "open attempt": {"pk": opened.pk},
        "attempt": {"pk": handed_in.pk},
        "answer": {"pk": answer.pk},
        "regrade": {"pk": regrade.pk},
        "practice": {"pk": session.pk},
        "practice item": {"pk": session.pk, "position": item.position},
    }


def _given(side: Side, lesson: Lesson) -> None:
    """What the manager gave the rep, and the coach's scenario."""
    now = timezone.now()
    assignment = give_assignment(
        side.manager,
        Wanted(lesson=lesson, team=side.team),
        (now + timedelta(days=7)).date(),
        note=side.private,
        now=now,
    )
    Place.objects.get_or_create(assignment=assignment, person=side.rep, defaults={"given_at": now})
    note = CoachingNote.objects.create(
        person=side.rep,
        by=side.manager,
        text=side.private,
        focus={"kind": "topic", "lesson": lesson.slug, "topic": "parts"},
        items=Quiz.objects.create(
            lesson=lesson, slug=f"{side.name}-note", title=side.private, personal=True, state="released"
        ),
        recheck_on=(now + timedelta(days=14)).date(),
        made_at=now,
    )
    distinction = lesson.distinction_set.get()
    scenario = Scenario.objects.create(
        lesson=lesson,
        distinction=distinction,
        slug=f"{side.name}-buyer",
        title="A buyer",
        topic="parts",
        buyer="An owner",
        situation=side.private,
        says="It sticks.",
        turns=2,
    )
    turns = [
        {"points": [{"name": "part", "title": side.key, "says": [side.key]}], "good": side.key, "then": []}
    ] * 2
    ScenarioScript.objects.create(scenario=scenario, outcome="lock", turns=turns)
    run = CoachRun.objects.create(
        person=side.rep, scenario=scenario, outcome="lock", turns=turns, started_at=now
    )
    side.places |= {
        "assignment": {"pk": assignment.pk},
        "place": {"pk": assignment.pk, "username": side.rep.username},
        "coaching note": {"pk": note.pk},
        "member": {"username": side.rep.username},
        "scenario": {"slug": scenario.slug},
        "coach run": {"pk": run.pk},
        "team": {"slug": side.team.slug},
    }
    assert Attempt.objects.filter(person=side.rep).count() == 2
