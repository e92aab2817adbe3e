"""Mail where there is no mail server: to the log, so that nothing waits for one."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

log = logging.getLogger(__name__)


class LogBackend(BaseEmailBackend):
    """Writes to whom a mail would have gone, its subject and its text."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            log.info("mail to %s (EMAIL_URL is not set): %s\n%s", ", ".join(mail.to), mail.subject, mail.body)
        return len(email_messages)
