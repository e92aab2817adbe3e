"""Writing for one person: times in their zone, dates and figures in the forms that they chose.

A page is written for whoever asks for it (enablement/middleware.py). What is written where nobody asks, such
as a message, a mail or an answer in Slack, says for whom with `written_for`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from enablement import numbers
from enablement.models import Person

# A text with dates or figures in it comes as a function: each of its readers gets it in their own forms.
Words = str | Callable[[], str]


@contextmanager
def written_for(person: Person | None) -> Iterator[None]:
    """Write for `person` inside the block, and as before after it. None: in the plain forms."""
    with (
        timezone.override(person.zone if person else None),
        translation.override(person.date_form if person else settings.LANGUAGE_CODE),
        numbers.written_in(person.number_form if person else ""),
    ):
        yield


def said(words: Words) -> str:
    """The text that `words` are, or make."""
    return words if isinstance(words, str) else words()


def day(value: date) -> str:
    """A day, or the day of a moment, with its year: 27 November 2026."""
    return _written(value, "DATE_FORMAT")


def day_and_month(value: date) -> str:
    """A day that is not far off, or the day of such a moment: 27 Nov."""
    return _written(value, "MONTH_DAY_FORMAT")


def _written(value: date, form: str) -> str:
    return date_format(timezone.localtime(value) if isinstance(value, datetime) else value, form)
