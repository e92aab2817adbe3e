"""How often one person may ask for what costs the most. Generous: a program may work through a file."""

from __future__ import annotations

import logging

from django.core.cache import caches
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

ASK_RATE = "240/min"
SEARCH_RATE = "600/min"
JUDGE_RATE = "600/min"

log = logging.getLogger(__name__)


class PersonThrottle(UserRateThrottle):
    """Counts in Redis; while that is away, each web process counts for itself."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        try:
            return super().allow_request(request, view)
        except RedisError as error:
            log.warning("requests are counted here alone, Redis is away: %s", type(error).__name__)
            self.cache = caches["local"]
            return super().allow_request(request, view)


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
