"""Who could reach a site, by the names that it answers to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

# Names that no public directory hands out (RFC 2606, 6762, 8375; ICANN’s `internal`).
PRIVATE_ENDINGS = ("localhost", "local", "internal", "test", "lan", "home.arpa")


def public_names(hosts: Iterable[str], site_url: str) -> list[str]:
    """Return those of `hosts`, and of the host in `site_url`, that others than this network may reach."""
    named = [*hosts, urlsplit(site_url).hostname or ""]
    return sorted({host for host in named if host and _is_public(host.strip("[]").lower())})


def _is_public(host: str) -> bool:
    if host == "*":
        return True
    try:
        return ip_address(host).is_global
    except ValueError:
        name = host.strip(".")
        return "." in name and not name.endswith(tuple(f".{ending}" for ending in PRIVATE_ENDINGS))
