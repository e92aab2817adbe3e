"""Which changes of words are changes of meaning."""

from __future__ import annotations

import pytest

from enablement.trust.meaning import changes_meaning
from enablement.trust.vocabulary import english_words

SAME = [
    ("The model answers from documents.", "the model answers from documents"),
    ("It  costs\nnothing", "It costs nothing."),
    ("You recieve the answer", "You receive the answer"),
    ("teh answer stays", "the answer stays"),
    ("The knowlege is in the index", "The knowledge is in the index"),
    ("The behaviour of a model", "The behavior of a model"),
    ("We organise it", "We organize it"),
    ("Don’t promise it", "Do not promise it"),
    ("It cannot know", "It can't know"),
    ("fine tuning changes tone", "Fine-tuning changes tone"),
    ("a data base of documents", "a database of documents"),
    ("The system has its limits", "The system has it's limits"),
    ("It takes ten minutes", "It takes 10 minutes"),
    ("1,000 examples", "1000 examples"),
    ("Give it an example", "Give it the example"),
]
CHANGED = [
    ("It takes 10 minutes", "It takes 15 minutes"),
    ("It costs 1.5 cents", "It costs 15 cents"),
    ("Fewer than 5 %", "Fewer than 5"),
    ("It is available", "It is not available"),
    ("You can promise it", "You can't promise it"),
    ("It never makes things up", "It makes things up"),
    ("Now it is allowed", "Not it is allowed"),
    ("A casual remark", "A causal remark"),
    ("This may affect it", "This may effect it"),
    ("Prompting is cheaper than tuning", "Tuning is cheaper than prompting"),
    ("The model is trained on it", "The model is untrained on it"),
    ("It may help", "It will help"),
    ("Use retrieval", "Use tuning"),
    ("It holds", "It holds for the front door alone"),
    ("It is legal", "It is illegal"),
    ("At -5 degrees", "At 5 degrees"),
    ("It helps with facts", ""),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_these_say_the_same(old: str, new: str) -> None:
    assert not changes_meaning(old, new, english_words())
    assert not changes_meaning(new, old, english_words())


@pytest.mark.parametrize(("old", "new"), CHANGED)
def test_these_say_something_else(old: str, new: str) -> None:
    assert changes_meaning(old, new, english_words())
    assert changes_meaning(new, old, english_words())


def test_without_a_vocabulary_no_word_passes_for_a_slip() -> None:
    assert changes_meaning("You recieve it", "You receive it")
