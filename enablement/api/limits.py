"""How often one person may ask for what costs the most. Generous: a program may work through a file."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from django.core.cache import caches
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle

if TYPE_CHECKING:
    # The views read the settings, which name the classes here.
    from rest_framework.views import APIView

ASK_RATE = "240/min"
SEARCH_RATE = "600/min"
JUDGE_RATE = "600/min"
# All else together: a page that saves each answer stays far below it.
REST_RATE = "3000/min"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Where a caller stands: requests in a window, how many are left, and the seconds until one is again."""

    limit: int
    left: int
    reset: int

    def as_headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.left),
            "RateLimit-Reset": str(self.reset),
        }


class PersonThrottle(UserRateThrottle):
    """Counts in Redis; while that is away, each web process counts for itself."""

    # Set from `rate`; requests in so many seconds.
    num_requests: int
    duration: int

    def allow_request(self, request: Request, view: APIView) -> bool:
        allowed = self._counted(request, view)
        if self.rate is not None:
            used, now = self.history, self.now
            reset = self.duration - (now - used[-1]) if used else self.duration
            left = max(0, self.num_requests - len(used)) if allowed else 0
            # The middleware finds it on Django's own request, whatever becomes of this one.
            request._request.rate_limit = RateLimit(self.num_requests, left, ceil(reset))  # type: ignore[attr-defined]
        return allowed

    def _counted(self, request: Request, view: APIView) -> bool:
        try:
            return super().allow_request(request, view)
        except RedisError as error:
            log.warning("requests are counted here alone, Redis is away: %s", type(error).__name__)
            self.cache = caches["local"]
            return super().allow_request(request, view)


class RestThrottle(PersonThrottle):
    """Whatever has no limit of its own."""

    scope = "rest"
    rate = REST_RATE


class AskThrottle(PersonThrottle):
    """Questions."""

    scope = "ask"
    rate = ASK_RATE


class SearchThrottle(PersonThrottle):
    """Searches."""

    scope = "search"
    rate = SEARCH_RATE


class SortThrottle(PersonThrottle):
    """Statements to sort."""

    scope = "sort"
    rate = JUDGE_RATE


class CheckThrottle(PersonThrottle):
    """Drafts to check."""

    scope = "check"
    rate = JUDGE_RATE
