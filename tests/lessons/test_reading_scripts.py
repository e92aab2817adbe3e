"""Scripts, from dialogues and from lists of questions."""

from __future__ import annotations

from enablement.lessons.reading import read_document


def test_a_dialogue_is_a_script() -> None:
    text = (
        'In a Call\nBuyer: "Do we need both?"\n'
        'You: "Yes. One keeps you up; one brings data back."\nThat was all there was to it.\n'
    )
    reading = read_document(text)
    (draft,) = reading.of_kind("script")
    assert draft.item == {
        "slug": "do-we-need-both",
        "question": "Do we need both?",
        "answer": "Yes. One keeps you up; one brings data back.",
    }
    assert reading.passages[0].text == "That was all there was to it."


def test_questions_and_answers_in_lines_and_under_headings() -> None:
    text = (
        "# Guide\n\n## FAQ\n\n### Is it safe?\n\nYes.\n\nMostly.\n\n**Is it dear?**\n\nNo.\n\n"
        "## Calls\n\n**Q:** Why two?\n\n**A:** For safety.\n\nAnd speed.\n"
    )
    items = [draft.item for draft in read_document(text).of_kind("script")]
    assert [(item["question"], item["answer"]) for item in items] == [
        ("Is it safe?", "Yes.\n\nMostly."),
        ("Is it dear?", "No."),
        ("Why two?", "For safety.\n\nAnd speed."),
    ]
