"""Typed settings from the environment and an optional `.env`. A wrong value stops the start with one line."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def read_env_file(path: Path) -> None:
    """Take `NAME=value` lines of `path` into the environment; what is set already wins."""
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise ImproperlyConfigured(f"{path.name}, line {number}: write NAME=value.")
        os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def text(name: str, default: str = "") -> str:
    """Return the value of `name`, or `default` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no value. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "1" if default else "").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not “{value}”.")


def number(name: str, default: int, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`. Raises ImproperlyConfigured for anything else."""
    value = text(name, str(default))
    if not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not “{value}”.")
    return int(value)


def url(name: str, schemes: tuple[str, ...], default: str = "") -> str:
    """Return an address with one of `schemes`. Raises ImproperlyConfigured for anything else."""
    value = text(name, default)
    try:
        scheme, _ = urlsplit(value).scheme, urlsplit(value).port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not an address that can be read.") from error
    if value and scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must begin with {' or '.join(f'{s}://' for s in schemes)}.")
    return value
