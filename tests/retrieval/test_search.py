"""Retrieval over the small lesson: real PostgreSQL, pgvector and encoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.core.management import call_command

from enablement.doctor import here
from enablement.doctor.diagnosis import Health
from enablement.judges.encoder import EncoderUnavailable, encode
from enablement.lessons.load import load_lessons
from enablement.management.commands.load_lessons import queue_follow_up
from enablement.management.json_command import BadInput
from enablement.models import Card, Collection, Lesson, Lexeme, Passage, Person, State, Team, Work
from enablement.retrieval import asking, embedding
from enablement.retrieval.embedding import stale_lessons
from enablement.retrieval.indexing import index_lesson
from enablement.retrieval.lexical import refresh_lexical_index
from enablement.retrieval.search import search
from tests.small_lesson import small_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("encoder")]


@pytest.fixture
def indexed(released_lesson: Lesson) -> Lesson:
    index_lesson(released_lesson)
    return released_lesson


def test_a_question_finds_the_card_that_answers_it(indexed: Lesson, eve: Person) -> None:
    best = next(hit for hit in search("What carries the door?", eve).hits if hit.kind == "card")
    assert best.key == "card:door-hinge:what_it_is"
    assert best.quote == "A hinge carries the door."


def test_a_paraphrase_without_a_common_word_is_found_by_meaning(indexed: Lesson, eve: Person) -> None:
    hits = search("lubricant for stiff mechanisms", eve).hits
    assert "door-lock-oil" in [hit.slug for hit in hits[:3]]


def test_the_same_content_is_not_written_or_embedded_twice(indexed: Lesson) -> None:
    again = index_lesson(indexed)
    assert (again.written, again.removed, again.embedded) == (0, 0, 0)


def test_only_what_changed_is_embedded_again(indexed: Lesson) -> None:
    Card.objects.filter(slug="door-lock").update(what_it_is="A lock needs a key.")
    again = index_lesson(indexed)
    assert (again.written, again.removed, again.embedded) == (1, 0, 1)


def test_another_encoder_embeds_everything_again(indexed: Lesson, settings: Any) -> None:
    assert stale_lessons() == []
    settings.EMBEDDING_MODEL = "another-model"
    assert stale_lessons() == [indexed]
    again = index_lesson(indexed)
    assert (again.written, again.removed, again.embedded) == (0, 0, Passage.objects.count())
    assert stale_lessons() == []


class TwoEncoders:
    """Encodes as the real encoder, and as another one: turned round, and away after `bearing` calls."""

    def __init__(self, bearing: int = 1000) -> None:
        self.bearing = bearing

    def __call__(self, texts: Sequence[str], *, model: str, patience: float = 0.0) -> Any:
        if model != "another-model":
            return encode(texts)
        self.bearing -= 1
        if self.bearing < 0:
            raise EncoderUnavailable("The encoder is still loading.")
        return -encode(texts)


def test_while_another_encoder_takes_over_the_old_vectors_serve(
    indexed: Lesson, eve: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = search("lubricant for stiff mechanisms", eve)
    settings.EMBEDDING_MODEL = "another-model"
    monkeypatch.setattr(embedding, "BATCH", 5)
    monkeypatch.setattr(embedding, "encode", TwoEncoders(bearing=2))
    monkeypatch.setattr(asking, "encode", TwoEncoders())
    with pytest.raises(EncoderUnavailable):
        index_lesson(indexed)
    assert Passage.objects.exclude(next_dense=None).count() == 10
    assert search("lubricant for stiff mechanisms", eve) == before
    assert stale_lessons() == [indexed]
    health, words = here.CHECKS["content"]()
    assert (health, f"has read 10 of {Passage.objects.count()} passages" in words) == (Health.WARN, True)

    monkeypatch.setattr(embedding, "encode", TwoEncoders())
    assert index_lesson(indexed).embedded == Passage.objects.count() - 10
    assert Collection.objects.get().encoder == "another-model"
    assert not Passage.objects.exclude(next_dense=None).exists()
    assert [hit.key for hit in search("lubricant for stiff mechanisms", eve).hits] == [
        hit.key for hit in before.hits
    ]


def test_the_command_names_the_lesson_it_is_at_and_what_is_done_stays(
    indexed: Lesson, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMBEDDING_MODEL = "another-model"
    monkeypatch.setattr(embedding, "encode", TwoEncoders(bearing=0))
    with pytest.raises(BadInput, match="0 of 1 lessons are done and stay so; run it again to go on"):
        call_command("reindex")
    assert f"1 of 1: {indexed.title}" in capsys.readouterr().err

    monkeypatch.setattr(embedding, "encode", TwoEncoders())
    call_command("reindex")
    assert capsys.readouterr().out.endswith("Questions are looked up by the vectors of another-model.\n")


def test_what_changes_while_another_encoder_takes_over_is_in_both(
    indexed: Lesson, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMBEDDING_MODEL = "another-model"
    monkeypatch.setattr(embedding, "encode", TwoEncoders(bearing=0))
    Card.objects.filter(slug="door-lock").update(what_it_is="A lock needs a key.")
    with pytest.raises(EncoderUnavailable):
        index_lesson(indexed)
    changed = Passage.objects.get(key="card:door-lock:what_it_is")
    assert changed.dense is not None
    assert changed.embedded_hash == embedding.embedded_hash(changed.text_hash, "all-MiniLM-L6-v2")


def test_a_start_with_another_encoder_queues_the_embedding(indexed: Lesson, settings: Any) -> None:
    queue_follow_up([])
    assert not Work.objects.exists()
    settings.EMBEDDING_MODEL = "another-model"
    queue_follow_up([])
    assert Work.objects.filter(name="index_lesson", arguments={"lesson": indexed.pk}).exists()
    assert Work.objects.filter(name="train_sorting").exists()


def test_an_unreleased_card_is_not_found_and_its_passages_go(indexed: Lesson, nia: Person) -> None:
    Card.objects.filter(slug="door-lock").update(state=State.DRAFT)
    removed = index_lesson(indexed).removed
    assert removed >= 4
    assert not [hit for hit in search("What is a lock?", nia).hits if hit.slug == "door-lock"]


def test_a_lesson_of_another_team_is_never_found(
    indexed: Lesson, south: Team, ada: Person, zoe: Person
) -> None:
    indexed.teams.add(south)
    assert search("What carries the door?", ada).hits == []
    assert search("What carries the door?", zoe).hits


def test_without_the_encoder_words_alone_find_it_and_the_note_says_so(
    indexed: Lesson, eve: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(texts: object, model: str) -> None:
        raise EncoderUnavailable("The encoder is still loading.")

    monkeypatch.setattr(asking, "encode", away)
    found = search("hinge carries door", eve)
    assert found.hits[0].slug == "door-hinge"
    assert "by words only" in found.note


@pytest.mark.parametrize(
    "text", ["?!", "the of and", "العربية", "'; DROP TABLE x; --", "a" * 5_000, "%s {0} {allowed}"]
)
def test_odd_searches_do_no_harm(indexed: Lesson, eve: Person, text: str) -> None:
    search(text, eve)


def test_a_word_in_every_passage_weighs_less_than_a_rare_one(indexed: Lesson, eve: Person) -> None:
    scores = {hit.key: hit.lexical or 0 for hit in search("door antiquity", eve, limit=50).hits}
    assert scores["card:door-lock:where_it_comes_from"] > scores["lesson:doors:thesis"]


def test_the_collection_counts_all_lessons(indexed: Lesson) -> None:
    load_lessons([small_lesson("gates")])
    index_lesson(Lesson.objects.get(slug="gates"))
    assert Collection.objects.get().passages == Passage.objects.count()


def test_the_counts_follow_every_change(indexed: Lesson) -> None:
    def counts() -> tuple[dict[str, int], tuple[int, int]]:
        words = dict(Lexeme.objects.filter(passages__gt=0).values_list("word", "passages"))
        return words, Collection.objects.values_list("passages", "lexemes").get()

    load_lessons([small_lesson("gates")])
    index_lesson(Lesson.objects.get(slug="gates"))
    Card.objects.filter(slug="door-lock").update(what_it_is="A lock needs a key, and a key needs a lock.")
    Card.objects.filter(slug="door-hinge").update(state=State.DRAFT)
    index_lesson(indexed)
    followed = counts()
    refresh_lexical_index()
    assert counts() == followed
    # Its passages go with it, without notice; the next who indexes sees to the counts.
    Lesson.objects.get(slug="gates").delete()
    Card.objects.filter(slug="door-hinge").update(state=State.RELEASED)
    index_lesson(indexed)
    followed = counts()
    refresh_lexical_index()
    assert counts() == followed


def test_what_helps_to_find_is_never_quoted(indexed: Lesson, eve: Person) -> None:
    hits = search("This lock cannot be broken", eve, limit=50).hits
    assert "door-unbreakable" in [hit.slug for hit in hits[:3]]
    assert not [hit for hit in hits if "cannot be broken" in hit.quote]
