"""What is right about a question that somebody has open is told them by nothing else.

Quizzes of a lesson share its questions: another quiz, practice or others' answers may show the same key.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Delivery, Person
from enablement.personal.handing_out import held_about
from quizzes.attempts import NothingMissed, start_attempt, submit_attempt
from quizzes.coaching.focus import Focus, focuses_of
from quizzes.deadlines import GRACE, server_now
from quizzes.desk.queue import count_for, on_desk, queue_for
from quizzes.models import Attempt, Quiz, Release
from quizzes.practice.overview import changes_in
from quizzes.practice.sessions import answer_item, start_session
from quizzes.practice.weak_spots import slips
from quizzes.reports.answers import HELD_NOW, answer_rows, answers_in
from quizzes.reports.people import Slip, person_report
from quizzes.reports.teams import team_report
from quizzes.views.attempts import ASKED_NOW, HOW_IT_WENT, ONCE_PASSED, TAKEN_NOW
from tests.quizzes.desks import let_wait
from tests.quizzes.doors import CANARY, Answering, save
from tests.quizzes.test_answers import scope_of
from tests.quizzes.test_retakes import results

SENTENCE = "You have a quiz open that asks some of the same."
LEFT_OUT = "Answers to what you have open in a quiz are left out until you hand it in."
NOW = datetime(2026, 9, 7, 9, tzinfo=UTC)


@pytest.fixture
def bank(quiz: Quiz) -> Quiz:
    """Another quiz of the lesson, which draws from the same questions."""
    return Quiz.objects.create(
        slug="bank", title="Bank", lesson=quiz.lesson, from_bank=True, state="released", pass_mark=60
    )


def test_another_quiz_handed_in_meanwhile_tells_no_key_of_this_one(
    ada_client: Client, quiz: Quiz, bank: Quiz, ada: Person
) -> None:
    counts, other = start_attempt(ada, quiz), start_attempt(ada, bank)
    submit_attempt(other, ada)
    shown = results(ada_client, other)
    assert CANARY not in shown
    assert SENTENCE in shown
    submit_attempt(counts, ada)
    shown = results(ada_client, other)
    assert CANARY in shown
    assert SENTENCE not in shown


def test_where_keys_are_never_shown_none_is_promised(
    ada_client: Client, quiz: Quiz, bank: Quiz, ada: Person
) -> None:
    Quiz.objects.filter(pk=bank.pk).update(release=Release.NEVER)
    start_attempt(ada, quiz)
    other = start_attempt(ada, Quiz.objects.get(pk=bank.pk))
    submit_attempt(other, ada)
    shown = results(ada_client, other)
    assert "This quiz shows the score only." in shown
    assert SENTENCE not in shown


def test_an_earlier_attempt_tells_none_while_the_quiz_is_open_again(
    ada_client: Client, quiz: Quiz, ada: Person, hand_in: Answering
) -> None:
    earlier = hand_in(ada, quiz, what_to_promise="a")
    assert CANARY in results(ada_client, earlier)
    again = start_attempt(ada, quiz)
    assert CANARY not in results(ada_client, earlier)
    submit_attempt(again, ada)
    assert CANARY in results(ada_client, earlier)


def test_practice_that_was_answered_before_tells_none(ada_client: Client, quiz: Quiz, ada: Person) -> None:
    session = start_session(ada)
    answer_item(session, 0, None)
    page = reverse("practice-feedback", args=[session.pk, 0])
    again = ("api-practice-answers", {"number": 1, "response": None})

    def shown() -> str:
        sent = ada_client.post(
            reverse(again[0], args=[session.pk]), again[1], content_type="application/json"
        )
        return sent.content.decode() + ada_client.get(page).content.decode()

    assert CANARY in shown()
    attempt = start_attempt(ada, quiz)
    assert CANARY not in shown()
    assert "You have a quiz open that asks this." in shown()
    assert changes_in(session, server_now()) == []
    submit_attempt(attempt, ada)
    assert CANARY in shown()
    assert [change.asked for change in changes_in(session, server_now())] == [1]


def test_a_manager_who_takes_a_quiz_reads_its_keys_in_nobodys_answers(
    client: Client, quiz: Quiz, bank: Quiz, ada: Person, max: Person, hand_in: Answering
) -> None:
    attempt = hand_in(ada, quiz, what_to_promise="a")
    client.force_login(max)
    addresses = [
        reverse("attempt-result", args=[attempt.pk]),
        reverse("quiz-statistics", args=[quiz.slug]),
        reverse("api-quiz-statistics", args=[quiz.slug]),
    ]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
    taking: Attempt = start_attempt(max, bank)
    assert CANARY not in client.get(addresses[0]).content.decode()
    assert [client.get(address).status_code for address in addresses] == [200, 404, 404]
    rows = list(answer_rows(answers_in(scope_of(max), {}), max))
    assert rows
    assert {(row.question, row.true, row.chosen) for row in rows} == {(HELD_NOW, "", "")}
    submit_attempt(taking, max)
    assert CANARY in client.get(addresses[0]).content.decode()


def test_nor_on_the_desk(every_kind: Attempt, ada: Person, zoe: Person, max: Person, client: Client) -> None:
    submit_attempt(every_kind, ada)
    answer = let_wait(ada, every_kind.quiz, "a broken part", NOW)
    desk = reverse("answer-review", args=[answer.pk])
    client.force_login(max)
    assert (count_for(max) > 0, client.get(desk).status_code) == (True, 200)
    taking = start_attempt(max, every_kind.quiz)
    assert (count_for(max), queue_for(max), on_desk(max).exists()) == (0, [], False)
    assert client.get(desk).status_code == 404
    left_out = "1 waits that asks what you have open in a quiz: hand it in first."
    assert left_out in client.get(reverse("answer-reviews")).content.decode()
    submit_attempt(taking, max)
    assert client.get(desk).status_code == 200
    assert "have open in a quiz" not in client.get(reverse("answer-reviews")).content.decode()


def test_what_came_of_it_elsewhere_is_shown_once_this_one_is_handed_in(
    ada_client: Client, quiz: Quiz, bank: Quiz, ada: Person
) -> None:
    counts, other = start_attempt(ada, quiz), start_attempt(ada, bank)
    save(other, "what-to-promise", "b")
    submit_attempt(other, ada)
    page = reverse("attempt-result", args=[other.pk])
    graded = reverse("api-attempt", args=[other.pk])

    def came_out() -> tuple[list[int], set[bool | None]]:
        shown = ada_client.get(page).context
        results = ada_client.get(graded).json()["results"]
        counts = [len(shown[name]) for name in ("held", "right", "wrong")]
        return [*counts, shown["right_count"]], {one["correct"] for one in results}

    assert came_out() == ([4, 0, 0, 1], {None})
    assert "Not right" not in results(ada_client, other)
    submit_attempt(counts, ada)
    assert came_out() == ([0, 1, 3, 1], {True, False})


def test_a_wrong_answer_is_no_slip_while_it_is_asked(
    ada_client: Client, quiz: Quiz, bank: Quiz, ada: Person, hand_in: Answering
) -> None:
    hand_in(ada, quiz, what_to_promise="a")
    assert [slip.question.prompt for slip in slips_of(ada)] == ["What may you promise about a lock?"]
    open_now = start_attempt(ada, bank)
    assert slips_of(ada) == []
    submit_attempt(open_now, ada)
    assert slips_of(ada)


def slips_of(person: Person) -> list[Slip]:
    return person_report(person, scope_of(person), server_now()).slips


def test_who_asks_for_their_data_reads_no_key_in_it(
    quiz: Quiz, bank: Quiz, ada: Person, hand_in: Answering
) -> None:
    answer_item(start_session(ada), 0, None)
    hand_in(ada, quiz, sort_scraping="lock")
    assert keys_handed_out(ada) != {None}
    open_now = start_attempt(ada, bank)
    assert keys_handed_out(ada) == {None}
    submit_attempt(open_now, ada)
    assert keys_handed_out(ada) != {None}
    Quiz.objects.update(release=Release.NEVER)
    assert {row["true"] for row in held_about(ada)["grades"]} == {None}


def keys_handed_out(person: Person) -> set[object]:
    """What is handed out about a person that says what is right in the doors quiz."""
    wanted = {
        "figures of their answers": ("true", "correct"),
        "grades": ("true", "correct", "score"),
        "answers in practice": ("score",),
    }
    held = held_about(person)
    rows = [(row, fields) for what, fields in wanted.items() for row in held[what]]
    return {row[name] for row, fields in rows for name in fields}


def test_a_manager_tells_no_answers_apart_by_how_they_came_out(
    client: Client, quiz: Quiz, bank: Quiz, ada: Person, max: Person, hand_in: Answering
) -> None:
    hand_in(ada, quiz, sort_scraping="lock")
    client.force_login(max)
    page, read = reverse("answer-list"), reverse("api-answer-results")
    asked = {"question": "sort-scraping"}
    telling = [{"true": "hinge"}, {"chosen": "lock"}, {"result": "wrong"}]

    def found() -> list[int]:
        pages = [client.get(page, asked | one).context["count"] for one in telling]
        return pages + [client.get(read, asked | one).json()["count"] for one in telling]

    assert found() == [1] * 6
    assert client.get(page, asked).context["confusions"]
    taking = start_attempt(max, bank)
    assert found() == [0] * 6
    shown = client.get(page, asked)
    assert shown.context["confusions"] == []
    assert [(row.question, row.correct, row.result) for row in shown.context["rows"]] == [
        (HELD_NOW, None, "Held back")
    ]
    assert "are left out until you hand it in" in client.get(page, asked | telling[0]).content.decode()
    submit_attempt(taking, max)
    assert found() == [1] * 6


def test_each_reason_stands_only_where_it_is_true(
    ada_client: Client, client: Client, quiz: Quiz, bank: Quiz, ada: Person, max: Person
) -> None:
    Quiz.objects.filter(pk=bank.pk).update(release=Release.ONCE_PASSED)
    counts, other = start_attempt(ada, quiz), start_attempt(ada, Quiz.objects.get(pk=bank.pk))
    submit_attempt(other, ada)
    page = reverse("attempt-result", args=[other.pk])
    assert ada_client.get(page).context["kept_back"] == [ONCE_PASSED, HOW_IT_WENT]
    submit_attempt(counts, ada)
    assert ada_client.get(page).context["kept_back"] == [ONCE_PASSED]
    client.force_login(max)
    assert client.get(page).context["kept_back"] == []
    taking = start_attempt(max, bank)
    assert client.get(page).context["kept_back"] == [TAKEN_NOW]
    submit_attempt(taking, max)
    start_attempt(max, quiz)
    assert client.get(page).context["kept_back"] == [ASKED_NOW]


def test_what_can_no_longer_be_answered_holds_nothing_back(
    ada_client: Client, quiz: Quiz, bank: Quiz, ada: Person
) -> None:
    waits, other = start_attempt(ada, quiz), start_attempt(ada, bank)
    submit_attempt(other, ada)
    assert CANARY not in results(ada_client, other)
    Attempt.objects.filter(pk=waits.pk).update(deadline=server_now() - GRACE - timedelta(seconds=1))
    assert CANARY in results(ada_client, other)


def test_no_line_is_counted_as_given_that_was_not_shown(quiz: Quiz, bank: Quiz, ada: Person) -> None:
    counts, other = start_attempt(ada, quiz), start_attempt(ada, bank)
    submit_attempt(other, ada)
    assert not Delivery.objects.filter(person=ada).exists()
    submit_attempt(counts, ada)
    assert Delivery.objects.filter(person=ada, purpose="feedback").count() == 3


def test_no_figure_of_a_report_tells_right_from_wrong_while_it_is_asked(
    ada_client: Client, quiz: Quiz, bank: Quiz, ada: Person
) -> None:
    counts, other = start_attempt(ada, quiz), start_attempt(ada, bank)
    save(other, "what-to-promise", "a")
    save(other, "sort-scraping", "lock")
    submit_attempt(other, ada)

    def figures() -> tuple[dict[str, int], int, int, int]:
        report = person_report(ada, scope_of(ada), server_now())
        cells = {topic.topic: cell.n for topic, cell in report.topics}
        return cells, report.total.n, len(report.confusions), sum(cell.n for _, cell in report.weeks)

    page, read = reverse("my-results"), reverse("api-person-report", args=["ada"])
    assert figures() == ({}, 0, 0, 0)
    assert LEFT_OUT in ada_client.get(page).content.decode()
    assert ada_client.get(read).json()["topics"] == []
    submit_attempt(counts, ada)
    assert figures() == ({"telling-apart": 4, "wording": 2, "parts": 2}, 8, 1, 8)
    assert LEFT_OUT not in ada_client.get(page).content.decode()
    assert len(ada_client.get(read).json()["topics"]) == 3


def test_nor_does_one_of_a_manager_who_takes_it(
    client: Client, quiz: Quiz, bank: Quiz, ada: Person, max: Person, hand_in: Answering
) -> None:
    hand_in(ada, quiz, sort_scraping="lock", what_to_promise="a")
    client.force_login(max)

    def figures() -> tuple[int, list[int], int, int, int]:
        report = team_report(scope_of(max), server_now())
        (row,) = report.members
        cells = [cell.n for cell in row.cells]
        return report.total.n, cells, len(report.confusions), len(row.confusions), len(focuses())

    def focuses() -> list[Focus]:
        return focuses_of(ada, server_now(), max)

    assert figures() == (4, [1, 2, 1], 1, 1, 3)
    taking = start_attempt(max, bank)
    assert figures() == (0, [], 0, 0, 0)
    assert LEFT_OUT in client.get(reverse("team-list")).content.decode()
    (team,) = client.get(reverse("api-team-results")).json()["results"]
    assert (team["topics"], team["confusions"]) == ([], [])
    submit_attempt(taking, max)
    assert figures() == (4, [1, 2, 1], 1, 1, 3)
    assert LEFT_OUT not in client.get(reverse("team-list")).content.decode()


def test_nothing_that_was_missed_comes_again_while_it_is_asked(
    ada_client: Client, quiz: Quiz, bank: Quiz, ada: Person
) -> None:
    counts, other = start_attempt(ada, quiz), start_attempt(ada, bank)
    save(other, "what-to-promise", "a")
    other = submit_attempt(other, ada)
    page = reverse("attempt-result", args=[other.pk])
    assert not ada_client.get(page).context["can_retake"]
    assert slips(ada, server_now()) == {}
    with pytest.raises(NothingMissed, match="hand it in first"):
        start_attempt(ada, bank, missed_in=other)
    submit_attempt(counts, ada)
    assert ada_client.get(page).context["can_retake"]
    assert slips(ada, server_now())["doors", "wording"]["quiz"] == 2
    assert start_attempt(ada, bank, missed_in=other).answers.exists()
