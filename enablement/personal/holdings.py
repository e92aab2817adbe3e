"""Which tables hold something about a person, and what becomes of it when the person is erased.

Every table of ours is decided here or by its own application: it has a Holding for each way in which it names
a person, or it names nobody (NOBODY). A test walks all tables: a new one fails until somebody has decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    # Applications register before the models are there.
    from enablement.models import Person


class Fate(Enum):
    """What becomes of rows when their person is erased, as an admin reads it before."""

    GONE = "is deleted"
    KEPT = "stays, without a name"
    EMPTIED = "stays, without a name and without what was written"
    UNOWNED = "stays and belongs to nobody"


Emptying = Callable[[QuerySet[Any], "Person"], None]


Choosing = Callable[[QuerySet[Any], "Person"], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Withheld:
    """The fields that are handed out empty in some rows: those that `choose` leaves of them, for now."""

    fields: Sequence[str]
    choose: Choosing


@dataclass(frozen=True, slots=True)
class Holding:
    """One way in which a table names a person.

    `person` is the path from a row to the person; `what` says in plain words what it is; `empties` gives
    fields new values where the rows stay, and `rewrite` does what a single value cannot. What is `secret` is
    not handed out; what is `withheld` is handed out once its person may see it elsewhere.
    """

    model: str
    person: str
    what: str
    fate: Fate
    empties: dict[str, Any] = field(default_factory=dict)
    rewrite: Emptying | None = None
    secret: Sequence[str] = ()
    withheld: Withheld | None = None

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows(self, person: Person) -> QuerySet[Any]:
        """The rows about a person, oldest first."""
        return self.table._default_manager.filter(**{self.person: person}).order_by("pk")


_paths: Final[list[str]] = ["enablement.personal.own"]


def add_holdings(path: str) -> None:
    """Add the module at dotted `path`, which has HOLDINGS and NOBODY, once."""
    if path not in _paths:
        _paths.append(path)


def holdings() -> Iterator[Holding]:
    """Yield every holding, in the order in which they are erased: what hangs on others first."""
    for path in reversed(_paths):
        yield from import_string(f"{path}.HOLDINGS")


def tables_of_nobody() -> set[str]:
    """Return the tables that name nobody, as “application.Model”."""
    return {name for path in _paths for name in import_string(f"{path}.NOBODY")}
