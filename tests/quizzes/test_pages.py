"""Taking a quiz in the browser, without script."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from enablement.models import Person, Role, State
from quizzes.models import Attempt, Grade, Quiz
from tests.quizzes.doors import Answering, answer_of, save


def form_of(attempt: Attempt, **chosen: str | list[str]) -> dict[str, object]:
    """The form as the page shows it now, with some answers changed (question slug, `_` for `-`)."""
    form: dict[str, object] = {}
    for answer in attempt.answers.select_related("question"):
        stored = answer.response["chosen"] if answer.response else []
        form[f"seq-{answer.question_id}"] = answer.client_seq
        form[f"q-{answer.question_id}"] = chosen.get(answer.question.slug.replace("-", "_"), stored)
    return form


def post(client: Client, name: str, attempt: Attempt, form: dict[str, object]) -> str:
    """Post the form and return where it leads."""
    response = client.post(reverse(name, args=[attempt.pk]), form)
    assert response.status_code == 302
    return response.headers["Location"]


ALL_RIGHT = {
    "sort_scraping": "hinge",
    "sort_key_slips": "lock",
    "what_to_promise": "b",
    "what_squeaks": ["a", "b"],
}


def test_starting_leads_to_the_attempt_and_starting_again_to_the_same(ada_client: Client, quiz: Quiz) -> None:
    places = {ada_client.post(reverse("quiz-start", args=[quiz.slug])).headers["Location"] for _ in range(2)}
    assert places == {Attempt.objects.get().get_absolute_url()}


def test_starting_needs_a_post(ada_client: Client, quiz: Quiz) -> None:
    assert ada_client.get(reverse("quiz-start", args=[quiz.slug])).status_code == 405


def test_a_reload_shows_the_saved_answers(ada_client: Client, attempt: Attempt) -> None:
    save(attempt, "what-to-promise", "b")
    page = ada_client.get(attempt.get_absolute_url()).content.decode()
    question = answer_of(attempt, "what-to-promise").question_id
    assert f'name="q-{question}" value="b" checked' in page
    assert page.count(" checked") == 1


def test_every_question_has_a_legend_and_every_option_a_label(ada_client: Client, attempt: Attempt) -> None:
    page = ada_client.get(attempt.get_absolute_url()).content.decode()
    assert page.count("<fieldset") == page.count("<legend>") == 4
    assert page.count('<label class="choice">') == 12
    assert page.count('type="radio"') == 9
    assert page.count('type="checkbox"') == 3


def test_the_form_saves_and_stays(ada_client: Client, attempt: Attempt) -> None:
    place = post(ada_client, "attempt-save", attempt, form_of(attempt, what_squeaks=["a", "b"]))
    assert place == attempt.get_absolute_url()
    assert answer_of(attempt, "what-squeaks").response == {"chosen": ["a", "b"]}


def test_finishing_asks_about_open_questions_first(ada_client: Client, attempt: Attempt) -> None:
    place = post(ada_client, "attempt-submit", attempt, form_of(attempt, what_to_promise="b"))
    assert place == f"{attempt.get_absolute_url()}?finish=1"
    assert "3 questions without an answer" in ada_client.get(place).content.decode()
    assert not Grade.objects.exists()


def test_finishing_all_the_same_hands_in(ada_client: Client, attempt: Attempt) -> None:
    form = form_of(attempt, what_to_promise="b") | {"confirm": "1"}
    page = ada_client.get(post(ada_client, "attempt-submit", attempt, form)).content.decode()
    assert "1 of 4 right" in page
    assert page.count("Not answered") == 3


def test_the_result_shows_choice_right_answer_reason_card_and_line(
    ada_client: Client, attempt: Attempt
) -> None:
    form = form_of(attempt, **(ALL_RIGHT | {"sort_scraping": "lock"}))
    page = ada_client.get(post(ada_client, "attempt-submit", attempt, form)).content.decode()
    assert "3 of 4 right" in page
    assert "A lock does not scrape." in page
    assert "A door that scrapes hangs low." in page
    assert "That sounds like the hinge." in page
    assert 'href="/cards/door-hinge/"' in page
    assert "Try again" in page


def test_a_double_click_on_finish_has_one_effect(ada_client: Client, attempt: Attempt) -> None:
    form = form_of(attempt, **ALL_RIGHT)
    first, second = (post(ada_client, "attempt-submit", attempt, form) for _ in range(2))
    assert first == second == reverse("attempt-result", args=[attempt.pk])
    assert Grade.objects.count() == 4


def test_an_older_window_does_not_undo_a_newer_answer(ada_client: Client, attempt: Attempt) -> None:
    older = form_of(attempt, **(ALL_RIGHT | {"what_to_promise": "c"}))
    save(attempt, "what-to-promise", "b", seq=1_700_000_000_000)
    place = post(ada_client, "attempt-submit", attempt, older)
    assert "in another window" in ada_client.get(place).content.decode()
    assert answer_of(attempt, "what-to-promise").response == {"chosen": ["b"]}
    assert not Grade.objects.exists()


@pytest.mark.parametrize("broken", [{"seq": "x"}, {"seq": "-1"}, {"seq": "9" * 400}, {"q": "nonsense"}])
def test_a_form_that_makes_no_sense_changes_nothing(
    ada_client: Client, attempt: Attempt, broken: dict[str, str]
) -> None:
    question = answer_of(attempt, "what-to-promise").question_id
    form: dict[str, object] = {f"seq-{question}": 0, f"q-{question}": "a"}
    form |= {f"{name}-{question}": value for name, value in broken.items()}
    response = ada_client.post(reverse("attempt-save", args=[attempt.pk]), form)
    assert response.status_code == 302
    stored = answer_of(attempt, "what-to-promise")
    assert stored.response in (None, {"chosen": ["a"]})
    assert stored.client_seq < 2**53


def test_a_finished_attempt_opens_its_result(
    ada_client: Client, quiz: Quiz, ada: Person, hand_in: Answering
) -> None:
    attempt = hand_in(ada, quiz)
    response = ada_client.get(attempt.get_absolute_url())
    assert response.headers["Location"] == reverse("attempt-result", args=[attempt.pk])


@pytest.mark.parametrize("name", ["attempt-detail", "attempt-result"])
def test_an_attempt_of_somebody_else_does_not_exist(
    client: Client, zoe: Person, attempt: Attempt, name: str
) -> None:
    client.force_login(zoe)
    assert client.get(reverse(name, args=[attempt.pk])).status_code == 404


@pytest.mark.parametrize("name", ["attempt-save", "attempt-submit"])
@pytest.mark.parametrize("username", ["zoe", "max", "root"])
def test_nobody_answers_for_somebody_else(
    client: Client, zoe: Person, max: Person, root: Person, attempt: Attempt, name: str, username: str
) -> None:
    client.force_login(Person.objects.get(username=username))
    assert client.post(reverse(name, args=[attempt.pk]), form_of(attempt, **ALL_RIGHT)).status_code == 404
    assert not answer_of(attempt, "what-to-promise").is_given


def test_a_quiz_that_is_not_released_is_not_there(ada_client: Client, quiz: Quiz) -> None:
    Quiz.objects.update(state=State.DRAFT)
    assert ada_client.get(quiz.get_absolute_url()).status_code == 404
    assert ada_client.post(reverse("quiz-start", args=[quiz.slug])).status_code == 404
    assert "No quiz yet" in ada_client.get(reverse("quiz-list")).content.decode()


def test_a_quiz_of_another_teams_lesson_is_not_there(ada_client: Client, quiz: Quiz, zoe: Person) -> None:
    quiz.lesson.teams.set(zoe.teams.all())
    assert ada_client.get(quiz.get_absolute_url()).status_code == 404


def test_the_list_says_how_one_stands(
    ada_client: Client, ada: Person, quiz: Quiz, hand_in: Answering
) -> None:
    def page() -> str:
        return ada_client.get(reverse("quiz-list")).content.decode()

    assert "New" in page()
    hand_in(ada, quiz, sort_scraping="lock", what_squeaks=None)
    assert "Last score 50\xa0%, best 50\xa0% in 1 attempt" in page()
    ada_client.post(reverse("quiz-start", args=[quiz.slug]))
    assert "In progress" in page()


@pytest.mark.parametrize("name", ["quiz-list", "my-results", "team-list"])
def test_somebody_not_signed_in_is_sent_to_sign_in(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(name)).headers["Location"].startswith("/sign-in/")


def test_the_home_page_offers_the_open_attempt(ada_client: Client, attempt: Attempt) -> None:
    assert f'href="{attempt.get_absolute_url()}"' in ada_client.get("/").content.decode()


def test_the_admin_leads_editors_to_the_question_on_the_site(
    client: Client, quiz: Quiz, max: Person, nia: Person
) -> None:
    question = quiz.questions.get(slug="what-to-promise")
    address = reverse("admin:quizzes_question_change", args=[question.pk])
    Person.objects.update(is_staff=True)
    for person, status in ((max, 404), (nia, 302)):
        client.force_login(person)
        assert client.get(address).status_code == status
    assert client.get(address).headers["Location"] == reverse("question-preview", args=["what-to-promise"])
    assert max.role == Role.MANAGER


def test_an_editor_finds_quizzes_and_questions_in_the_admin(client: Client, quiz: Quiz, nia: Person) -> None:
    Person.objects.update(is_staff=True)
    client.force_login(nia)
    assert "Doors, tried" in client.get(reverse("admin:quizzes_quiz_changelist")).content.decode()
    page = client.get(reverse("admin:quizzes_quiz_change", args=[quiz.pk])).content.decode()
    assert "what-squeaks" in page
    assert "Add another Quiz question" in page
    page = client.get(reverse("admin:quizzes_question_changelist"), {"q": "squeaks"}).content.decode()
    assert "what-squeaks" in page
    assert client.get(reverse("admin:quizzes_attempt_changelist")).status_code == 403
