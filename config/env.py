"""Typed settings from the environment and an optional `.env`. A wrong value stops the start with one line."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import dj_database_url
import psycopg
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator
from psycopg.conninfo import conninfo_to_dict

from config.logs import FORMATS, LEVELS, PLAIN

TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
REDIS_SCHEMES = ("redis", "rediss", "unix", "redis+socket")
BROKER_SCHEMES = (*REDIS_SCHEMES, "amqp", "amqps")
# How mail is handed over, with the usual port.
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
# Addresses of a socket's file, not of a host.
SOCKET_SCHEMES = {"unix", "redis+socket"}

_read: set[str] = set()
_NAME = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*")
_WORD = re.compile(r"[!-~]*")
_HOST = re.compile(r"\*|\.?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_PATH_PART = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.*:\[\]-]+")


def read_env_file(path: Path) -> None:
    """Take `NAME=value` lines of `path` into the environment; what is set already wins."""
    if not path.exists():
        return
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(
            f"{path.name} cannot be read as text: make it a file of NAME=value lines, in UTF-8."
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.strip().partition("=")
        named = _NAME.fullmatch(name)
        if not equals or named is None or "\0" in value:
            raise ImproperlyConfigured(f"{path.name}, line {number}: write NAME=value.")
        os.environ.setdefault(named[1], value.strip().strip("\"'"))


def values_read() -> dict[str, str]:
    """Return every variable that the settings were read from, as it is set; empty where it is not."""
    return {name: os.environ.get(name, "") for name in sorted(_read)}


def text(name: str, default: str = "") -> str:
    """Return the value of `name`, or `default` where it is unset or empty."""
    _read.add(name)
    return os.environ.get(name, "").strip() or default


def word(name: str, default: str = "") -> str:
    """Return a key or a name: one word of plain characters. The message of its refusal never quotes it."""
    value = text(name, default)
    if not _WORD.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name} holds a blank or a sign that does not belong there: paste it again."
        )
    return value


def choice(name: str, default: str, choices: Collection[str]) -> str:
    """Return one of `choices`, however its letters are written."""
    value = text(name, default).upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not “{value}”.")
    return value


def log_level() -> str:
    """Return how much is logged (DOSAY_LOG_LEVEL)."""
    return choice("DOSAY_LOG_LEVEL", "INFO", LEVELS)


def log_format() -> str:
    """Return how a record is written (DOSAY_LOG_FORMAT)."""
    return choice("DOSAY_LOG_FORMAT", PLAIN, FORMATS)


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no value. Raises ImproperlyConfigured for anything else."""
    _read.add(name)
    value = os.environ.get(name, "1" if default else "").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not “{value}”.")


def number(name: str, default: int, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`. Raises ImproperlyConfigured for anything else."""
    value = text(name, str(default))
    is_whole = value.isascii() and value.isdigit() and len(value) <= len(str(high))
    if not is_whole or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not “{value[:40]}”.")
    return int(value)


def secret(name: str) -> str:
    """Return a key that others must not guess, or nothing where it is not set. No refusal quotes it.

    Django's own check (security.W009) asks for 50 characters, 5 of them different; a word written over and
    over ("changeme") has more, so eight are asked for here.
    """
    value = text(name)
    if value and len(value) < 50:
        raise ImproperlyConfigured(f"{name} is too short: use 50 random characters or more.")
    if value and (len(set(value)) < 8 or value.startswith("django-insecure-")):
        raise ImproperlyConfigured(f"{name} can be guessed: use 50 random characters or more.")
    return value


def hosts(name: str, default: str) -> list[str]:
    """Return names of hosts, written with commas between."""
    found = _listed(name, default)
    if not all(_HOST.fullmatch(host) for host in found):
        raise ImproperlyConfigured(
            f"{name} must list hosts with commas between and without https:// or a port: dosay.example.org"
        )
    return found


def keys(name: str, least: int) -> list[str]:
    """Return keys of at least `least` characters, written with commas between. No refusal quotes them."""
    found = _listed(name, "")
    if any(len(key) < least or not _WORD.fullmatch(key) for key in found):
        raise ImproperlyConfigured(f"{name} must list keys of {least} characters or more, commas between.")
    return found


def recipients(name: str) -> list[str]:
    """Return what backups are encrypted to, written with commas between: age1… or public SSH keys."""
    found = _listed(name, "")
    if not all(map(_is_recipient, found)):
        raise ImproperlyConfigured(
            f"{name} must list what to encrypt to with commas between: age1…, ssh-ed25519 … or ssh-rsa …, "
            "pasted whole, and never the secret key."
        )
    return found


def origins(name: str) -> list[str]:
    """Return origins (https://HOST), written with commas between."""
    found = _listed(name, "")
    if not all(_ORIGIN.fullmatch(origin) for origin in found):
        raise ImproperlyConfigured(
            f"{name} must list addresses with commas between and nothing after the host: "
            "https://dosay.example.org"
        )
    return found


def folder(name: str) -> Path | None:
    """Return the absolute path of a folder, None where it is not set."""
    value = text(name)
    if value and not Path(value).is_absolute():
        raise ImproperlyConfigured(f"{name} must be the whole path of a folder, from / on, not “{value}”.")
    return Path(value) if value else None


def url(name: str, schemes: tuple[str, ...], default: str = "") -> str:
    """Return an address with one of `schemes`. Raises ImproperlyConfigured for anything else.

    It names a host, or for a socket the path of its file. No refusal quotes it: it may hold a password.
    """
    value = text(name, default)
    if not value:
        return value
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not an address that can be read.") from error
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must begin with {' or '.join(f'{s}://' for s in schemes)}.")
    if parts.scheme in SOCKET_SCHEMES:
        if parts.netloc or len(parts.path) < 2:
            raise ImproperlyConfigured(f"{name} must name a socket’s file: {parts.scheme}:///run/NAME.sock")
    elif not parts.hostname:
        raise ImproperlyConfigured(f"{name} names no host: write {parts.scheme}://HOST")
    if not _WORD.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name} holds a blank or a sign that does not belong there: paste it again."
        )
    return value


def line(name: str, default: str, limit: int) -> str:
    """Return a short text for people, of at most `limit` characters."""
    value = text(name, default)
    if len(value) > limit or not value.isprintable():
        raise ImproperlyConfigured(f"{name} must be one line of at most {limit} characters.")
    return value


def path_part(name: str, default: str) -> str:
    """Return one part of an address: small letters, digits and dashes."""
    value = text(name, default)
    if not _PATH_PART.fullmatch(value):
        raise ImproperlyConfigured(f"{name} must be small letters, digits and dashes, up to 60 of them.")
    return value


def issuer(name: str) -> str:
    """Return the address of a sign-in provider, as it calls itself: https, or http on this machine alone."""
    value = url(name, ("https", "http"))
    parts = urlsplit(value)
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ImproperlyConfigured(f"{name} must begin with https://.")
    if parts.query or parts.fragment or parts.username or "/.well-known/" in value:
        raise ImproperlyConfigured(
            f"{name} must be what the provider calls itself, without /.well-known/… or anything after ?"
        )
    if parts.path.startswith(("/common", "/organizations", "/consumers")):
        raise ImproperlyConfigured(
            f"{name} must name your own tenant: https://login.microsoftonline.com/TENANT/v2.0"
        )
    return value


def scopes(name: str, default: str) -> str:
    """Return what is asked of a sign-in provider: words with blanks between, openid among them."""
    words = text(name, default).split()
    if "openid" not in words or not all(_WORD.fullmatch(word) for word in words):
        raise ImproperlyConfigured(f"{name} must be words with openid among them: openid profile email")
    return " ".join(words)


def all_or_none(*names: str) -> None:
    """Raise ImproperlyConfigured where some of `names` are set and others are not."""
    missing = [name for name in names if not text(name)]
    if missing and len(missing) < len(names):
        raise ImproperlyConfigured(f"{missing[0]} is missing: {', '.join(names)} come together.")


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes out; without a host it goes to the log."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


def mail(name: str) -> MailServer:
    """Return the mail server at an address: smtp://, smtp+tls:// (STARTTLS) or smtps://."""
    value = url(name, tuple(MAIL_PORTS))
    if not value:
        return MailServer()
    parts = urlsplit(value)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            f"{name} must end after the host and port: smtp+tls://USER:PASSWORD@HOST:587"
        )
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
    )


def sender(name: str, default: str) -> str:
    """Return the address that mail comes from, with or without a name: Dosay <dosay@example.org>."""
    value = text(name, default)
    try:
        EmailValidator()(parseaddr(value)[1])
    except ValidationError as error:
        raise ImproperlyConfigured(f"{name} must be an address: Dosay <dosay@example.org>") from error
    return value


def redis_url(name: str, default: str, schemes: tuple[str, ...] = REDIS_SCHEMES) -> str:
    """Return the address of a Redis (or, with BROKER_SCHEMES, of a RabbitMQ)."""
    value = url(name, schemes, default)
    parts = urlsplit(value)
    if not parts.scheme.startswith("amqp") and not all(map(str.isdecimal, _databases(parts))):
        raise ImproperlyConfigured(f"{name} must end with the number of a database: redis://HOST:6379/0")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """Return Django's settings for the PostgreSQL that a variable names. Raises ImproperlyConfigured."""
    return database_at(text(name, default), name)


def database_at(address: str, name: str) -> dict[str, Any]:
    """Return Django's settings for the PostgreSQL at `address`. Raises ImproperlyConfigured, which calls it
    `name`.

    What Django reads and what PostgreSQL's own library reads are two things; the address must suit both.
    """
    if not address.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(f"{name} must begin with postgresql://.")
    try:
        conninfo_to_dict(address)
        parsed = dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)
    except (ValueError, psycopg.ProgrammingError) as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read: write postgresql://USER:PASSWORD@HOST:5432/NAME, with % and @ in the "
            "password as %25 and %40."
        ) from error
    if not parsed["NAME"]:
        raise ImproperlyConfigured(
            f"{name} names no database: write postgresql://USER:PASSWORD@HOST:5432/NAME"
        )
    return dict(parsed)


def _listed(name: str, default: str) -> list[str]:
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def _is_recipient(text: str) -> bool:
    """Whether one can encrypt to it. Its checksum counts: a letter amiss is to be found now, not at night."""
    # Here, because most processes have no recipient to read.
    from pyrage import RecipientError, ssh, x25519

    try:
        _ = ssh.Recipient.from_str(text) if text.startswith("ssh-") else x25519.Recipient.from_str(text)
    except (RecipientError, ValueError):
        return False
    return True


def _databases(parts: SplitResult) -> list[str]:
    """What stands where the number of a Redis database belongs."""
    query = parse_qs(parts.query, keep_blank_values=True)
    named = [*query.get("db", []), *query.get("virtual_host", [])]
    path = "" if parts.scheme in SOCKET_SCHEMES else parts.path.strip("/")
    return [*named, path] if path else named
