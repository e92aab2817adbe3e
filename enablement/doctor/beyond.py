"""What lies beyond this machine: mail, Slack, the language model. Asked, and nothing is sent to anybody."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable

import httpx2
from django.conf import settings
from django.core.mail import get_connection

from enablement.doctor.certificates import certificate_fault
from enablement.doctor.diagnosis import Health
from enablement.slack import doctor as slack_doctor

TIMEOUT = httpx2.Timeout(5.0)
WORST_FIRST = (Health.BAD, Health.WARN, Health.OK)


def _mail() -> tuple[Health, str]:
    if not settings.MAIL.host:
        return Health.OK, "No mail server is set (EMAIL_URL), so mail goes to the log."
    try:
        connection = get_connection(timeout=5)
        connection.open()
        connection.close()
    except smtplib.SMTPAuthenticationError:
        return Health.BAD, "The mail server refuses the name or the password: see EMAIL_URL. Mail waits."
    except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
        fault = certificate_fault(error, f"the mail server {settings.MAIL.host}")
        silent = f"The mail server {settings.MAIL.host}:{settings.MAIL.port} does not answer: see EMAIL_URL."
        return Health.BAD, f"{fault or silent} Mail waits."
    return Health.OK, f"The mail server {settings.MAIL.host} answers."


def _slack() -> tuple[Health, str]:
    if not (settings.SLACK_SIGNING_SECRET or settings.SLACK_BOT_TOKEN):
        return Health.OK, "Slack is not set up."
    found = list(slack_doctor.examine())
    for health in WORST_FIRST[:2]:
        if ill := [part.message for part in found if part.health == health]:
            return health, " ".join(ill)
    return Health.OK, "Slack answers, and the bot may do what it needs."


def _model() -> tuple[Health, str]:
    if not settings.OPENAI_API_KEY:
        return Health.OK, "No language model is set; answers are the knowledge base’s own sentences."
    address = (settings.OPENAI_BASE_URL or "https://api.openai.com/v1").rstrip("/")
    try:
        key = {"Authorization": f"Bearer {settings.OPENAI_API_KEY}"}
        response = httpx2.get(f"{address}/models", headers=key, timeout=TIMEOUT)
    except (httpx2.HTTPError, ssl.SSLError, OSError) as error:
        fault = certificate_fault(error, "the language model’s server")
        silent = "The language model cannot be reached: see OPENAI_BASE_URL."
        return Health.WARN, f"{fault or silent} Until then answers are the knowledge base’s own sentences."
    if response.status_code in (401, 403):
        return Health.WARN, "The language model does not accept the key: see OPENAI_API_KEY."
    if response.status_code >= 500:
        return Health.WARN, f"The language model reports an error (status {response.status_code})."
    return Health.OK, f"The language model’s server answers ({settings.OPENAI_MODEL})."


CHECKS: dict[str, Callable[[], tuple[Health, str]]] = {"mail": _mail, "slack": _slack, "model": _model}
