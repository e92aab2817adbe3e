"""The settings of a site behind TLS: what Django's own check finds, and what does not start."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.celery import app
from config.embedded.addresses import ROOT
from tests.environment import FOREIGN
from tests.settings.conftest import KEY, PRODUCTION


def test_django_finds_nothing_to_warn_of_in_production() -> None:
    foreign = (*FOREIGN, "DOSAY_", "DJANGO_ALLOW_ASYNC_UNSAFE")
    mine = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    given = {"DATABASE_URL": "postgresql://dosay@127.0.0.1:1/dosay", "DOSAY_DATA": os.environ["DOSAY_DATA"]}
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=mine | PRODUCTION | given,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_debugging_is_refused_where_the_site_is_reached_from_outside(read_settings: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="DOSAY_DEBUG shows the inside"):
        read_settings(**PRODUCTION, DOSAY_DEBUG="1")


@pytest.mark.parametrize(
    "given",
    [
        {"DOSAY_TLS": "1"},
        {"ALLOWED_HOSTS": "127.0.0.1,dosay.example.org"},
        {"ALLOWED_HOSTS": "*"},
        {"ALLOWED_HOSTS": ".example.org"},
        {"ALLOWED_HOSTS": "9.9.9.9"},
        {"ALLOWED_HOSTS": "[2620:fe::fe]"},
        {"DOSAY_SITE_URL": "http://dosay.example.org"},
    ],
)
def test_people_without_passwords_are_refused_where_others_come(read_settings: Any, given: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="set DOSAY_DEMO=0"):
        read_settings(SECRET_KEY=KEY, DOSAY_DEMO="1", **given)
    assert read_settings(SECRET_KEY=KEY, **given)["DEMO"] is False


def test_the_demo_starts_on_a_desk_and_in_a_network_of_ones_own(read_settings: Any) -> None:
    near = "127.0.0.1,localhost,[::1],web,192.168.1.5,dosay.local,[fd00::1]"
    assert read_settings(DOSAY_DEMO="1", ALLOWED_HOSTS=near, DOSAY_SITE_URL="http://10.0.0.4:8000")["DEMO"]


def test_over_tls_cookies_and_addresses_are_of_https_alone(read_settings: Any) -> None:
    found = read_settings(**PRODUCTION)
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert all(found[name] for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"))
    assert read_settings(SECRET_KEY=KEY)["SESSION_COOKIE_NAME"] == "sessionid"


def test_the_queue_takes_json_alone() -> None:
    assert set(app.conf.accept_content) == {"json"}
    assert app.conf.task_serializer == "json"
