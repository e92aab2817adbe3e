"""The people of a made-up history: names from many places, teams of a dozen, comers and leavers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

PREFIX: Final = "seed-"
LEAD: Final = f"{PREFIX}lead"
TEAM_SIZE: Final = 12
ZONES: Final = (
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Europe/London",
    "Asia/Tokyo",
    "UTC",
)
FIRST: Final = (
    "Ada Ben Chloé Dương Élodie Fatıma Görkem Håkon İpek João Klára Łukasz Mátyás Noor Ólafur Paweł Quinn "
    "Renée Søren Thị Ümit Věra Wiktoria Ximena Yūki Zoë Ἀλέξανδρος Ольга 美咲 王伟 지훈 नेहा ליאור"
)
LAST: Final = (
    "Abşin Brontë Castillo D’Angelo Eðvarðsdóttir Fernández-Mora Großmann Hadžić Iñárritu Jørgensen Kovač "
    "Lindqvist Müller Ngọc O’Brien Pérez Quiñones Råberg Šimić Tanaka Ünal Van-der-Berg Wójcik Żak "
    "Παπαδόπουλος Иванова 佐藤 李 김 शर्मा כהן"
)
# Names that a spreadsheet, a page or a sort must bear as well.
AWKWARD: Final = (
    ("=SUM(A1)", "Formula"),
    ("Anne, Marie", "Comma"),
    ('Jo "Ace"', "Quote"),
    ("Kim 🦊", "Emoji"),
    ("@mention", "+Plus"),
    ("-Dash", "O'Hara"),
)
PLACES: Final = ("North", "South", "East", "West", "Coast", "Lakes", "Hills", "Delta", "Capital", "Islands")
SORTS: Final = ("Federal", "State", "Local", "Education", "Health")


@dataclass(frozen=True, slots=True)
class SeededPerson:
    """Somebody made up. `teams` are numbers; `joined` and `left` shares of the time, 0 at its start."""

    username: str
    first: str
    last: str
    zone: str
    teams: tuple[int, ...]
    joined: float
    is_active: bool
    shares: bool


def make_people(reps: int, random: Random) -> list[SeededPerson]:
    """Return `reps` people in teams of about a dozen: some in two teams, some new, some gone."""
    teams = team_count(reps)
    return [_person(number, teams, random) for number in range(reps)]


def team_count(reps: int) -> int:
    return max(1, reps // TEAM_SIZE)


def team_names(count: int) -> list[str]:
    """Return names for `count` teams, no two alike."""
    names = [f"{sort} {place}" for place in PLACES for sort in SORTS]
    return [
        names[number % len(names)] + (f" {number // len(names) + 1}" * (number >= len(names)))
        for number in range(count)
    ]


def _person(number: int, teams: int, random: Random) -> SeededPerson:
    first, last = _name(number, random)
    own = number % teams
    second = {random.randrange(teams)} - {own} if random.random() < 0.04 else set[int]()
    return SeededPerson(
        username=f"{PREFIX}{number + 1:04}",
        first=first,
        last=last,
        zone=random.choice(ZONES),
        teams=(own, *second),
        joined=random.uniform(0.3, 0.9) if random.random() < 0.15 else 0.0,
        is_active=random.random() >= 0.03,
        shares=random.random() < 0.35,
    )


def _name(number: int, random: Random) -> tuple[str, str]:
    if number % 60 == 7:
        return AWKWARD[number // 60 % len(AWKWARD)]
    return random.choice(FIRST.split()), random.choice(LAST.split())
