"""Walking a ladder by yes and no."""

from __future__ import annotations

import pytest
from django.test import Client

from enablement.models import Ladder, Lesson
from enablement.walking import walk


@pytest.fixture
def ladder(released_lesson: Lesson) -> Ladder:
    found: Ladder = Ladder.objects.get(slug="door-repair")
    return found


def test_a_walk_begins_at_the_first_question(ladder: Ladder) -> None:
    begun = walk(ladder.questions.all(), "")
    assert begun.question
    assert begun.question.slug == "dry"


def test_yes_leads_to_the_step(ladder: Ladder) -> None:
    ended = walk(ladder.questions.all(), "y")
    assert ended.question is None
    assert ended.step
    assert ended.step.slug == "oil"


def test_no_leads_on_and_each_answer_can_be_taken_back(ladder: Ladder) -> None:
    ended = walk(ladder.questions.all(), "ny")
    assert ended.step
    assert ended.step.slug == "replace"
    assert [(answered.question.slug, answered.answer, answered.back) for answered in ended.trail] == [
        ("dry", "No", ""),
        ("bent", "Yes", "n"),
    ]


@pytest.mark.parametrize(("way", "walked"), [("yyyy", "y"), ("n?y", "n"), ("\0", ""), ("Y", "")])
def test_what_leads_nowhere_is_left_out(ladder: Ladder, way: str, walked: str) -> None:
    assert walk(ladder.questions.all(), way).way == walked


def test_a_walk_works_without_script_and_without_questions(ladder: Ladder, ada_client: Client) -> None:
    assert "Replace it" in ada_client.get("/ladders/door-repair/?way=ny").content.decode()
    ladder.questions.all().delete()
    assert "Which step is it" not in ada_client.get("/ladders/door-repair/").content.decode()


def test_the_next_question_comes_as_a_fragment(ladder: Ladder, ada_client: Client) -> None:
    html = ada_client.get("/ladders/door-repair/?way=n", headers={"HX-Request": "true"}).content.decode()
    assert "Is it bent?" in html
    assert "<html" not in html
