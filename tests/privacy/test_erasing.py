"""Every table is decided, everything about a person is handed out, and after erasing no byte names them."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.db.models import CharField, TextField
from django.test import Client
from django.utils import timezone

from enablement import audit
from enablement.models import AuditEvent, Lesson, Notice, Person, Team, Work
from enablement.personal.erasing import CannotErase, erase, preview
from enablement.personal.holdings import Fate, holdings, tables_of_nobody
from enablement.sign_on.standing import reactivate_person
from enablement.slack.linking import link_account, make_link_code
from enablement.tokens import find_token, make_token
from quizzes.appeals import decide_answer, make_appeal
from quizzes.models import Answer, Attempt, Grade, Quiz, Regrade, RegradeLine
from tests.privacy.rows import make_row
from tests.quizzes.desks import let_wait
from tests.quizzes.doors import Answering

OURS = ("enablement", "quizzes")
WORDS = "zanzibar kept my own words"
NAMES = ("Quintilla", "Zweigbaum", "quintilla@zweigbaum.example", "qzweig", "U0QZWEIG01", "zanzibar")


def tables() -> list[Any]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def test_every_table_is_decided() -> None:
    decided = {holding.model for holding in holdings()} | tables_of_nobody() | {"enablement.Person"}
    assert {f"{model._meta.app_label}.{model.__name__}" for model in tables()} == decided


def test_every_way_in_which_a_table_names_a_person_is_decided() -> None:
    decided = {(holding.model, holding.person) for holding in holdings()}
    ways = {
        (f"{model._meta.app_label}.{model.__name__}", field.name)
        for model in tables()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Person
    }
    assert ways <= decided


@pytest.fixture
def qzweig(
    ada: Person, max: Person, north: Team, quiz: Quiz, every_kind: Attempt, hand_in: Answering, root: Person
) -> Person:
    """Ada under a name that nothing else has, with something in every table that can hold it."""
    ada.first_name, ada.last_name = "Quintilla", "Zweigbaum"
    ada.email, ada.username = "quintilla@zweigbaum.example", "qzweig"
    ada.save()
    hand_in(ada, quiz)
    every_kind.delete()
    now = timezone.now()
    for _ in range(2):
        answer = let_wait(ada, every_kind.quiz, WORDS, now - timedelta(hours=1))
        regrade = make_row(Regrade, quiz=every_kind.quiz)
        make_row(RegradeLine, regrade=regrade, answer=answer, before={"checks": [{"quote": WORDS}]})
    decided = Answer.objects.filter(attempt__person=ada, response__text=WORDS).order_by("pk")[0]
    checks = [check["name"] for check in decided.question.key.rubric["checks"]]
    decide_answer(decided, max, checks, False, "", now=now)
    make_appeal(decided, checks[0], WORDS, now=now)
    link_account(make_link_code(ada), "T0QZWEIG01", "U0QZWEIG01")
    make_link_code(ada)
    make_token(ada, "Zweigbaum notebook", 7)
    audit.record(max, "change", ada, before={"email": ada.email}, after={"name": "Quintilla Zweigbaum"})
    fill_the_rest(ada)
    return ada


def fill_the_rest(person: Person) -> None:
    given = special("quizzes.Assignment", "person")
    make_row(apps.get_model("quizzes.Assignment"), person=person, note=WORDS, **given)
    texts = ("text", "note", "reason", "title", "question", "answer", "review_note", "reply")
    for holding in holdings():
        if holding.rows(person).exists():
            continue
        model, (first, *rest) = holding.table, holding.person.split("__")
        owner: Any = person
        if rest:
            owner_model = model._meta.get_field(first).related_model
            owner = owner_model.objects.filter(**{"__".join(rest): person}).first()
            if owner is None:
                owner = make_row(owner_model, **{rest[0]: owners(owner_model, rest, person)})
        # What stays whole is content, or somebody else's words.
        theirs = texts if holding.fate is Fate.GONE else tuple(holding.empties)
        given = {
            field.name: WORDS
            for field in model._meta.concrete_fields
            if field.name in theirs and isinstance(field, CharField | TextField) and not field.choices
        }
        make_row(model, **given, **{first: owner}, **special(holding.model, holding.person))


def owners(model: Any, rest: list[str], person: Person) -> Any:
    if len(rest) == 1:
        return person
    related = model._meta.get_field(rest[0]).related_model
    return related.objects.filter(**{"__".join(rest[1:]): person}).first() or make_row(related, person=person)


def special(model: str, way: str) -> dict[str, Any]:
    """What a table's own rules ask for beyond its columns."""
    a_lesson = {"lesson": Lesson.objects.get(slug="doors"), "goal": "lesson"}
    return {
        "quizzes.PracticeItem": {"response": {"text": WORDS}},
        "quizzes.Assignment": a_lesson if way == "person" else a_lesson | {"role": "rep"},
        "quizzes.Regrade": {"quiz": Quiz.objects.get(slug="doors-quiz")},
    }.get(model, {})


def everything() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            found.append(f"{table}: {cursor.fetchone()[0]}")  # type: ignore[index]
    return "\n".join(found)


def test_after_erasing_no_table_names_the_person(qzweig: Person, root: Person) -> None:
    without = [holding for holding in holdings() if not holding.rows(qzweig).exists()]
    assert [(holding.model, holding.person) for holding in without] == []
    text = everything()
    assert [name for name in NAMES if name not in text] == []
    scores = sorted(
        Grade.objects.filter(answer__attempt__person=qzweig).values_list("pk", "score", "correct")
    )
    erase(qzweig, root)
    cache.clear()
    text = everything()
    assert [(name, text[max(0, text.index(name) - 200) :][:300]) for name in NAMES if name in text] == []
    assert scores == sorted(
        Grade.objects.filter(answer__attempt__person=qzweig).values_list("pk", "score", "correct")
    )
    assert len(scores) > 3


def test_what_goes_is_what_was_said_before(qzweig: Person, root: Person) -> None:
    lines = {line.what: line for line in preview(qzweig)}
    assert {"conversations", "API tokens", "attempts at quizzes (unfinished ones are deleted)"} <= set(lines)
    erase(qzweig, root)
    left = {line.what for line in preview(qzweig)}
    assert [what for what in left if lines[what].fate in (Fate.GONE, Fate.UNOWNED)] == []


def test_the_audit_keeps_who_did_what_under_a_pseudonym(qzweig: Person, root: Person, max: Person) -> None:
    erase(qzweig, root)
    qzweig.refresh_from_db()
    row = AuditEvent.objects.get(actor=max, verb="change")
    assert row.before == {"email": qzweig.username}
    assert qzweig.username.startswith("erased-")
    assert AuditEvent.objects.filter(actor=qzweig).exists()
    assert AuditEvent.objects.get(verb="erase_person").actor == root


def test_a_user_name_that_is_a_word_changes_nobody_elses_words(
    ada: Person, zoe: Person, root: Person, max: Person
) -> None:
    Person.objects.filter(pk=ada.pk).update(username="rep")
    audit.record(max, "change", zoe, before={"role": "rep"}, after={"role": "manager"})
    audit.record(max, "change", ada, before={"email": "old@example.org", "username": "before"})
    Notice.objects.create(person=zoe, kind="flag", title="Ask a rep.")
    other, own = (Work.objects.create(name="x", arguments=a) for a in ({"rep": "r"}, {"person": ada.pk}))
    erase(ada, root)
    assert AuditEvent.objects.get(kind="person", subject=str(zoe.pk), verb="change").before == {"role": "rep"}
    told = AuditEvent.objects.get(kind="person", subject=str(ada.pk), verb="change").before
    assert set(told.values()) == {Person.objects.get(pk=ada.pk).username}
    assert Notice.objects.get(person=zoe).title == "Ask a rep."
    assert [work.arguments for work in Work.objects.filter(pk__in=[other.pk, own.pk])] == [{"rep": "r"}]


def test_an_erased_person_does_not_come_back(client: Client, ada: Person, root: Person) -> None:
    erase(ada, root)
    reactivate_person(Person.objects.get(pk=ada.pk), root)
    assert not Person.objects.get(pk=ada.pk).is_active
    client.force_login(root)
    assert client.post(f"/people/{ada.pk}/reactivate/").status_code == 404


def test_an_erased_person_is_let_in_nowhere(client: Client, ada: Person, root: Person) -> None:
    _, clear = make_token(ada, "notebook", 7)
    client.force_login(ada)
    erase(ada, root)
    assert client.get("/account/").status_code == 302
    assert find_token(clear) is None


def test_nobody_erases_themselves_or_anybody_twice(ada: Person, root: Person) -> None:
    with pytest.raises(CannotErase, match="yourself"):
        erase(root, root)
    erase(ada, root)
    with pytest.raises(CannotErase, match="already"):
        erase(ada, root)


def test_erasing_needs_the_user_name_and_an_admin(
    client: Client, ada: Person, max: Person, root: Person
) -> None:
    address = f"/privacy/people/{ada.pk}/erase/"
    client.force_login(max)
    assert client.post(address, {"username": "ada"}).status_code == 404
    client.force_login(root)
    assert "type the user name ada" in client.post(address, {"username": "zoe"}).content.decode()
    assert Person.objects.filter(username="ada").exists()
    assert client.post(address, {"username": "ada"}).status_code == 302
    assert not Person.objects.filter(username="ada").exists()


def test_one_takes_everything_about_oneself_and_nobody_else(
    client: Client, ada: Person, zoe: Person, quiz: Quiz, hand_in: Answering
) -> None:
    hand_in(ada, quiz)
    for person in (ada, zoe):
        Notice.objects.create(person=person, kind="flag", title=f"for {person.username}")
    client.force_login(ada)
    response = client.get("/account/data/")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {row["title"] for row in json.loads(found["messages-to-them.json"])} == {"for ada"}
    assert json.loads(found["who-they-are-here.json"])[0]["email"] == "ada@example.org"
    assert len(json.loads(found["grades.json"])) == Grade.objects.count()
    assert "KEYCANARY" not in "".join(found.values())
    assert AuditEvent.objects.get(verb="export_person").actor == ada
    assert client.get(f"/privacy/people/{zoe.pk}/data/").status_code == 404
