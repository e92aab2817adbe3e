"""With DOSAY_LOG_WATCH=1: reads along in the log of every test for what must never stand in one (T30)."""

from __future__ import annotations

import logging
import logging.config
import re
from typing import Final

from config.logs import PLAIN, logging_settings

# The marks of keys and of what is private in the tests, the passwords of its people, whole tokens, addresses
# and the text of answers. What a test writes to the log itself, to see it kept out, is written otherwise.
SECRET: Final = re.compile(
    r"KEYCANARY|SEENKEY-|PRIVATE-(?:NORTH|SOUTH)|correct horse battery|\bdosay_[\w-]{20,}|xox[abp]-[\w-]{8,}"
    r"|[\w.+-]+@example\.(?:org|com)|is at fault\."
)


class LogWatch(logging.Handler):
    """Keeps the lines in which something secret stands."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        settings = logging_settings("INFO", PLAIN)
        configurator = logging.config.DictConfigurator(settings)
        self.setFormatter(configurator.configure_formatter(settings["formatters"]["dosay"]))
        self.found: list[str] = []
        self.lines = 0

    def emit(self, record: logging.LogRecord) -> None:
        # Without a mail server a mail goes to the log on purpose, whole.
        if record.name == "enablement.mail_log":
            return
        self.lines += 1
        line = self.format(record)
        if SECRET.search(line):
            self.found.append(line)

    def take(self) -> list[str]:
        """The lines since the last time."""
        found, self.found = self.found, []
        return found


WATCH: Final = LogWatch()
