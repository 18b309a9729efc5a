"""A row of the access table, and the columns: who asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.people import People

COLUMNS = (
    "anonymous",
    "owner",
    "appraiser",
    "superior",
    "opd_admin",
    "other_admin",
    "stranger",
    "bkpsdm_admin",
    "inspector",
    "leader",
)
Arguments = Callable[[People], Mapping[str, object]]


def nothing(people: People) -> Mapping[str, object]:
    """For addresses without arguments."""
    return {}


@dataclass(frozen=True)
class Row:
    """One address: its name, the statuses in the order of COLUMNS, how it is asked.

    ``arguments`` takes the cast, makes rows where it must, and returns the keywords of ``reverse``;
    ``method`` and ``data`` are as in Django's client.
    """

    name: str
    statuses: str
    arguments: Arguments = nothing
    method: str = "get"
    data: Mapping[str, object] = field(default_factory=dict)

    def expected(self) -> Mapping[str, int]:
        """The status for each person."""
        return dict(zip(COLUMNS, (int(text) for text in self.statuses.split()), strict=True))


def everyone(name: str, anonymous: int, signed_in: int, arguments: Arguments = nothing, **how: object) -> Row:
    """A row in which all who are signed in get the same."""
    statuses = " ".join([str(anonymous), *[str(signed_in)] * (len(COLUMNS) - 1)])
    return Row(name, statuses, arguments, **how)  # type: ignore[arg-type]
