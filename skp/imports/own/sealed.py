"""The rows of a workbook on their way from the preview to the confirmation.

They travel in the preview's form, signed, and are stored nowhere: there is nothing to expire, to clean up or
to be read by anybody else, and a preview left open stays exact because it names the plan's version. The
signature is bound to the person and the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core import signing

from config.lib.errors import DomainError
from config.lib.zipguard import WorkbookError
from orgunits.imports.results import RawRow

# Letters of the form's field: a page stays within 30 kB unless somebody writes a book into the cells.
LIMIT = 60_000
TOO_LONG = "Isi berkas terlalu panjang untuk satu rencana. Bagi menjadi dua berkas dan isi bertahap."
BROKEN = "Pratinjau tidak dapat dibaca lagi. Unggah berkasnya sekali lagi."


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a preview was made of: the plan's version, the rows, and the mark of what it showed."""

    version: int
    rows: tuple[RawRow, ...] = field(repr=False)
    mark: str


def seal(*, user_id: int, skp_id: int, version: int, rows: Sequence[RawRow], mark: str) -> str:
    """The text for the form; raises WorkbookError when there is too much of it."""
    values = [[row.number, dict(row.cells), sorted(row.numeric)] for row in rows]
    text = signing.dumps([version, values, mark], salt=_salt(user_id, skp_id), compress=True)
    if len(text) > LIMIT:
        raise WorkbookError(TOO_LONG)
    return text


def unseal(text: str, *, user_id: int, skp_id: int) -> Sealed:
    """What was sealed for this person and plan; raises DomainError for anything else."""
    try:
        version, values, mark = signing.loads(text, salt=_salt(user_id, skp_id))
    except signing.BadSignature as error:
        raise DomainError(BROKEN) from error
    rows = (RawRow("", number, cells, frozenset(numeric)) for number, cells, numeric in values)
    return Sealed(version, tuple(rows), mark)


def _salt(user_id: int, skp_id: int) -> str:
    return f"skp.imports.own:{skp_id}:{user_id}"
