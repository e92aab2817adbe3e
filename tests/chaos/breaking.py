"""The faults, by name. Each breaks something for about `seconds`, repairs it, and may note a figure."""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from random import Random

import psutil
import psycopg
import redis
from django.db import connection

from config.embedded import addresses
from config.embedded.postgres import Postgres
from enablement import outbox
from enablement.models import Work
from tests.chaos.crowd import Fault
from tests.chaos.killing import wait_for_database
from tests.chaos.poison import POISON, SLOW
from tests.chaos.stack import Stack

# Every so many seconds something is cut or killed.
EVERY = (0.3, 1.5)
SMALL_DISK = 4 * 2**30
WARM_UP = 5.0
RELOADS_WITHIN = 90.0


def redis_down(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """Redis is away, and comes back empty."""
    with stack.redis.down():
        time.sleep(seconds)
        empty_redis(stack, seconds, chance)
    return {}


def redis_silent(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """Redis takes connections and says nothing."""
    with stack.redis.silent():
        time.sleep(seconds)
    return {}


def empty_redis(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """Redis forgets everything, the queue included."""
    redis.Redis(unix_socket_path=str(addresses.redis_socket(stack.data))).flushall()
    return {}


def database_restart(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """PostgreSQL is restarted in order."""
    server = Postgres(stack.data)
    began = time.monotonic()
    server.stop()
    server.start()
    return {"away": round(time.monotonic() - began, 1)}


def database_killed(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """PostgreSQL is killed with all its processes, and has to recover from its log."""
    server = Postgres(stack.data)
    process = server.process()
    assert process
    began = time.monotonic()
    for one in [process, *process.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    server.start()
    return {"away": round(time.monotonic() - began, 1)}


def database_away(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """The way to PostgreSQL is closed."""
    with stack.database.down():
        time.sleep(seconds)
    return {}


def database_cut(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """Every connection to PostgreSQL is reset, again and again."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        stack.database.reset()
        time.sleep(chance.uniform(*EVERY))
    return {}


def database_slow(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """Every answer of PostgreSQL comes 20 ms later."""
    stack.database.latency = 0.02
    time.sleep(seconds)
    stack.database.latency = 0.0
    return {}


def table_locked(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """Somebody locks the attempts and goes for a coffee."""
    with psycopg.connect(addresses.database_url(stack.data)) as other:
        other.execute("LOCK TABLE quizzes_attempt IN ACCESS EXCLUSIVE MODE")
        time.sleep(min(seconds, 12.0))
        other.rollback()
    return {}


def workers_killed(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """The worker's processes are killed while they work."""
    until, kills, ends = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until:
        if stack.worker.status() is not None:
            # It gave up on its processes; the supervisor of `manage.py run` starts it again.
            stack.worker.start()
            ends += 1
        children = stack.process(stack.worker).children()
        if children:
            with suppress(psutil.NoSuchProcess):
                chance.choice(children).kill()
                kills += 1
        time.sleep(chance.uniform(*EVERY))
    return {"kills": kills, "worker_ended": ends}


def poison(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """A piece of work kills whoever does it, every time."""
    began = time.monotonic()
    work = Work.objects.create(name=POISON, arguments={})
    outbox.send_work(work.pk)
    while not outbox.given_up().filter(pk=work.pk).exists() and time.monotonic() - began < 300:
        time.sleep(0.2)
    work.refresh_from_db()
    return {"tries": work.tries, "given_up_after": round(time.monotonic() - began, 1)}


def worker_stopped(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """The worker is asked to end in the middle of its work, and started again."""
    works = [Work.objects.create(name=SLOW, arguments={"seconds": 3.0}) for _ in range(4)]
    for work in works:
        outbox.send_work(work.pk)
    time.sleep(1.0)
    began = time.monotonic()
    stack.process(stack.worker).send_signal(signal.SIGTERM)
    while stack.worker.status() is None:
        time.sleep(0.05)
    ended = round(time.monotonic() - began, 1)
    stack.worker.start()
    return {"ended_after": ended}


def web_reloaded(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """A new web server starts beside the old one, as for a new release, and takes over once it answers."""
    old = stack.process(stack.web)
    children = {child.pid for child in old.children()}
    began = time.monotonic()
    old.send_signal(signal.SIGUSR2)
    # The new master is a child of the old, and has a process of its own once it has loaded the site.
    while not any(child.children() for child in old.children() if child.pid not in children):
        if time.monotonic() - began > RELOADS_WITHIN:
            raise RuntimeError(f"no new web server came up:\n{stack.web.log.read_text()[-2000:]}")
        time.sleep(0.2)
    loaded = round(time.monotonic() - began, 1)
    old.send_signal(signal.SIGTERM)
    old.wait(60)
    time.sleep(WARM_UP)
    return {"loaded_after": loaded}


def web_killed(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """The web processes are killed, again and again."""
    until, kills = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        children = stack.process(stack.web).children()
        if children:
            chance.choice(children).kill()
            kills += 1
        time.sleep(4.0)
    return {"kills": kills}


def connections_taken(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """Another program takes every connection that PostgreSQL gives."""
    taken = []
    with suppress(psycopg.OperationalError):
        while len(taken) < 500:
            taken.append(psycopg.connect(addresses.database_url(stack.data)))
    time.sleep(min(seconds, 10.0))
    for one in taken:
        one.close()
    connection.close()
    wait_for_database()
    return {"taken": len(taken)}


def disk_full(stack: Stack, seconds: float, chance: Random) -> dict[str, float]:
    """The disk that everything lies on is full: database, its log, queue, our logs."""
    if (size := psutil.disk_usage(str(stack.data)).total) > SMALL_DISK:
        raise RuntimeError("disk-full wants a small disk of its own: give --disk 600 (MiB, as root).")
    filler = stack.data / "filler"
    with filler.open("wb") as file, suppress(OSError):
        while True:
            file.write(b"\0" * 2**16)
            file.flush()
    time.sleep(seconds)
    free = psutil.disk_usage(str(stack.data)).free
    filler.unlink()
    # A full disk may have ended any of them; the supervisor of `manage.py run` starts them again.
    ended = not Postgres(stack.data).process()
    Postgres(stack.data).start()
    started = [part.name for part in (stack.web, stack.worker, stack.beat) if part.status() is not None]
    for part in (stack.web, stack.worker, stack.beat):
        if part.name in started:
            part.start()
    return {
        "disk_mib": size // 2**20,
        "free_bytes": free,
        "database_ended": float(ended),
        "parts_ended": len(started),
    }


FAULTS: dict[str, Fault] = {
    "redis-down": redis_down,
    "redis-silent": redis_silent,
    "redis-emptied": empty_redis,
    "database-restart": database_restart,
    "database-killed": database_killed,
    "database-away": database_away,
    "database-cut": database_cut,
    "database-slow": database_slow,
    "table-locked": table_locked,
    "connections-taken": connections_taken,
    "workers-killed": workers_killed,
    "poison": poison,
    "worker-stopped": worker_stopped,
    "web-reloaded": web_reloaded,
    "web-killed": web_killed,
    "disk-full": disk_full,
}
