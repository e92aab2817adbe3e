"""Questions made from content by rule."""

from __future__ import annotations

from collections import Counter

from quizzes.generating import EntryText, TraitText, faults, from_entry, from_trait

SAY = "We look the rule up when somebody asks."
BREAKS = ["We train the rule into the model.", "The model learns each rule by heart.", "Yes."]
ENTRY = EntryText("rules", SAY, "Training teaches manner.", BREAKS)
CELLS = [("lock", "Lock", "It is felt in the hand."), ("hinge", "Hinge", "It can be heard outside.")]


def test_an_entry_gives_one_key_among_lines_of_its_length() -> None:
    proposal = from_entry(ENTRY)
    assert proposal is not None
    assert [option.text for option in proposal.item.options if option.correct] == [SAY]
    assert "Yes." not in proposal.item.option_texts
    assert faults(proposal.item, []) == []


def test_an_entry_without_wrong_lines_of_its_length_gives_nothing() -> None:
    assert from_entry(EntryText("rules", SAY, "Why.", ["Yes.", "No."])) is None


def test_a_trait_asks_about_each_card_and_names_whose_the_other_is() -> None:
    first, second = from_trait(TraitText("noise", "Noise", CELLS))
    assert (first.source_quote, second.source_quote) == (CELLS[0][2], CELLS[1][2])
    assert "That is true of Hinge." in {option.misconception for option in first.item.options}


def test_a_rewording_is_found() -> None:
    proposal = from_entry(ENTRY)
    assert proposal is not None
    double = proposal.item.model_copy(update={"slug": "another"})
    assert faults(double, [proposal.item]) == ["It is a rewording of “say-rules”."]


def test_an_option_that_stands_out_is_found() -> None:
    proposal = from_entry(ENTRY)
    assert proposal is not None
    options = [proposal.item.options[0].model_copy(update={"text": "No"}), *proposal.item.options[1:]]
    assert "length" in faults(proposal.item.model_copy(update={"options": options}), [])[0]


def test_over_many_the_key_stands_everywhere_as_often() -> None:
    proposals = [from_entry(EntryText(f"entry-{n}", SAY, "Why so.", BREAKS)) for n in range(300)]
    places = Counter(
        [option.correct for option in proposal.item.options].index(True) for proposal in proposals if proposal
    )
    assert set(places) == {0, 1, 2}
    assert min(places.values()) >= 75
