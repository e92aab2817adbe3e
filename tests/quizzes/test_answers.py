"""Behind every figure: the answers it is made of, as a page and as a file, with the same rows."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from enablement.models import AuditEvent, Membership, Person, Team
from enablement.spreadsheet import safe_cell as safe
from quizzes.attempts import start_attempt
from quizzes.deadlines import server_now
from quizzes.models import Evidence, Quiz, Release
from quizzes.reports.answers import HELD_BACK, HELD_NOW, answer_rows, answers_in
from quizzes.reports.export import COLUMNS, csv_lines
from quizzes.reports.scope import Scope, read_scope
from quizzes.reports.standing import Facts, State, Tries, standing_of
from quizzes.reports.teams import team_report
from tests.quizzes.doors import Answering

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


def scope_of(person: Person, **given: str) -> Scope:
    return read_scope(person, given, server_now())


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(reverse("answer-export") + query)
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def history(quiz: Quiz, ada: Person, zoe: Person, hand_in: Answering) -> None:
    hand_in(ada, quiz, sort_scraping="lock")
    hand_in(ada, quiz, sort_scraping="lock", what_squeaks=None)
    hand_in(zoe, quiz, sort_key_slips="hinge")


def test_every_cell_leads_to_as_many_answers_as_it_counts(history: None, max: Person) -> None:
    report = team_report(scope_of(max), server_now())
    for topic, cell in zip(report.topics, report.members[0].cells, strict=True):
        asked = {"person": "ada", "topic": topic.topic}
        assert answers_in(scope_of(max, lesson=topic.lesson), asked).count() == cell.n
    (confusion,) = report.confusions
    for true, _, cells, left_open, _ in confusion.rows:
        for cell in cells:
            assert answers_in(scope_of(max), {"true": true, "chosen": cell.chosen}).count() == cell.count
        assert answers_in(scope_of(max), {"true": true, "chosen": "open"}).count() == left_open
    for start, week in report.weeks:
        asked = {"week": f"{start:%Y-%m-%d}"}
        assert answers_in(scope_of(max), asked).count() == week.n


def test_the_file_has_the_rows_of_the_page(client: Client, history: None, max: Person) -> None:
    client.force_login(max)
    query = "?person=ada&topic=telling-apart"
    page = client.get(reverse("answer-list") + query)
    rows = exported(client, query)
    assert list(rows[0]) == list(COLUMNS)
    assert [row["question"] for row in rows] == [row.question for row in page.context["rows"]]
    assert [(row["true"], row["chosen"], row["result"]) for row in rows].count(
        ("A hinge problem", "A lock problem", "Wrong")
    ) == sum(row.true == "A hinge problem" and row.chosen == "A lock problem" for row in page.context["rows"])
    assert len(rows) == page.context["count"] == 4


def test_what_is_true_and_chosen_stands_where_something_was_sorted(
    client: Client, history: None, max: Person
) -> None:
    client.force_login(max)
    page = client.get(reverse("answer-list") + "?person=ada")
    sorted_ones = [row for row in page.context["rows"] if row.sorts]
    others = [row for row in page.context["rows"] if not row.sorts]
    assert {row.true for row in sorted_ones} >= {"A hinge problem"}
    assert {row.kind for row in others} == {"One choice", "Several choices"}
    html = page.content.decode()
    assert html.count('data-label="True"') == html.count('data-label="Chosen"') == len(sorted_ones) > 0
    assert html.count('data-label="Asked as"') == len(others) > 0


def test_who_takes_a_file_is_on_record(client: Client, history: None, max: Person) -> None:
    client.force_login(max)
    rows = len(exported(client, "?person=ada&weeks=4"))
    event = AuditEvent.objects.get(verb="export_answers")
    assert (event.actor, event.after) == (max, {"person": "ada", "weeks": "4", "rows": rows})


def test_a_file_holds_nobody_of_another_team(client: Client, history: None, max: Person, ada: Person) -> None:
    client.force_login(max)
    assert {row["username"] for row in exported(client)} == {"ada"}
    assert exported(client, "?person=zoe") == []
    client.force_login(ada)
    assert {row["username"] for row in exported(client)} == {"ada"}
    assert exported(client, "?person=max") == []


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1", " =1"])
def test_no_cell_is_taken_for_a_formula(client: Client, history: None, max: Person, name: str) -> None:
    Person.objects.filter(username="ada").update(first_name=name, last_name='O, "Neill" 🦊')
    client.force_login(max)
    assert {row["name"][0] for row in exported(client)} == {"'"}
    assert 'O, "Neill" 🦊' in exported(client)[0]["name"]


@given(st.text(max_size=12))
@example("-0")
def test_a_safe_cell_says_the_same_and_begins_harmlessly(text: str) -> None:
    assert safe(text) in (text, f"'{text}")
    is_number = re.fullmatch(r"-[\d.,]+", text) is not None
    assert is_number or not safe(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_file_is_begun_before_the_rows_are_read() -> None:
    def never() -> object:
        raise AssertionError("read too early")
        yield

    lines = csv_lines(never(), ZoneInfo("UTC"))  # type: ignore[arg-type]
    assert next(lines).startswith("\ufeffname,username")


def test_a_key_that_is_held_back_stays_back(quiz: Quiz, ada: Person, max: Person, hand_in: Answering) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(release=Release.NEVER)
    hand_in(ada, quiz, sort_scraping="lock")
    own = list(answer_rows(answers_in(scope_of(ada), {"true": "hinge"}), ada))
    assert [(row.question, row.true, row.chosen) for row in own] == [(HELD_BACK, "", "")]
    (managers,) = answer_rows(answers_in(scope_of(max), {"true": "hinge"}), max)
    assert (managers.true, managers.chosen) == ("A hinge problem", "A lock problem")


def test_who_has_a_quiz_open_sees_nobodys_answers_to_it(history: None, quiz: Quiz, max: Person) -> None:
    start_attempt(max, quiz)
    assert {row.question for row in answer_rows(answers_in(scope_of(max), {}), max)} == {HELD_NOW}


def test_a_day_is_the_managers_own_and_may_have_twenty_three_hours(history: None, max: Person) -> None:
    max.time_zone = "Europe/Berlin"
    # Clocks went forward on 29 March 2026: that day lasts from 23:00 to 22:00 UTC.
    scope = read_scope(max, {"since": "2026-03-29", "until": "2026-03-29"}, NOW)
    moments = {"22:59 before": -61, "23:00": -60, "21:59": 22 * 60 - 1, "22:00": 22 * 60}
    one = Evidence.objects.first()
    assert one is not None
    inside = []
    for name, minutes in moments.items():
        Evidence.objects.filter(pk=one.pk).update(
            at=datetime(2026, 3, 29, tzinfo=UTC) + timedelta(minutes=minutes)
        )
        if scope.narrow(Evidence.objects.filter(pk=one.pk)).exists():
            inside.append(name)
    assert inside == ["23:00", "21:59"]


def test_weeks_begin_on_mondays_at_midnight_also_where_clocks_change(max: Person) -> None:
    max.time_zone = "Europe/Berlin"
    starts = read_scope(max, {"since": "2026-03-18", "until": "2026-04-01"}, NOW).week_starts()
    assert [f"{start:%a %d %b %H:%M}" for start in starts] == [
        "Mon 16 Mar 00:00",
        "Mon 23 Mar 00:00",
        "Mon 30 Mar 00:00",
    ]
    assert (starts[2].astimezone(UTC) - starts[1].astimezone(UTC)) == timedelta(days=7, hours=-1)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"team": "south"}, "no team by that name"),
        ({"lesson": "nonsense"}, "no lesson by that name"),
        ({"since": "yesterday"}, "first day was not understood"),
        ({"since": "0001-01-01"}, "first day was not understood"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "last day was before the first"),
        ({"weeks": "9999999"}, "Choose 4, 12 or 26 weeks"),
        ({"source": "\x00"}, "all are shown"),
    ],
)
def test_what_is_not_understood_is_said(
    client: Client, history: None, max: Person, south: Team, query: dict[str, str], said: str
) -> None:
    client.force_login(max)
    for page in ("team-list", "answer-list"):
        assert said in client.get(reverse(page), query).content.decode()


def test_nonsense_in_the_address_of_answers_finds_nothing_or_everything(
    client: Client, history: None, max: Person
) -> None:
    client.force_login(max)
    for query in ({"topic": "\x00"}, {"week": "9"}, {"page": "99999"}, {"result": "x"}, {"person": "a\x00b"}):
        assert client.get(reverse("answer-list"), query).status_code == 200


def test_somebody_who_was_deactivated_is_gone_from_everything(
    client: Client, history: None, max: Person
) -> None:
    Person.objects.filter(username="ada").update(is_active=False)
    client.force_login(max)
    assert "Nobody is in this team" in client.get(reverse("team-list")).content.decode()
    assert exported(client) == []


def test_a_person_in_two_teams_counts_once_over_both(history: None, max: Person, south: Team) -> None:
    south.managers.add(max)
    Membership.objects.create(team=south, person=Person.objects.get(username="ada"))
    report = team_report(scope_of(max), server_now())
    assert [(row.person.username, row.teams) for row in report.members] == [
        ("ada", ("North", "South")),
        ("zoe", ("South",)),
    ]
    assert report.total.n == 12


def test_only_while_in_the_team_leaves_out_what_was_answered_before(history: None, max: Person) -> None:
    assert team_report(scope_of(max), server_now()).total.n == 8
    Evidence.objects.filter(question__slug="what-squeaks").update(teams=[])
    assert team_report(scope_of(max, then="1"), server_now()).total.n == 6


def test_people_are_found_by_name_and_standing(client: Client, history: None, max: Person) -> None:
    client.force_login(max)
    for query, found in (({"name": "AD"}, True), ({"name": "zoe"}, False), ({"state": "stuck"}, False)):
        page = client.get(reverse("team-list"), query).content.decode()
        assert ('href="/team/ada/"' in page) is found


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(quizzes=1), State.DUE),
        (Facts(1, [Tries("Q", [0.9], 1, 0.9, True)], finished=1), State.READY),
        (Facts(1, [Tries("Q", [0.9], 1, 0.9, True)], due=7, finished=1), State.READY),
        (Facts(1, [Tries("Q", [0.9], 1, 0.9, True)], due=8, finished=1), State.DUE),
        (Facts(1, [Tries("Q", [0.5], 1, 0.5, False)], finished=1), State.DUE),
        (Facts(1, [Tries("Q", [0.5, 0.5], 2, 0.5, False)], finished=2), State.STUCK),
        (Facts(1, [Tries("Q", [0.56, 0.5], 2, 0.56, False)], finished=2), State.DUE),
        (Facts(1, [Tries("Q", [0.5, 0.9], 2, 0.9, True)], finished=2), State.READY),
    ],
)
def test_ready_due_and_stuck_follow_from_the_facts(facts: Facts, state: State) -> None:
    standing = standing_of(facts)
    assert standing.state == state
    assert standing.reasons
