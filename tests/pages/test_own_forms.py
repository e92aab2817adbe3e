"""Time zone, form of dates and numbers, and density, as each person chose them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from enablement import numbers
from enablement.lessons.documents import convert
from enablement.lessons.reading import DocumentError
from enablement.models import Conversation, DateForm, Notice, NumberForm, Person
from enablement.own_forms import day, written_for
from enablement.texts import MAX_STATEMENT
from enablement.trust.notices import OUTCOME, notify

# Half an hour before midnight in London is the next morning in Tokyo.
LATE = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def forms_put_back() -> Iterator[None]:
    """What the last request set is not carried into the next test."""
    yield
    timezone.deactivate()
    translation.deactivate()
    numbers.deactivate()


def choose(client: Client, **chosen: str) -> int:
    looks = {"time_zone": "UTC", "date_form": "en-gb", "number_form": "point", "density": "comfortable"}
    return client.post("/account/looks/", looks | chosen).status_code


@pytest.mark.parametrize(
    ("zone", "form", "shown"),
    [
        ("UTC", "en-gb", "9 Mar"),
        ("Asia/Tokyo", "en-gb", "10 Mar"),
        ("America/New_York", "en", "Mar 9"),
        ("Asia/Tokyo", "en-ca", "03-10"),
    ],
)
def test_a_page_shows_times_in_the_zone_and_form_of_the_person(
    ada_client: Client, ada: Person, zone: str, form: str, shown: str
) -> None:
    talk = Conversation.objects.create(person=ada, title="Locks")
    Conversation.objects.filter(pk=talk.pk).update(updated_at=LATE)
    assert choose(ada_client, time_zone=zone, date_form=form) == 302
    assert f">{shown}<" in ada_client.get("/").content.decode()


def test_the_next_person_in_the_same_process_has_their_own_zone(
    ada_client: Client, ada: Person, zoe: Person
) -> None:
    choose(ada_client, time_zone="Asia/Tokyo")
    ada_client.get("/")
    Conversation.objects.filter(pk=Conversation.objects.create(person=zoe, title="x").pk).update(
        updated_at=LATE
    )
    other = Client()
    other.force_login(zoe)
    assert ">9 Mar<" in other.get("/").content.decode()


@pytest.mark.parametrize("form", NumberForm)
def test_each_form_of_numbers_writes_what_its_name_shows(form: NumberForm) -> None:
    numbers.activate(form)
    assert f"{numbers.number(1234.5, 1)} and {numbers.per_cent(50)}" == form.label


def test_a_form_of_numbers_that_is_gone_falls_back() -> None:
    numbers.activate("roman")
    assert numbers.number(-1234.56, 1) == "−1,234.6"
    assert numbers.number(-0.04, 1) == "0.0"
    assert numbers.per_cents(5.9, 6.1) == "about 6\xa0%"


@pytest.mark.usefixtures("released_lesson")
def test_a_page_shows_numbers_in_the_form_of_the_person(ada_client: Client) -> None:
    choose(ada_client, number_form="comma-spaced")
    page = ada_client.post("/sort/", {"text": "x" * (MAX_STATEMENT + 1)}).content.decode()
    assert "5\u202f001" in page


@pytest.mark.parametrize(
    "chosen", [{"time_zone": "Mars/Olympus"}, {"date_form": "de"}, {"number_form": "roman"}, {"density": "x"}]
)
def test_what_is_not_on_offer_is_refused_and_the_page_says_so(
    ada_client: Client, chosen: dict[str, str]
) -> None:
    assert choose(ada_client, **chosen) == 400


def test_compact_pages_say_so_to_their_styles(ada_client: Client) -> None:
    choose(ada_client, density="compact")
    assert 'data-density="compact"' in ada_client.get("/").content.decode()


def test_no_page_writes_a_date_in_a_form_of_its_own() -> None:
    """Dates are written by the names of formats; only the audit is in UTC and to the second."""
    fixed = {
        path.name
        for app in ("enablement", "quizzes")
        for path in (Path(settings.ROOT) / app / "templates").rglob("*.html")
        if any(f"date:{quote}j" in path.read_text() for quote in "'\"")
    }
    assert fixed == {"entry.html"}


def test_a_message_has_its_dates_and_figures_in_the_form_of_each_reader(ada: Person, zoe: Person) -> None:
    Person.objects.filter(pk=zoe.pk).update(
        number_form=NumberForm.COMMA, date_form=DateForm.YEAR_FIRST, time_zone="Asia/Tokyo"
    )
    zoe.refresh_from_db()
    notify([ada, zoe], OUTCOME, lambda: f"{numbers.number(1234)} until {day(LATE)}")
    assert set(Notice.objects.values_list("person", "title")) == {
        (ada.pk, "1,234 until 9 March 2026"),
        (zoe.pk, "1.234 until 2026-03-10"),
    }


def test_a_document_is_refused_in_the_form_of_whoever_handed_it_in(nia: Person) -> None:
    nia.number_form = NumberForm.COMMA
    with written_for(nia), pytest.raises(DocumentError, match="20,5 MB"):
        convert(b"x" * (41 * 512 * 1024), "notes.txt")


# A date or a figure that Python writes alike for every reader, in words that people read.
IN_PYTHON = re.compile(r"%-?d %[Bb]|:,\}|:,?\.[1-9]f\}|:\.\d%\}")
# Read by programs and by those who run the site, or by somebody who has chosen nothing yet.
FOR_NOBODY = {
    "management",
    "evaluation",
    "judges",
    "api",
    "store",
    "health.py",
    "invitations.py",
    "practice.py",
}


def test_no_sentence_writes_a_date_or_a_figure_in_a_form_of_its_own() -> None:
    by_hand = [
        f"{path.name}: {found[0]}"
        for app in ("enablement", "quizzes")
        for path in (Path(settings.ROOT) / app).rglob("*.py")
        if not set(path.parts) & FOR_NOBODY
        for found in IN_PYTHON.finditer(path.read_text())
    ]
    assert by_hand == []


# A per cent with its sign, or a filter that writes every reader's figures alike.
BY_HAND = re.compile(r"[\d}] ?%(?![}\w])|floatformat|intcomma|widthratio [\w.]+ 1 100")


def test_no_page_writes_a_figure_in_a_form_of_its_own() -> None:
    """Figures go through the filters `number`, `per_cent` and `share`."""
    by_hand = [
        f"{path.name}: {found[0]}"
        for app in ("enablement", "quizzes")
        for path in (Path(settings.ROOT) / app / "templates").rglob("*.html")
        for found in BY_HAND.finditer(path.read_text())
    ]
    assert by_hand == []
