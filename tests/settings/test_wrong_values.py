"""A wrong setting stops the start with one line that names it, and never shows a password."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.embedded.addresses import ROOT
from config.embedded.errors import EmbeddedError
from tests.settings.conftest import KEY, SETTINGS

SECRET = "pa55w0rd"
TO_AGE = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
TO_SSH = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl max@desk"
PG = f"postgresql://ada:{SECRET}@db.example:5432"

WRONG = [
    *(("DOSAY_DEMO", value) for value in ("maybe", "2", "да")),
    *((name, "perhaps") for name in ("DOSAY_DEBUG", "DOSAY_TESTING", "DOSAY_TLS")),
    *((name, "perhaps") for name in ("DOSAY_SECOND_OPINION", "DOSAY_GRADING_OPINION")),
    ("DOSAY_DATA", "~nobody-of-this-name/dosay"),
    *(
        (name, "many")
        for name in (
            "CONVERSATION_DAYS",
            "MODEL_TOKENS_PERSON",
            "MODEL_TOKENS_TEAM",
            "MODEL_TOKENS_DAY",
            "MODEL_CENTS_READ",
            "MODEL_CENTS_WRITTEN",
        )
    ),
    *(("SECRET_KEY", value) for value in (SECRET, KEY[:49], SECRET * 7, f"django-insecure-{KEY}")),
    ("SECRET_KEY_FALLBACKS", f"{'x' * 50},{SECRET}"),
    *(("ALLOWED_HOSTS", value) for value in ("https://a.example", "a.example:8000", "a b", "a.example/x")),
    *(("CSRF_TRUSTED_ORIGINS", value) for value in ("a.example", "https://a.example/x", "ftp://a.example")),
    *(
        ("DATABASE_URL", value)
        for value in (
            "dosay",
            "sqlite:///db.sqlite3",
            f"mysql://ada:{SECRET}@db.example/dosay",
            f"{PG}",
            f"{PG}/",
            f"{PG}/dosay?colour=blue",
            f"postgresql://ada:{SECRET}@db.example:port/dosay",
            f"postgresql://ada:{SECRET}@db.example:99999/dosay",
            f"postgresql://ada:{SECRET}%ret@db.example/dosay",
            f"postgresql://ada:{SECRET}[x@db.example/dosay",
            f"postgresql://ada:{SECRET}@[::1/dosay",
        )
    ),
    *(
        ("REDIS_URL", value)
        for value in (
            "localhost:6379",
            f"http://:{SECRET}@redis.example",
            f"redis://:{SECRET}@redis.example:many/0",
            f"redis://:{SECRET}@redis.example/zero",
            f"redis://:{SECRET}@redis.example?db=zero",
            f"redis://:{SECRET}@redis.example?db=",
            "redis://",
            "redis:///0",
            "unix://",
            "unix://redis.sock",
            "redis+socket:///run/redis.sock?virtual_host=x",
        )
    ),
    *(
        ("CELERY_BROKER_URL", value)
        for value in (
            "rabbit",
            "sqs://",
            "amqp://",
            f"amqp://ada:{SECRET}@mq.example:x//",
            f"redis://:{SECRET}@redis.example/zero",
        )
    ),
    *(
        ("ENCODER_URL", value)
        for value in ("localhost:8081", "ftp://a.example", "http://", "unix://", "http://[")
    ),
    *(("EMBEDDING_MODEL", value) for value in ("no-such-model", "/nowhere/model", "README.md")),
    *(("OPENAI_API_KEY", value) for value in (f"{SECRET} x", f"“{SECRET}”", f"{SECRET}\u200b")),
    *(
        ("OPENAI_BASE_URL", value)
        for value in ("a.example/v1", "https://", f"https://x:{SECRET}@a.example:v1", "https://a b")
    ),
    ("OPENAI_MODEL", "a model"),
    ("SLACK_SIGNING_SECRET", f"{SECRET} {SECRET}"),
    ("SLACK_BOT_TOKEN", f"“{SECRET}”"),
    ("SLACK_MATCHES_EMAIL", "perhaps"),
    *(
        ("EMAIL_URL", value)
        for value in (
            "mail.example",
            f"imap://ada:{SECRET}@mail.example",
            f"smtp://ada:{SECRET}@mail.example:many",
            f"smtp://ada:{SECRET}@mail.example/inbox",
            f"smtp://ada:{SECRET}@mail.example?tls=1",
            "smtp://",
        )
    ),
    *(("DOSAY_MAIL_FROM", value) for value in ("Dosay", "dosay@", "Dosay <dosay at example.org>")),
    *(("SLACK_API_BASE_URL", value) for value in ("slack.com/api/", "https:///api/")),
    *(("DOSAY_SITE_URL", value) for value in ("dosay.example", "javascript:alert(1)", "https://")),
    ("DOSAY_STATIC_ROOT", "static"),
    *(("DOSAY_LOG_LEVEL", value) for value in ("LOUD", "10", "INFO DEBUG")),
    ("DOSAY_LOG_FORMAT", "xml"),
    *((name, "many") for name in ("DOSAY_AUDIT_DAYS", "DOSAY_PROXIES", "DOSAY_WEB_AT_ONCE")),
    ("DOSAY_WEB", "perhaps"),
    ("DOSAY_METRICS_TOKEN", f"{SECRET} {SECRET}"),
    *(
        ("DOSAY_BACKUP_RECIPIENTS", value)
        for value in (
            "me",
            f"AGE-SECRET-KEY-{SECRET}",
            f"{TO_AGE},{SECRET}",
            f"{TO_AGE[:-1]}q",
            TO_SSH[:60],
        )
    ),
    ("PROMETHEUS_MULTIPROC_DIR", "figures"),
    *(
        ("OIDC_ISSUER", value)
        for value in (
            "login.example.org",
            "http://login.example.org",
            "https://login.example.org/.well-known/openid-configuration",
            "https://login.example.org?tenant=1",
            "https://login.microsoftonline.com/common/v2.0",
        )
    ),
    ("OIDC_CLIENT_ID", "dosay app"),
    ("OIDC_CLIENT_SECRET", f"“{SECRET}”"),
    *(("OIDC_SCOPES", value) for value in ("profile", "openid “x”")),
    ("OIDC_NAME", "a" * 61),
    ("OIDC_GROUPS_CLAIM", "my groups"),
    ("OIDC_CREATES_PEOPLE", "perhaps"),
    ("DOSAY_WEB", "perhaps"),
    *(("DOSAY_PROXIES", value) for value in ("-1", "all", "9")),
    *(("DOSAY_AUDIT_DAYS", value) for value in ("-1", "ever")),
    *(("DOSAY_ADMIN_PATH", value) for value in ("/admin/", "Admin", "a/b", "-", "a" * 61)),
    *(("DOSAY_SECOND_STEP", value) for value in ("yes", "admin")),
    *(("DOSAY_RECALL_DAYS", value) for value in ("0", "-1", "ten", "²", "9" * 5_000)),
]

RIGHT = [
    ("DOSAY_DEMO", "yes", "DEMO", True),
    ("DOSAY_TLS", "off", "BEHIND_TLS", False),
    ("ALLOWED_HOSTS", "a.example, .b.example,[::1],", "ALLOWED_HOSTS", ["a.example", ".b.example", "[::1]"]),
    (
        "CSRF_TRUSTED_ORIGINS",
        "https://*.a.example, http://b:81",
        "CSRF_TRUSTED_ORIGINS",
        ["https://*.a.example", "http://b:81"],
    ),
    ("REDIS_URL", "rediss://:p@r.example:6380/2", "CELERY_BROKER_URL", "rediss://:p@r.example:6380/2"),
    (
        "REDIS_URL",
        "unix:///run/r.sock?db=2",
        "CELERY_BROKER_URL",
        "redis+socket:///run/r.sock?virtual_host=2",
    ),
    (
        "CELERY_BROKER_URL",
        "amqp://ada:p@mq.example:5672//",
        "CELERY_BROKER_URL",
        "amqp://ada:p@mq.example:5672//",
    ),
    ("ENCODER_URL", "unix:///run/encoder.sock", "ENCODER_URL", "unix:///run/encoder.sock"),
    ("EMBEDDING_MODEL", "tests", "EMBEDDING_MODEL", "tests"),
    ("SLACK_API_BASE_URL", "http://127.0.0.1:99/api/", "SLACK_API_BASE_URL", "http://127.0.0.1:99/api/"),
    ("DOSAY_STATIC_ROOT", "/srv/static", "STATIC_ROOT", Path("/srv/static")),
    (
        "DOSAY_BACKUP_RECIPIENTS",
        f"{TO_AGE}, {TO_SSH}",
        "BACKUP_RECIPIENTS",
        [TO_AGE, TO_SSH],
    ),
    ("DOSAY_MAIL_FROM", "Us <us@example.org>", "DEFAULT_FROM_EMAIL", "Us <us@example.org>"),
]


@pytest.mark.parametrize(("name", "value"), WRONG, ids=lambda part: str(part)[:40])
def test_a_wrong_value_is_named_in_one_line(read_settings: Any, name: str, value: str) -> None:
    with pytest.raises((ImproperlyConfigured, EmbeddedError)) as refused:
        read_settings(**{"SECRET_KEY": KEY} | {name: value})
    line = str(refused.value)
    assert line.startswith(name)
    assert "\n" not in line
    assert len(line) < 250
    assert SECRET not in line


def test_every_setting_of_the_environment_is_in_the_table() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', SETTINGS.read_text(encoding="utf-8")))
    assert read - {name for name, _ in WRONG} == set()


@pytest.mark.parametrize(("name", "value", "setting", "expected"), RIGHT)
def test_a_right_value_is_taken(
    read_settings: Any, name: str, value: str, setting: str, expected: Any
) -> None:
    assert read_settings(**{name: value})[setting] == expected


def test_a_database_of_ones_own_is_read_as_it_is_written(read_settings: Any) -> None:
    url = "postgresql://ada:p%40ss%25@db.example:6543/dosay?sslmode=require"
    database = read_settings(DATABASE_URL=url, SECRET_KEY=KEY)["DATABASES"]["default"]
    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("ada", "p@ss%", "db.example")
    assert (database["PORT"], database["NAME"]) == (6543, "dosay")
    assert database["OPTIONS"] == {"sslmode": "require", "connect_timeout": 5}


def test_a_mail_server_of_ones_own_is_read_as_it_is_written(read_settings: Any) -> None:
    url = "smtp+tls://ada%40x:p%40ss@mail.example"
    found = read_settings(EMAIL_URL=url, DOSAY_MAIL_FROM="us@example.org")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("ada@x", "p@ss")
    with pytest.raises(ImproperlyConfigured, match="DOSAY_MAIL_FROM is missing"):
        read_settings(EMAIL_URL=url)


def test_a_sign_in_provider_is_set_whole_or_not_at_all(read_settings: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="OIDC_CLIENT_ID is missing"):
        read_settings(OIDC_ISSUER="https://login.example.org", OIDC_CLIENT_SECRET=SECRET)


def test_with_a_database_of_ones_own_a_key_has_to_be_set(read_settings: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is missing"):
        read_settings(DATABASE_URL=f"{PG}/dosay")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"FIRST=1\nDOSAY_DEMO\n", ".env, line 2: write NAME=value"),
        (b"TWO WORDS=1\n", ".env, line 1"),
        (b"=1\n", ".env, line 1"),
        (b"NAME=a\0b\n", ".env, line 1"),
        (b"NAME=\xff\xfe\n", ".env cannot be read as text"),
        (None, ".env cannot be read as text"),
    ],
)
def test_a_broken_env_file_is_named_with_its_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, words: str
) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    path = tmp_path / ".env"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.read_env_file(path)
    assert str(refused.value).startswith(words)


def test_an_env_file_gives_what_the_environment_does_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "environ", {"SET": "here"})
    path = tmp_path / ".env"
    path.write_text("# ours\n\nSET=there\nexport QUOTED='a b'\n  PLAIN = c=d \n", encoding="utf-8")
    env.read_env_file(path)
    assert dict(os.environ) == {"SET": "here", "QUOTED": "a b", "PLAIN": "c=d"}


@pytest.mark.parametrize(("name", "value"), [("DOSAY_LOG_LEVEL", "LOUD"), ("DATABASE_URL", f"{PG}/x?y=z")])
def test_a_command_ends_with_the_line_and_status_2(tmp_path: Path, name: str, value: str) -> None:
    given = {name: value, "DOSAY_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=os.environ | given,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert done.stderr.startswith(name)
