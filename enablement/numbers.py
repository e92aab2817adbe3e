"""How numbers and per cents are written for people.

Each person chose a form (Person.number_form); the middleware makes it the active one for their request, as it
does with their time zone, and sentences and templates that show a figure write it with the functions here.
Where nobody is known (a command, a log, a file for a program) the form is PLAIN.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Form:
    """What stands between the thousands, before the decimals, and before the sign of the per cent."""

    thousands: str
    decimal: str
    before_per_cent: str = SPACE


PLAIN = Form(",", ".")
# By the value of NumberForm (enablement/models/people.py). Spaces as the CLDR has them.
FORMS = {
    "point": PLAIN,
    "point-close": Form(",", ".", ""),
    "comma": Form(".", ","),
    "comma-spaced": Form(NARROW_SPACE, ","),
    "point-apostrophe": Form("\N{RIGHT SINGLE QUOTATION MARK}", ".", ""),
}
_active: ContextVar[str] = ContextVar("number_form", default="")


def activate(name: str) -> None:
    """Write what follows in the form called `name`; PLAIN where no form has that name."""
    _active.set(name)


def deactivate() -> None:
    _active.set("")


def active() -> str:
    """The name of the active form, for another process to write in; "" for PLAIN."""
    return _active.get()


@contextmanager
def written_in(name: str) -> Iterator[None]:
    """Write in the form called `name` inside the block, and as before after it."""
    before = _active.set(name)
    try:
        yield
    finally:
        _active.reset(before)


def number(value: float, decimals: int = 0) -> str:
    """`value` with `decimals` digits after the decimal sign, rounded to them: 1,234.5."""
    form = _form()
    text = f"{abs(value):,.{decimals}f}"
    sign = MINUS if value < 0 and text.strip("0,.") else ""
    return sign + text.translate({ord(","): form.thousands, ord("."): form.decimal})


def per_cent(value: float, decimals: int = 0) -> str:
    """`value`, which is in per cent already, with its sign: 50 %."""
    return f"{number(value, decimals)}{_form().before_per_cent}%"


def per_cents(low: float, high: float) -> str:
    """From where to where, in words: 18 to 57 %; one number where they are the same."""
    first, last = number(low), per_cent(high)
    return f"about {last}" if per_cent(low) == last else f"{first} to {last}"


def _form() -> Form:
    return FORMS.get(_active.get(), PLAIN)
