"""How every process writes its log: one record, the fields that we know, and the number of the request.

Web, worker, beat and encoder share this, so that one number (`request`) leads through all of them. What
is not listed in FIELDS is not written: a field added in passing must not carry a person's words out.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from config.left_out import left_out

# It would draw faults in colour, which no log of ours does, and takes a tenth of a second of every start.
with left_out("rich"):
    import structlog
    from structlog.types import Processor

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
PLAIN, JSON = "PLAIN", "JSON"
FORMATS = (PLAIN, JSON)

# What a record is made of, and what may stand beside it: numbers, names of ours, nothing that people write.
RECORD = ("timestamp", "level", "logger", "event", "exception")
FIELDS = ("request", "channel", "method", "route", "status", "ms", "task", "work", "tries", "texts", "model")
QUIET = ("httpx", "httpx2", "openai", "kombu", "amqp")

Event = MutableMapping[str, Any]


def logging_settings(level: str, form: str) -> dict[str, Any]:
    """Return what `logging.config.dictConfig` takes. `form`: PLAIN, for eyes, or JSON, one object a line."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "dosay": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _before(),
                "processors": _rendering(form),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "dosay"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            **{name: {"level": "WARNING"} for name in QUIET},
            # A line a task, twice; the outbox says what matters.
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},
            # gunicorn would write these itself, in a form of its own.
            "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
            "gunicorn.access": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }


def _before() -> list[Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        plain_values,
        structlog.contextvars.merge_contextvars,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]


def _rendering(form: str) -> list[Processor]:
    last: Processor = structlog.processors.JSONRenderer(ensure_ascii=False) if form == JSON else plain_line
    return [structlog.stdlib.ProcessorFormatter.remove_processors_meta, known_fields, last]


def plain_values(_: Any, __: str, event: Event) -> Event:
    """Drop what is no word or number: Django’s own `request` is the whole one, with what was asked."""
    for name in FIELDS:
        if not isinstance(event.get(name, ""), str | int | float):
            del event[name]
    return event


def known_fields(_: Any, __: str, event: Event) -> Event:
    """Keep what a record is made of and the FIELDS that say something, in their order."""
    kept = {name: event[name] for name in RECORD if name in event}
    kept |= {name: event[name] for name in FIELDS if event.get(name) not in (None, "")}
    return kept


def plain_line(_: Any, __: str, event: Mapping[str, Any]) -> str:
    """One record for eyes. Further lines of a message are set in: nobody's words can pass for a record."""
    words = "\n    ".join(str(event.get("event", "")).splitlines())
    fields = "".join(f" {name}={_one_word(event[name])}" for name in FIELDS if name in event)
    level, logger = str(event.get("level", "")).upper(), event.get("logger", "")
    line = f"{event.get('timestamp', '')} {level} {logger} {words}{fields}"
    return f"{line}\n{event['exception']}" if event.get("exception") else line


def _one_word(value: Any) -> str:
    text = str(value)
    return text if text.isprintable() and " " not in text else repr(text)
