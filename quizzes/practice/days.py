"""Days as a person lives them. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone called `name`; UTC where there is none by that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the date that `moment` has in `zone`."""
    return moment.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which `day` begins in `zone`."""
    return datetime.combine(day, time(), tzinfo=zone)


def day_bounds(moment: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the beginning of the day that `moment` lies in and that of the next; 23 to 25 hours apart."""
    day = day_of(moment, zone)
    return start_of(day, zone), start_of(day + timedelta(days=1), zone)


def is_due(due: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """Whether something due at a moment is due on the person's day: at any hour of it."""
    return day_of(due, zone) <= day_of(now, zone)
