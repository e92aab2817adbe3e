"""The process that converts one document: python -m … FORMAT LIMITS FORM, the document on standard input.
FORM is how figures are written (enablement/numbers.py).

It writes one JSON object a line: {"progress": [done, of]} any number of times, then either
{"text", "pages", "notes"} or {"refused": [problem, advice]}. It imports nothing of Django.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import resource
import sys
from types import ModuleType
from typing import Any

from enablement import numbers
from enablement.lessons.documents.child_process import SAVE_AGAIN, SPLIT
from enablement.lessons.documents.formats import Format
from enablement.lessons.documents.limits import Limits, Refused

# Only the converter that is needed is loaded: each brings a library of its own.
CONVERTERS = {
    Format.HTML: "enablement.lessons.documents.web.pages",
    Format.DOCX: "enablement.lessons.documents.word.documents",
    Format.PDF: "enablement.lessons.documents.pdf.documents",
}
# Flags of unshare(2).
_NEW_USER, _NEW_NETWORK = 0x1000_0000, 0x4000_0000
# Python's names for what is asked for: https://docs.python.org/3/library/audit_events.html
NOT_ALLOWED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")


def main(format: str, limits: Limits) -> None:
    """Convert standard input and say how it went."""
    # Before the limits, because Python keeps what it compiles in files.
    converter = importlib.import_module(CONVERTERS[Format(format)])
    hold_to(limits)
    cut_off()
    # What fills the memory is let go of before the answer is written: a failed conversion may have used all.
    say(outcome(converter, limits))


def outcome(converter: ModuleType, limits: Limits) -> dict[str, Any]:
    """Convert and return the last message."""
    try:
        text, pages, notes = converter.to_markdown(sys.stdin.buffer.read(), limits, progress)
        return {"text": text, "pages": pages, "notes": notes}
    except Refused as refused:
        return {"refused": [refused.problem, refused.advice]}
    except (MemoryError, RecursionError):
        return {"refused": ["takes more memory to read than a document may", SPLIT]}
    except Exception:
        # Whatever a hostile or broken file makes a library raise, its owner gets a sentence.
        return {"refused": ["is damaged or made in a way that cannot be read", SAVE_AGAIN]}


def hold_to(limits: Limits) -> None:
    """Bind this process: memory, processor time, no core file, no file of any size written."""
    bounds = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for name, most in bounds.items():
        resource.setrlimit(name, (most, most))


def cut_off() -> None:
    """Take the network, and the starting of programs, from this process for good.

    The kernel does where it lets a process have a network of its own, with nothing in it (many containers do
    not let it); Python refuses in any case what its own code asks for.
    """
    ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(NOT_ALLOWED):
        raise PermissionError(f"a document has no need of {event}")


def progress(done: int, of: int) -> None:
    """Report that `done` pages of `of` are read."""
    say({"progress": [done, of]})


def say(message: dict[str, Any]) -> None:
    """Write one message."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    numbers.activate(sys.argv[3])
    main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
