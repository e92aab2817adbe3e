#!/usr/bin/env python
"""Django's commands, with the embedded servers that each needs running around it."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config.embedded.errors import EmbeddedError
from config.embedded.needs import servers_needed, waits_for_encoder
from config.embedded.servers import servers, wait_for_encoder


def main() -> int:
    """Run one command. Status 2 and one line where a setting is wrong or a server cannot be had."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for ended_by in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ended_by) is signal.SIG_DFL:
            signal.signal(ended_by, _leave)
    try:
        # Reading any setting reads `.env`, which may name servers of one's own.
        _ = settings.DATABASES
        with servers(servers_needed(sys.argv)):
            if waits_for_encoder(sys.argv):
                wait_for_encoder()
            execute_from_command_line(sys.argv)
    except (EmbeddedError, ImproperlyConfigured) as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def _leave(number: int, _: FrameType | None) -> None:
    """End as if the command had ended, so that servers started for it are stopped."""
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
