"""What the heaviest documents that are still read cost: `python -m tests.documents.heaviest`.

A PDF of 300 pages, an HTML page and a plain text at the limit of 5 MB, each into text and drafts; the child
that converts has a limit of 1 GiB and 90 seconds of its own (enablement/lessons/documents/limits.py).
"""

from __future__ import annotations

import resource
import time

from enablement.lessons.documents import LIMITS, convert
from enablement.lessons.reading import read_document
from tests.lessons.documents.making import PROSE, handbook


def heaviest() -> dict[str, bytes]:
    """Return each document by its name."""
    paragraphs = LIMITS.text // (len(PROSE) + 10)
    return {
        "handbook.pdf": handbook(300),
        "page.html": b"<h1>Doors</h1>" + f"<p>{PROSE}</p>".encode() * paragraphs,
        "doors.txt": ("Doors\n\n" + f"{PROSE}\n\n" * paragraphs).encode(),
    }


def main() -> None:
    """Print a line a document: its size, seconds to convert and to read, peak memory, what came of it."""
    for name, data in heaviest().items():
        start = time.monotonic()
        converted = convert(data, name)
        between = time.monotonic()
        read = read_document(converted.text, name)
        seconds = between - start, time.monotonic() - between
        peaks = [
            resource.getrusage(who).ru_maxrss // 1024
            for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
        ]
        print(
            f"{name}: {len(data) / 1e6:.1f} MB, converted in {seconds[0]:.1f} s, read in {seconds[1]:.1f} s; "
            f"at most {peaks[0]} MiB in the child so far, {peaks[1]} MiB here; "
            f"{len(read.drafts)} drafts, {len(read.passages)} passages"
        )


if __name__ == "__main__":
    main()
