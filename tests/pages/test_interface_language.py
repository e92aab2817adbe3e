"""The interface keeps to docs/interface-language.md: words that do not appear in any template."""

from __future__ import annotations

import re

import pytest

from enablement.interface_texts import interface_texts, readable

WORDS = re.compile(
    r"\b(please|sorry|oops|invalid|illegal|submit|utili[sz]e|leverage|click here|simply|easily)\b"
    r"|\bsuccessfully\b|\busers?\b(?! name)|!(?!=)",
    re.IGNORECASE,
)


def test_no_template_uses_a_word_that_we_do_not_use() -> None:
    found = {
        f"{name}: {match.group()} in “{text[:80]}”"
        for name, text in interface_texts()
        for match in WORDS.finditer(text)
    }
    assert found == set()


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("<p>Say <b>this</b>.</p>", ["Say this."]),
        ("{% if a %}<p>One</p>{% else %}<p>Two {{ b }}</p>{% endif %}", ["One", "Two …"]),
        ('<input placeholder="Find it" class="user">', ["Find it"]),
        ("<script>please</script><!-- sorry -->{# oops #}", []),
    ],
)
def test_what_people_read_is_taken_out_of_a_template(template: str, texts: list[str]) -> None:
    assert list(readable(template)) == texts
