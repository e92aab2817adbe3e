"""Whether the site answers a browser."""

from __future__ import annotations

import http.client

from config.supervisor.ports import HOST

# The first page after a start compiles its templates.
TIMEOUT_SECONDS = 5.0


def page_answers(port: int) -> bool:
    """Whether the home page, or the sign-in that it leads to, is given to a browser."""
    try:
        status, location = _get(port, "/")
        if 300 <= status < 400:
            status, _ = _get(port, location)
        return status == 200
    except (OSError, http.client.HTTPException):
        return False


def _get(port: int, path: str) -> tuple[int, str]:
    """Return the status of a page and where it sends one on to."""
    connection = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", path, headers={"Accept": "text/html"})
        response = connection.getresponse()
        return response.status, response.getheader("Location") or "/"
    finally:
        connection.close()
