"""Disguises are seen through; other languages and code are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enablement.judges.reading import is_code, other_language, read


@pytest.mark.parametrize(
    "written",
    [
        "train the model on your documents",
        "tra\u00adin the mo\u200ddel on your docu\u200cments",
        "trаin the mоdel on yоur dоcuments",  # Cyrillic а and о
        "ｔｒａｉｎ the model on your documents",
    ],
)
def test_a_disguised_text_reads_as_it_looks(written: str) -> None:
    assert read(written).text == "train the model on your documents"


def test_a_span_leads_back_to_the_text_as_written() -> None:
    written = "We tra\u00adin it."
    reading = read(written)
    start = reading.text.index("train")
    first, last = reading.span(start, start + len("train"))
    assert written[first:last] == "tra\u00adin"


def test_a_word_of_another_script_stays_what_it_is() -> None:
    assert read("Модель не обучается").text == "Модель не обучается"


@given(st.text(min_size=1))
def test_every_character_that_is_read_has_a_place(written: str) -> None:
    reading = read(written)
    assert len(reading.text) == len(reading.positions)
    assert list(reading.positions) == sorted(set(reading.positions))
    assert all(0 <= place < len(written) for place in reading.positions)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bot does not know our opening hours, and it is rude.", ""),
        ("Der Bot kennt unsere Öffnungszeiten nicht und ist auch nicht höflich.", "German"),
        ("Le robot ne connaît pas les horaires et il répond dans un style impoli.", "French"),
        ("El asistente no conoce los horarios de la oficina y responde en inglés.", "Spanish"),
        ("Бот не знает наших часов работы", "another language"),
        ("机器人不知道我们的营业时间", "another language"),
        ("Model gives wrong hours", ""),
        ("Our café in München closes at six, but it says eight.", ""),
    ],
)
def test_the_language_is_told_apart(text: str, language: str) -> None:
    assert other_language(text) == language


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("def answer(text):\n    return {'label': model(text)[0]['label']}", True),
        ('{"role": "user", "content": "hi"}', True),
        ("SELECT name FROM people WHERE id = 3; -- all", False),
        ("It returns {} where I asked for a list of names, every second time I ask it to do so.", False),
        ("The answers are too long and nobody reads them.", False),
    ],
)
def test_code_is_told_apart(text: str, answer: bool) -> None:
    assert is_code(text) is answer
