"""Where sources disagree: found on the way in, shown side by side, written down, said by the chat."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from enablement.chat import writing
from enablement.chat.contested import cited_dispute, contested_note, find_dispute
from enablement.chat.draft import Cited
from enablement.chat.draft import Draft as Answer
from enablement.chat.turns import answer_now
from enablement.drafts.disputes import disputes_of
from enablement.drafts.voices import Voice, add_voice
from enablement.lessons.claims import Claim, situation_words, situations, speaks_of_its_absence
from enablement.lessons.conflicts import find_conflicts
from enablement.lessons.guide_check import is_heading
from enablement.lessons.needs import Need, needs_of, telling_signals
from enablement.lessons.reading import Draft as Read
from enablement.lessons.reading import Reading
from enablement.models import DocumentVersion, Draft, Fit, Lesson, Person, Revision, Source, Surface
from enablement.retrieval.search import Found, Hit
from tests.chat.passages import door_hits

TEXT = "Oil helps when the key sticks in winter. It is best to oil the lock and then to change it."
OTHER = "The key sticks in the cold months: no oil then."


def fit(card: str, kind: str, title: str, at: int = 0) -> Read:
    item = {"slug": "x", "card": card, "kind": kind, "title": title, "text": title}
    return Read("fit", item, (at, at + 40))


def step(card: str, at: int) -> Read:
    return Read("ladder_step", {"slug": card, "title": card, "card": card}, (at, at + 10))


def reading(*drafts: Read, text: str = TEXT) -> Reading:
    return Reading("A paper", text, drafts, (), ())


@pytest.fixture
def other(db: None) -> Source:
    """Another paper, that holds the opposite."""
    source = Source.objects.create(slug="other", title="Another paper", text=OTHER)
    claim = {"slug": "y", "card": "oil", "kind": "does_not_help", "title": "The key sticks in cold winters"}
    Draft.objects.create(source=source, kind="fit", item=claim, start=0, end=47, fingerprint="1")
    for at, card in enumerate(["cylinder", "oil"]):
        item = {"slug": card, "title": card, "card": card}
        Draft.objects.create(
            source=source, kind="ladder_step", item=item, start=at, end=at + 1, fingerprint=card
        )
    return source


@pytest.mark.usefixtures("encoder", "other")
def test_two_documents_that_recommend_opposite_things_are_set_against_one_another() -> None:
    rows = find_conflicts(reading(fit("oil", "fits", "The key sticks in winter")))
    assert [(row["type"], row["against"]["source"]) for row in rows] == [("between", "other")]


@pytest.mark.usefixtures("encoder", "other")
@pytest.mark.parametrize(
    ("card", "kind", "title"),
    [
        ("oil", "does_not_help", "The key sticks in winter"),
        ("oil", "fits", "A red door has to be painted"),
        ("paint", "fits", "The key sticks in winter"),
    ],
)
def test_agreement_other_situations_and_other_methods_are_no_conflict(
    card: str, kind: str, title: str
) -> None:
    assert find_conflicts(reading(fit(card, kind, title))) == []


@pytest.mark.usefixtures("encoder")
def test_a_document_is_not_held_against_itself(other: Source) -> None:
    assert find_conflicts(reading(fit("oil", "fits", "The key sticks in winter")), other) == []


@pytest.mark.usefixtures("encoder", "other")
def test_steps_in_the_opposite_order_are_noted() -> None:
    rows = find_conflicts(reading(step("oil", 0), step("cylinder", 20)))
    assert [(row["type"], row["cards"]) for row in rows] == [("order", ["oil", "cylinder"])]
    assert find_conflicts(reading(step("cylinder", 0), step("oil", 20))) == []


@pytest.mark.usefixtures("encoder", "released_lesson")
def test_what_readers_see_counts_as_a_side_too() -> None:
    known = Fit.objects.select_related("card").first()
    assert known is not None
    Fit.objects.filter(pk=known.pk).update(fit_kind="does_not_help")
    rows = find_conflicts(reading(fit(known.card.slug, "fits", known.title)))
    assert [row["against"]["slug"] for row in rows if row["type"] == "between"] == [known.slug]


@pytest.mark.usefixtures("encoder", "released_lesson")
def test_a_sentence_about_a_known_dispute_is_pointed_to_it() -> None:
    text = "We begin here. With the years oil gums up, always. The end of it."
    rows = find_conflicts(reading(text=text))
    assert [(row["disagreement"], row["quote"]) for row in rows] == [
        ("door-oil-or-graphite", "With the years oil gums up, always.")
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_lessons")
def test_situations_that_need_the_same_are_one_though_no_word_is_shared() -> None:
    lacks = fit("fine-tuning", "fits", "The task requires facts that the model does not have")
    rows = [row for row in find_conflicts(reading(lacks)) if row["type"] == "between"]
    assert {row["against"]["says"] for row in rows if row["against"]["card"] == "fine-tuning"} == {
        "does_not_help"
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_lessons")
def test_what_a_situation_needs_is_told_for_the_methods_of_the_lesson() -> None:
    texts = ["The model does not know our leave policy.", "Every answer comes out in the wrong tone."]
    knows, tone = needs_of(texts, ["fine-tuning", "prompting"])
    assert knows
    assert tone
    assert (knows.shown, tone.shown) == (
        {"signal:problem-type:knowledge"},
        {"signal:problem-type:behaviour"},
    )
    assert knows.clashes(tone)
    assert needs_of(texts, ["oil", "oil"]) == [None, None]


def test_a_signal_that_many_situations_show_tells_none_apart() -> None:
    needs = [Need(frozenset({"tone"}), frozenset({"facts"}))] * 6
    assert telling_signals([*needs, Need(frozenset({"facts"})), None]) == {"facts"}


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_lessons")
def test_two_methods_for_one_situation_are_set_against_one_another() -> None:
    tone = fit("fine-tuning", "fits", "The house style must be matched in every answer")
    rows = [row for row in find_conflicts(reading(tone)) if row["on"] == {"word": "style"}]
    assert {row["against"]["card"] for row in rows} == {"prompting"}


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_lessons")
def test_a_document_that_contradicts_itself_is_shown() -> None:
    both = [
        fit("fine-tuning", "fits", "The model does not know our product catalogue"),
        fit("fine-tuning", "does_not_help", "Facts from our manuals are missing in the answers", 45),
    ]
    rows = [row for row in find_conflicts(reading(*both)) if row["against"].get("start") == 45]
    assert [(row["start"], row["says"], row["on"]) for row in rows] == [
        (0, "fits", {"signal": "signal:problem-type:knowledge"})
    ]


@pytest.mark.parametrize(
    ("title", "absent"),
    [
        ("Facts that are not in the prompt", True),
        ("Texts outside the prompts of the team", True),
        ("Facts do not belong in the prompt", False),
        ("Not a job for prompting", False),
        ("Prompts that are not in the index", False),
    ],
)
def test_a_situation_without_the_method_is_no_word_against_it(title: str, absent: bool) -> None:
    assert speaks_of_its_absence(Claim("prompting", "does_not_help", title, title, {})) is absent


def test_the_words_of_a_situation_are_no_method_and_no_commonplace() -> None:
    words = situation_words("Fine-tuned models change the tone", {"fine-tuning"})
    assert list(words.values()) == ["tone"]


def test_a_sentence_is_heard_once_with_or_without_its_heading() -> None:
    voices: list[Voice] = []
    for quote in (
        "Oil helps in winter.",
        "When to oil. Oil helps in winter.",
        "Graphite is better in locks.",
    ):
        add_voice(voices, Voice(quote, "A paper", "/", "paper"))
    assert [voice.quote for voice in voices] == [
        "When to oil. Oil helps in winter.",
        "Graphite is better in locks.",
    ]


def test_names_and_common_words_say_nothing_about_a_situation() -> None:
    titles = ["Tuning when keys stick", "Tune when doors squeak", "When locks freeze", "When"]
    assert situations(titles, {"fine-tuning"}) == ["keys stick", "doors squeak", "locks freeze", "When"]


def test_a_heading_states_nothing() -> None:
    assert is_heading("Locks and bolts: a guide")
    assert is_heading("## Our own lock that is oiled never breaks again")
    assert not is_heading("Locks never break.")
    assert not is_heading("a lock that is oiled never breaks again")


@pytest.mark.django_db
@pytest.mark.usefixtures("starter_lessons")
def test_documents_are_compared_without_being_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use = "## When to use fine-tuning\n\n- The model does not know our product catalogue"
    avoid = "## What fine-tuning does not fix\n\n- Facts from our manuals are missing in the answers"
    for name, words in {"one": use, "two": avoid}.items():
        (tmp_path / f"{name}.md").write_text(f"# Paper {name}\n\n{words}\n")
    call_command("compare_documents", str(tmp_path), "--json")
    found = json.loads(capsys.readouterr().out)["disputes"]
    (dispute,) = [one for one in found if one["kind"] == "between"]
    assert dispute["recorded"] == "does-tuning-add-knowledge"
    sides = [{voice["title"] for voice in dispute[side]} for side in ("voices", "others")]
    assert ["Paper one" in side for side in sides] != ["Paper two" in side for side in sides]
    assert not Source.objects.filter(title__startswith="Paper").exists()


@pytest.fixture
def against(released_lesson: Lesson) -> Source:
    """A paper with a sentence against the guide."""
    source = Source.objects.create(slug="paper", title="A paper", text=TEXT, lesson=released_lesson)
    row = {
        "type": "guide",
        "entry": "door-unbreakable",
        "start": 0,
        "end": 40,
        "quote": TEXT[:40],
        "level": "warn",
    }
    DocumentVersion.objects.create(source=source, number=1, text=TEXT, sha256="1", findings=[row])
    return source


def test_the_page_shows_the_sentence_its_source_and_our_line(
    client: Client, nia: Person, against: Source
) -> None:
    client.force_login(nia)
    for path in ("/conflicts/", "/conflicts/?lesson=doors", f"/documents/{against.slug}/conflicts/"):
        html = client.get(path).content.decode()
        assert "Oil helps when the key sticks in winter." in html
        assert "A paper" in html
        assert "Against our guide" in html
    assert 'class="against"' in client.get(f"/documents/{against.slug}/").content.decode()


@pytest.mark.usefixtures("encoder", "released_lesson")
def test_many_sentences_on_one_point_are_one_dispute_with_two_sides(against: Source, other: Source) -> None:
    def row(start: int, quote: str) -> dict[str, Any]:
        theirs = {"source": "other", "card": "door-lock", "says": "does_not_help", "quote": OTHER}
        mine = {"card": "door-lock", "says": "fits", "on": {"word": "winter"}, "against": theirs}
        return {"type": "between", "start": start, "end": start + 9, "quote": quote, **mine}

    rows = [row(0, "Oil helps when the key sticks in winter."), row(41, "It is best to oil the lock.")]
    DocumentVersion.objects.filter(source=against).update(findings=rows)
    (dispute,) = disputes_of(Source.objects.filter(pk=against.pk))
    assert dispute.title == "Does lock help where it is about winter?"
    assert [voice.source for voice in dispute.voices] == ["paper", "paper"]
    assert [voice.source for voice in dispute.others] == [other.slug]


def test_writing_it_down_begins_a_disagreement(client: Client, nia: Person, against: Source) -> None:
    client.force_login(nia)
    response = client.post("/conflicts/record/", {"key": "guide:door-unbreakable"})
    draft = Revision.objects.get(kind="disagreement")
    assert response["Location"] == f"/revisions/{draft.pk}/"
    assert draft.item["positions"] == [{"stance": TEXT[:40].strip(), "sources": ["paper"]}]
    assert draft.item["house_position"]


def test_a_card_names_each_position_its_source_and_ours(
    client: Client, ada: Person, released_lesson: Lesson
) -> None:
    client.force_login(ada)
    html = client.get("/cards/door-lock/").content.decode()
    assert "Oil gums up." in html
    assert "The door manual" in html
    assert "Graphite goes into locks and oil on hinges." in html


def dispute(dense: float) -> Hit:
    known = door_hits()[0]
    values = {name: getattr(known, name) for name in known.__slots__}
    values |= {
        "passage_id": 99,
        "key": "disagreement:door-oil-or-graphite",
        "kind": "disagreement",
        "slug": "door-oil-or-graphite",
        "field": "house_position",
        "title": "Sources disagree › Oil or graphite",
        "text": "Graphite goes into locks. Oil goes on hinges. More may be said.",
        "dense": dense,
    }
    return Hit(**values)


def test_the_chat_gives_our_position_and_says_that_it_is_contested(
    ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    hits = [door_hits()[0], dispute(0.7), *door_hits()[1:]]
    monkeypatch.setattr(writing, "search", lambda *_, **__: Found(hits))
    turn = answer_now(ada, "What does a hinge do?", Surface.API)
    assert "Graphite goes into locks." in turn.answer
    assert contested_note(dispute(0.7)) in turn.note
    assert turn.citations.filter(kind="disagreement").exists()


def test_an_answer_that_quotes_a_dispute_is_contested_wherever_it_ranks() -> None:
    draft = Answer()
    draft.citations[1] = Cited(1, door_hits()[0], 0, 5)
    assert cited_dispute(draft) is None
    draft.citations[99] = Cited(2, dispute(0.3), 0, 5)
    assert cited_dispute(draft) == dispute(0.3)


def test_a_dispute_that_is_far_from_the_question_is_left_out() -> None:
    assert find_dispute([dispute(0.4), *door_hits()]) is None
    assert find_dispute([*door_hits()[:2], dispute(0.9)]) is None
    assert find_dispute([dispute(0.6)]) is not None
