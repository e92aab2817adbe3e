"""Upgrade a site that is older, with its data and with its pages still served.

    python -m tests.upgrade.run                        # both
    python -m tests.upgrade.run first --attempts 100000
    python -m tests.upgrade.run before --revision 6e3d69f

`first`: the first release's tables with so many handed-in attempts become this version's: what people did is
compared, `verify` finds nothing, its people read their results. `before`: an older version goes on serving
readers and savers while the tables become this version's, and half a minute after. Which tables were locked,
and for how long, is watched from beside. Needs the project's history. One line of JSON each; exit 1 where
something is lost, a page failed, or, while people are served, a lock was held for over three seconds.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.chaos.kill_web import FOLDER  # isort: skip  (it sets the data folder up)

import psycopg
from django.db import connection

from config.embedded import addresses
from enablement.models import Person
from quizzes.models import Answer, Attempt
from tests.chaos.people import Reader, cookie_of, longest_gap, status_of, statuses
from tests.chaos.stack import embedded
from tests.upgrade.contents import columns, contents
from tests.upgrade.filling import make_attempts, make_people, signed_in
from tests.upgrade.locks import MIGRATION, LockWatch
from tests.upgrade.releases import Release, own_servers, taken_out, this_one
from tests.upgrade.savers import Saver

# The first version that ran from end to end, and one that people may have when this one comes.
FIRST, BEFORE = "013cfaa", "6e3d69f"
LONGEST_LOCK = 3.0
AFTER = 30.0
READERS, SAVERS = 4, 3
PATHS = ("/", "/cards/", "/guide/", "/quizzes/", "/search/?q=retrieval")
DATA = Path(FOLDER.name) / "data"


def main() -> None:
    """Run the upgrades that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help="of first, before")
    parser.add_argument("--attempts", type=int, default=100_000)
    parser.add_argument("--revision", help="of the older version")
    options = parser.parse_args()
    parts = options.parts or ["first", "before"]
    if len(parts) > 1 and options.revision:
        parser.error("a revision goes with one part")
    well = True
    with FOLDER, embedded(DATA):
        for part in parts:
            _new_database()
            revision = options.revision or (FIRST if part == "first" else BEFORE)
            old = taken_out(revision, Path(FOLDER.name), own_servers(DATA))
            met = first(old, options.attempts) if part == "first" else before(old, options.attempts)
            print(json.dumps({"part": part, "revision": revision, **met}), flush=True)
            well &= met["well"]
    sys.exit(not well)


def first(old: Release, attempts: int) -> dict[str, Any]:
    """Bring an old version's data to this one."""
    _fill(old, attempts)
    with _database() as database:
        known = columns(database)
        was = contents(database, known)
    moved = _migrated()
    with _database() as database:
        became = contents(database, known)
    changed = [name for name in was if was[name] != became.get(name)]
    new = this_one(own_servers(DATA))
    new.manage("load_lessons", "--demo")
    new.manage("load_quizzes", "--demo")
    verified = new.manage("verify")
    with new.serving() as port:
        pages = _results_read(port)
    rows = {name: content.rows for name, content in was.items()}
    # 302: whoever comes for the first time is shown the way.
    well = not changed and set(pages) <= {"200", "302"}
    return {
        "well": well,
        "rows": rows,
        "changed": changed,
        **moved,
        "pages": pages,
        "verify": _last(verified),
    }


def before(old: Release, attempts: int) -> dict[str, Any]:
    """Let an old version serve while its tables become this one's."""
    _fill(old, attempts)
    cookies = signed_in(old)
    with old.serving() as port:
        readers = [Reader(port, cookie, PATHS) for cookie in cookies[:READERS]]
        savers = [Saver(port, cookie) for cookie in cookies[READERS : READERS + SAVERS]]
        for saver in savers:
            saver.begin()
        people: list[Reader | Saver] = [*readers, *savers]
        for person in people:
            person.start()
        time.sleep(5)
        moved = _migrated()
        time.sleep(AFTER)
        for person in people:
            person.over.set()
            person.join()
    visits = [visit for person in people for visit in person.visits]
    bad = sorted({f"{visit.status} {visit.path}" for visit in visits if not visit.is_good})
    lost = [saver.attempt for saver in savers if _stored(saver) < saver.confirmed]
    slowest = max(visit.seconds for visit in visits)
    well = not lost and not bad and moved["longest_lock"] <= LONGEST_LOCK
    return {
        "well": well,
        **moved,
        "pages": statuses(visits),
        "failed": bad,
        "slowest_page": round(slowest, 1),
        "without_a_page": longest_gap(visits),
        "saves": sum(saver.confirmed for saver in savers),
        "lost": lost,
    }


def _fill(old: Release, attempts: int) -> None:
    old.manage("migrate", "--no-input")
    old.manage("load_lessons", "--demo")
    old.manage("load_quizzes", "--demo")
    make_people(old)
    with _database() as database:
        make_attempts(database, attempts)


def _migrated() -> dict[str, Any]:
    """Run this version's migrations as docs/deploy.md says, and watch what they lock."""
    new = this_one(own_servers(DATA))
    began = time.monotonic()
    with LockWatch(addresses.database_url(DATA)) as watch:
        new.manage("migrate", "--no-input", PGAPPNAME=MIGRATION, PGOPTIONS="-c lock_timeout=3s")
    held = watch.locks
    longest = max([0.0, *held.writing.values()])
    seconds = round(time.monotonic() - began, 1)
    return {"migrate_seconds": seconds, "longest_lock": round(longest, 2), **held.as_json()}


def _results_read(port: int) -> dict[str, int]:
    """Let people read what they handed in before, and how often each status came."""
    seen: dict[str, int] = {}
    for person in Person.objects.filter(attempts__state="submitted").distinct()[:20]:
        attempt = Attempt.objects.of(person).submitted()[0]
        for path in ("/", attempt.get_absolute_url(), "/quizzes/"):
            status = str(status_of(port, path, cookie_of(person)))
            seen[status] = seen.get(status, 0) + 1
    return seen


def _stored(saver: Saver) -> int:
    return max(Answer.objects.filter(attempt_id=saver.attempt).values_list("client_seq", flat=True))


def _last(printed: str) -> str:
    return printed.strip().splitlines()[-1] if printed.strip() else ""


def _database() -> psycopg.Connection:
    return psycopg.connect(addresses.database_url(DATA), autocommit=True)


def _new_database() -> None:
    """Begin with empty tables."""
    connection.close()
    with _database() as database:
        database.execute("DROP SCHEMA public CASCADE")
        database.execute("CREATE SCHEMA public")
        database.execute("CREATE EXTENSION IF NOT EXISTS vector")


if __name__ == "__main__":
    main()
