"""The wording check with the real encoder."""

from __future__ import annotations

import pytest

from enablement.judges.exact import ExactHit, Phrasings, exact_hit
from enablement.judges.shipped import adopt_heads
from enablement.judges.training import train_guide
from enablement.judges.wording import check_wording
from enablement.models import GuideEntry, Head, Lesson, Person, Team


@pytest.fixture
def trained(released_lesson: Lesson, encoder: None) -> Lesson:
    train_guide()
    return released_lesson


@pytest.mark.django_db
def test_a_phrasing_of_the_guide_is_blocked_wherever_it_stands(trained: Lesson, eve: Person) -> None:
    text = "Good morning. As you know, our LOCKS are\nunbreakable! Kind regards, Eve"
    (finding,) = check_wording(text, eve)
    assert (finding.entry, finding.level) == ("door-unbreakable", "block")
    assert finding.quote == text[finding.start : finding.end] == "our LOCKS are\nunbreakable"
    assert finding.say == "This lock withstands hand tools for ten minutes."


@pytest.mark.django_db
def test_a_phrasing_in_quotation_marks_is_a_hint(trained: Lesson, eve: Person) -> None:
    (finding,) = check_wording("They wrote “our locks are unbreakable” on the box.", eve)
    assert finding.level == "hint"


@pytest.mark.django_db
def test_a_disguised_phrasing_is_found_where_it_stands(trained: Lesson, eve: Person) -> None:
    text = "Buy now: our lоcks are un\u00adbreak\u200cable!"
    (finding,) = check_wording(text, eve)
    assert finding.level == "block"
    assert text.replace("\u200b", "")[finding.start : finding.end] == finding.quote
    assert finding.quote.startswith("our l")


@pytest.mark.django_db
def test_the_line_to_say_is_clean(trained: Lesson, eve: Person) -> None:
    found = check_wording("This lock withstands hand tools for ten minutes.", eve)
    assert [finding for finding in found if finding.level != "hint"] == []


@pytest.mark.django_db
def test_the_guide_of_another_team_is_not_used(trained: Lesson, south: Team, ada: Person) -> None:
    trained.teams.add(south)
    assert check_wording("Our locks are unbreakable.", ada) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_lessons")
@pytest.mark.parametrize(
    "text",
    [
        "We can train the model on your documents.",
        "LoRA makes fine-tuning easy",
        "You need to train your own model.",
    ],
)
def test_the_lines_that_started_it_all_are_found(eve: Person, text: str) -> None:
    assert [finding.level for finding in check_wording(text, eve)] == ["block"]


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_lessons")
def test_no_do_say_line_of_the_guide_is_flagged(eve: Person) -> None:
    lines = list(GuideEntry.objects.values_list("do_say", flat=True))
    flagged = [row.quote for line in lines for row in check_wording(line, eve) if row.level != "hint"]
    assert flagged == []


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_lessons")
def test_the_shipped_heads_belong_to_the_starter_lessons() -> None:
    """When this fails, the examples have changed: run `manage.py train_judges --save`."""
    names = set(Head.objects.values_list("name", flat=True))
    assert adopt_heads(names & {"wording:any"}, Head.objects.get(name="wording:any").examples_hash)
    signal = Head.objects.get(name="signal:problem-type:knowledge")
    assert adopt_heads([signal.name], signal.examples_hash)


def hit(sentence: str, *wordings: str) -> ExactHit | None:
    return exact_hit(sentence, (0, len(sentence)), {"entry": Phrasings(wordings)})


def test_a_short_phrasing_counts_only_as_a_whole_sentence() -> None:
    assert hit("No code needed", "no code") is None
    assert hit("No code!", "no code") == ExactHit("entry", (0, 7), is_whole=True, is_quoted=False)


def test_a_longer_phrasing_counts_within_a_sentence() -> None:
    found = hit("As you know, our LOCKS are unbreakable!", "our locks are unbreakable")
    assert found == ExactHit("entry", (13, 38), is_whole=False, is_quoted=False)


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_lessons")
def test_a_phrasing_in_a_sentence_that_denies_it_does_not_block(eve: Person) -> None:
    text = "Never tell a buyer that we can train the model on your documents: fine-tuning does not add facts."
    assert "block" not in [finding.level for finding in check_wording(text, eve)]


@pytest.mark.django_db
def test_a_changed_phrasing_counts_at_once(trained: Lesson, eve: Person) -> None:
    assert [row.level for row in check_wording("Nobody ever opens this door.", eve)] != ["block"]
    entry = GuideEntry.objects.get(slug="door-unbreakable")
    entry.phrasings.filter(breaks=True).update(text="Nobody ever opens this door.")
    assert [row.level for row in check_wording("Nobody ever opens this door.", eve)] == ["block"]
