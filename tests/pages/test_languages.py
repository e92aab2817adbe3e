"""What stands on a page in another language says so, for voices that read it out (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client

from enablement.judges.findings import Finding
from enablement.judges.language_tags import language_tag
from enablement.markup import in_own_language, render_markdown
from enablement.models import Card, Lesson

GERMAN = "Das Modell lernt nicht, was in der Richtlinie steht."


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (GERMAN, "de"),
        ("Le modèle ne connaît pas nos règles et il invente.", "fr"),
        ("El modelo no está en la nube y no podemos usar los datos.", "es"),
        ("Il modello non è addestrato con i dati che abbiamo, ma con la rete.", "it"),
        ("Het model weet niet wat er in onze regels staat.", "nl"),
        ("Model nie jest dla nas, kiedy czy jak możemy go kupić?", "pl"),
        ("Jag vet inte vad det är och varför vi har det.", "sv"),
        ("モデルは私たちの規則を知りません", "ja"),
        ("Το μοντέλο δεν ξέρει τους κανόνες", "el"),
        ("Модель не знает наших правил", ""),
        ("The model does not know what the policy says.", None),
        ("LoRA", None),
        ("", None),
    ],
)
def test_the_tag_of_a_text(text: str, tag: str | None) -> None:
    assert language_tag(text) == tag


def test_each_passage_of_markdown_names_its_own_language() -> None:
    html = render_markdown(f"## {GERMAN}\n\nIn English.\n\n- {GERMAN}\n- In English\n\n> {GERMAN}")
    assert html.count('lang="de"') == 3
    assert f'<li lang="de">{GERMAN}</li>' in html
    assert "<p>In English.</p>" in html


def test_plain_text_stays_escaped() -> None:
    assert in_own_language("<b>the model</b>") == "&lt;b&gt;the model&lt;/b&gt;"
    assert in_own_language(f"<b>{GERMAN}") == f'<span lang="de">&lt;b&gt;{GERMAN}</span>'


def test_marks_stand_inside() -> None:
    finding = Finding("x", 0, 3, "Das", "warn", 1.0, "", "", "", "")
    html = Template('{% marked text spans "level" %}').render(Context({"text": GERMAN, "spans": [finding]}))
    assert html.startswith('<span lang="de"><mark class="warn">Das</mark>')


def test_a_card_and_its_quote_are_told_apart(ada_client: Client, released_lesson: Lesson) -> None:
    Card.objects.filter(slug="door-lock").update(what_it_is=GERMAN)
    page = ada_client.get("/cards/door-lock/", {"quote": "Das Modell"}).content.decode()
    assert '<p lang="de"><mark id="quote">Das Modell</mark> lernt' in page


@pytest.mark.parametrize("box", ["line", "lines", "text", "many"])
def test_a_field_names_the_language_it_opens_with(box: str) -> None:
    def field(value: str) -> str:
        html = render_to_string(f"editing/boxes/{box}.html", {"box": {"name": "why", "value": value}})
        return " ".join(html.split())

    assert 'name="why" lang="de"' in field(GERMAN)
    assert "lang=" not in field("The model does not know what the policy says.")
