"""The team page, a member's page and one's own results."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Delivery, Membership, Person, Role, Team
from quizzes.deadlines import server_now
from quizzes.files import read_quiz_file
from quizzes.loader import load_quiz
from quizzes.models import Answer, Attempt, Grade, Quiz
from quizzes.reports.charts import topics_title
from quizzes.reports.content import content_report
from quizzes.reports.counts import Cell, Confusion
from quizzes.reports.teams import team_reports
from tests.quizzes.doors import DOORS, Answering

OUTCOMES = (("knowledge", "Knowledge problem"), ("behaviour", "Behaviour problem"), ("both", "Both at once"))


def confusion(**counts: int) -> Confusion:
    """Counts by `true_chosen`."""
    pairs = {(true, chosen): n for pair, n in counts.items() for true, chosen in [pair.split("_")]}
    return Confusion("problem-type", "Which problem", OUTCOMES, pairs)


def test_an_outcome_that_is_no_more_leaves_the_table_readable() -> None:
    assert confusion(knowledge_mixed=3, mixed_both=2).finding == "nothing taken for anything else, out of 5"
    with_known = confusion(knowledge_mixed=3, knowledge_both=1, knowledge_knowledge=4)
    assert with_known.finding == "mostly “Knowledge problem” taken for “Both at once”, 1 of 8"


def test_the_sentence_says_both_directions_with_their_numbers() -> None:
    counts = confusion(
        knowledge_behaviour=3, knowledge_knowledge=5, behaviour_knowledge=1, behaviour_behaviour=8
    )
    (sentence,) = counts.sentences
    assert (
        sentence.text == "Takes “Knowledge problem” for “Behaviour problem” in 3 of 8; the reverse in 1 of 9."
    )
    assert not sentence.is_few
    assert sentence.sure.startswith("Which way it leans is not certain yet")


def test_the_sentence_begins_with_the_more_frequent_direction() -> None:
    (sentence,) = confusion(behaviour_knowledge=4, knowledge_knowledge=6, behaviour_behaviour=2).sentences
    assert sentence.text.startswith(
        "Takes “Behaviour problem” for “Knowledge problem” in 4 of 6; the reverse in 0"
    )


def test_the_direction_goes_by_the_share_where_statements_differ_in_number() -> None:
    (sentence,) = confusion(
        knowledge_behaviour=9, knowledge_knowledge=91, behaviour_knowledge=5, behaviour_behaviour=5
    ).sentences
    assert sentence.text.startswith("Takes “Behaviour problem” for “Knowledge problem” in 5 of 10")


def test_the_titles_say_what_a_table_shows() -> None:
    shown = confusion(knowledge_behaviour=3, knowledge_knowledge=5, behaviour_behaviour=8)
    assert shown.finding == "mostly “Knowledge problem” taken for “Behaviour problem”, 3 of 8"
    assert confusion(knowledge_knowledge=5).finding == "nothing taken for anything else, out of 5"
    topics = [("cost", Cell(20, 9)), ("what-it-is", Cell(20, 18)), ("new", Cell(1, 0))]
    assert topics_title(topics, "North") == "North, by topic: right least often on “Cost”, 45\xa0%"
    assert topics_title(topics[2:], "North").endswith("too few answers to tell where it goes worst")


def test_few_answers_are_called_few() -> None:
    (sentence,) = confusion(knowledge_behaviour=4, behaviour_behaviour=20).sentences
    assert sentence.is_few
    assert sentence.sure == "Too few answers to tell: it takes 5 of each."


def test_a_direction_is_called_certain_only_beyond_chance() -> None:
    leaning = confusion(
        knowledge_behaviour=7, knowledge_knowledge=13, behaviour_knowledge=1, behaviour_behaviour=17
    )
    assert (
        leaning.sentences[0].sure
        == "That leans one way beyond chance (18 to 57\xa0%, with 95\xa0% certainty)."
    )


def test_an_interval_within_one_per_cent_is_one_number() -> None:
    many = confusion(
        knowledge_behaviour=6_000,
        knowledge_knowledge=94_000,
        behaviour_knowledge=3_000,
        behaviour_behaviour=97_000,
    )
    assert many.sentences[0].sure.endswith("(about 6\xa0%, with 95\xa0% certainty).")


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        (Cell(0, 0), "none"),
        (Cell(4, 0), "few"),
        (Cell(7, 4), "unsure"),
        (Cell(119, 63), "low"),
        (Cell(41, 36), "high"),
        (Cell(1000, 620), "low"),
    ],
)
def test_a_cell_is_shaded_only_where_something_is_certain(cell: Cell, level: str) -> None:
    assert cell.level == level


def test_a_share_comes_with_its_interval() -> None:
    # Wilson's interval of 8 out of 10, as in Brown, Cai and DasGupta (2001).
    assert Cell(10, 8).interval == (49, 94)
    assert Cell(0, 0).interval == (0, 100)


def test_open_statements_are_in_no_sentence() -> None:
    counts = Confusion("x", "X", OUTCOMES, {("knowledge", ""): 4, ("knowledge", "knowledge"): 1})
    assert counts.sentences == []
    assert (counts.n, counts.has_unanswered) == (1, True)


@pytest.mark.parametrize(("n", "shown"), [(0, None), (4, None), (5, 60)])
def test_no_per_cent_under_five(n: int, shown: int | None) -> None:
    assert Cell(n, round(n * 0.6)).per_cent == shown


@pytest.fixture
def history(quiz: Quiz, ada: Person, zoe: Person, hand_in: Answering) -> None:
    hand_in(ada, quiz, sort_scraping="lock")
    hand_in(ada, quiz, sort_scraping="lock", what_squeaks=None)
    hand_in(zoe, quiz, sort_key_slips="hinge")


def test_the_figures_agree_with_a_plain_recount(history: None, max: Person, ada: Person) -> None:
    (report,) = team_reports(max, server_now())
    (row,) = report.members
    grades = Grade.objects.filter(answer__attempt__person=ada).select_related("answer__question")
    for topic, cell in zip(report.topics, row.cells, strict=True):
        mine = [grade for grade in grades if grade.answer.question.topic == topic.topic]
        assert cell == Cell(len(mine), sum(grade.correct for grade in mine))
    facts = row.standing.facts
    assert (facts.finished, facts.last, facts.best) == (2, 0.5, 0.75)
    assert row.confusions[0].counts == {("hinge", "lock"): 2, ("lock", "lock"): 2}


def test_a_quiz_changed_in_the_period_counts_by_the_version_that_was_asked(
    quiz: Quiz, doors_file: Path, max: Person, ada: Person, client: Client, hand_in: Answering
) -> None:
    hand_in(ada, quiz, sort_scraping="lock")
    changed = DOORS.replace("outcome: hinge", "outcome: lock", 1).replace("{lock:", "{hinge:", 1)
    doors_file.write_text(changed, encoding="utf-8")
    assert load_quiz(read_quiz_file(doors_file)).changed == ["sort-scraping"]
    hand_in(ada, quiz)
    (report,) = team_reports(max, server_now())
    assert report.changed == 1
    # “lock” was wrong of the first version and is right of the second.
    assert report.confusions[0].counts == {("hinge", "lock"): 1, ("lock", "lock"): 3}
    assert report.total == Cell(8, 7)
    client.force_login(max)
    assert "1 question was changed in this period" in client.get(reverse("team-list")).content.decode()
    rows = client.get(reverse("answer-list"), {"question": "sort-scraping"}).context["rows"]
    assert [(row.version, row.correct) for row in rows] == [(2, True), (1, False)]


def test_a_manager_sees_their_own_team_and_no_other(client: Client, history: None, max: Person) -> None:
    client.force_login(max)
    page = client.get(reverse("team-list")).content.decode()
    assert "Ada" in page
    assert "in 2 of 2; the reverse in 0 of 2" in page
    assert "Zoe" not in page
    assert client.get(reverse("team-member", args=["ada"])).status_code == 200
    assert client.get(reverse("team-member", args=["zoe"])).status_code == 404


@pytest.mark.parametrize("username", ["ada", "zoe", "nia"])
def test_who_manages_nobody_has_no_team_page(
    client: Client, history: None, nia: Person, username: str
) -> None:
    client.force_login(Person.objects.get(username=username))
    assert client.get(reverse("team-list")).status_code == 404
    assert client.get(reverse("team-member", args=[username])).status_code == 404


def test_an_admin_sees_all_teams(client: Client, history: None, root: Person) -> None:
    client.force_login(root)
    page = client.get(reverse("team-list")).content.decode()
    assert "Ada" in page
    assert "Zoe" in page


def test_a_rep_sees_what_their_manager_sees(client: Client, history: None, ada: Person, max: Person) -> None:
    client.force_login(ada)
    own = client.get(reverse("my-results")).content.decode()
    client.force_login(max)
    managers = client.get(reverse("team-member", args=["ada"])).content.decode()
    assert "Max (your manager)" in own
    for page in (own, managers):
        assert "in 2 of 2; the reverse in 0 of 2" in page
        assert "A lock does not scrape." in page
        assert page.count("Attempt 1") == page.count("Attempt 2") == 1


def test_leaving_the_team_hides_a_person_at_once(
    client: Client, history: None, ada: Person, max: Person
) -> None:
    Membership.objects.filter(person=ada).delete()
    client.force_login(max)
    assert client.get(reverse("team-member", args=["ada"])).status_code == 404
    assert "Nobody is in this team" in client.get(reverse("team-list")).content.decode()
    assert not Attempt.objects.visible_to(max).exists()
    assert Attempt.objects.visible_to(ada).count() == 2


def test_a_manager_who_became_a_rep_sees_nobody_any_more(history: None, max: Person) -> None:
    Person.objects.filter(pk=max.pk).update(role=Role.REP)
    max.refresh_from_db()
    for rows in (Attempt.objects, Answer.objects, Grade.objects):
        assert not rows.visible_to(max).exists()


def test_rows_of_attempts_are_visible_to_the_person_their_managers_and_admins(
    history: None, ada: Person, zoe: Person, max: Person, root: Person, nia: Person
) -> None:
    seen = {
        person.username: Grade.objects.visible_to(person).count() for person in (ada, zoe, max, root, nia)
    }
    assert seen == {"ada": 8, "zoe": 4, "max": 8, "root": 12, "nia": 0}


def test_a_person_in_two_teams_counts_in_both(history: None, ada: Person, max: Person, south: Team) -> None:
    south.managers.add(max)
    Membership.objects.create(team=south, person=ada)
    assert [
        [row.person.username for row in report.members] for report in team_reports(max, server_now())
    ] == [
        ["ada"],
        ["ada", "zoe"],
    ]


def test_an_open_attempt_is_counted_and_nothing_in_it(client: Client, attempt: Attempt, max: Person) -> None:
    client.force_login(max)
    page = client.get(reverse("team-list")).content.decode()
    assert "1 open" in page
    assert "No finished attempt yet" in page


def test_the_team_page_can_be_narrowed_to_one_quiz(
    client: Client, history: None, max: Person, quiz: Quiz
) -> None:
    client.force_login(max)
    page = client.get(reverse("team-list"), {"quiz": quiz.slug}).content.decode()
    assert f'value="{quiz.slug}" selected' in page
    assert client.get(reverse("team-list"), {"quiz": "\x00nonsense"}).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_team(
    client: Client,
    history: None,
    quiz: Quiz,
    max: Person,
    north: Team,
    hand_in: Answering,
    django_assert_max_num_queries: object,
) -> None:
    for number in range(6):
        person = Person.objects.create_user(f"rep{number}", role=Role.REP)
        Membership.objects.create(team=north, person=person)
        hand_in(person, quiz, sort_scraping="neither")
    client.force_login(max)
    # Session, person, messages; teams, lessons, quizzes; members; due, attempts; outcomes; the
    # page's people; changed questions; the clock; the desk's count; what the reader has open, for the figures
    # and for the page.
    with django_assert_max_num_queries(17):  # type: ignore[operator]
        client.get(reverse("team-list"))


def test_editors_see_what_is_missed_by_piece_with_the_belief_behind_it(
    client: Client, quiz: Quiz, zoe: Person, ada: Person, nia: Person, hand_in: Answering
) -> None:
    for person in (ada, zoe, ada, zoe, ada):
        hand_in(person, quiz, what_to_promise="a")
    client.force_login(nia)
    page = client.get(reverse("content-report"))
    row = next(row for row in page.context["report"].missed if row.kind == "guide_entry")
    assert (row.cell, [belief.count for belief in row.beliefs]) == (Cell(5, 0), [5])
    assert "Every lock opens in time." in page.content.decode()
    assert "Ada" not in page.content.decode()
    client.force_login(ada)
    assert client.get(reverse("content-report")).status_code == 404


@pytest.mark.parametrize("page", [True, False])
def test_a_card_helped_where_more_are_right_after_it(
    quiz: Quiz, ada: Person, zoe: Person, client: Client, hand_in: Answering, page: bool
) -> None:
    for person in (ada, zoe):
        hand_in(person, quiz, sort_scraping="lock", what_squeaks="a")
    if page:
        client.force_login(ada)
        client.get("/cards/door-hinge/")
        assert not Delivery.objects.filter(kind="card", slug="door-hinge").exists()
    else:
        given = {"kind": "card", "slug": "door-hinge", "field": "what_it_is"}
        Delivery.objects.create(person=ada, surface="browser", purpose="answer", **given)
    for person in (ada, zoe):
        hand_in(person, quiz, **({} if person == ada else {"sort_scraping": "lock"}))
    # Ada was wrong twice about the hinge, read, and was right; Zoe did not read.
    (helped,) = content_report(quiz.lesson, server_now()).helped
    assert helped.read.n == helped.read.right > 0
    assert helped.finding.startswith("Too few to tell")


def test_a_new_team_page_says_what_will_stand_there(client: Client, ada: Person, max: Person) -> None:
    client.force_login(max)
    page = client.get(reverse("team-list")).content.decode()
    assert "After the first one you see here what each person is good at" in page
    assert "0 of 1 person ready, nobody is stuck" in page


def test_a_team_of_one_is_told_of_as_one(
    client: Client, quiz: Quiz, ada: Person, max: Person, hand_in: Answering
) -> None:
    hand_in(ada, quiz)
    client.force_login(max)
    response = client.get(reverse("team-list"))
    page, report = response.content.decode(), response.context["report"]
    assert [row.person.username for row in report.members] == [ada.username]
    assert "of 1 person ready" in page
    assert "1 people" not in page
    # With one member the team's figures are hers, and stay too few for a per cent.
    mine, totals = ([(one.n, one.right) for one in row] for row in (report.members[0].cells, report.totals))
    assert mine == totals
    assert {cell.per_cent for cell in report.totals} == {None}
