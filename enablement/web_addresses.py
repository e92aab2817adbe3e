"""Addresses of the web: the only ones that a page makes a link of."""

from __future__ import annotations

from typing import Final

from django.core.validators import URLValidator

# Raises Django's ValidationError for any other.
check_web_address: Final = URLValidator(
    schemes=["http", "https"], message="Give an address of the web, beginning with https:// or http://."
)
