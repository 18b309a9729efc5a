"""What the database's guards mean, in sentences for the person who met one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.utils import IntegrityError, OperationalError

from config.lib.db import waited_for_each_other
from config.lib.errors import Conflict, DomainError
from config.lib.spanguards import violated_constraint

_TWO_POSTS = "Pegawai ini sudah memiliki jabatan definitif pada tanggal tersebut."
_TWO_HEADS = "Unit ini sudah memiliki pimpinan definitif pada tanggal tersebut."
_TWO_PLT = "Unit ini sudah memiliki Plt. pada tanggal tersebut."
_TWO_PLH = "Unit ini sudah memiliki Plh. pada tanggal tersebut."
_TWO_SPANS = "Unit ini sudah memiliki keterangan lain yang berlaku pada tanggal tersebut."
_TWO_LEGAL = "Pegawai ini sudah memiliki kedudukan hukum lain pada tanggal tersebut."
_TWO_OVERRIDES = "Pejabat penilai khusus untuk pegawai ini sudah ditetapkan pada tanggal tersebut."
_EMPTY_SPAN = "Tanggal berakhir harus sesudah tanggal mulai."

SENTENCES = {
    "assignment_definitive_overlap": _TWO_POSTS,
    "assignment_one_open_definitive": _TWO_POSTS,
    "assignment_head_overlap": _TWO_HEADS,
    "assignment_one_open_head": _TWO_HEADS,
    "assignment_plt_overlap": _TWO_PLT,
    "assignment_one_open_plt": _TWO_PLT,
    "assignment_plh_overlap": _TWO_PLH,
    "assignment_one_open_plh": _TWO_PLH,
    "orgunitspan_overlap": _TWO_SPANS,
    "orgunitspan_one_start": _TWO_SPANS,
    "orgunitspan_one_open": _TWO_SPANS,
    "orgunitspan_not_own_parent": "Unit tidak dapat menjadi atasan bagi dirinya sendiri.",
    "orgunitspan_not_appraised_by_itself": "Unit tidak dapat dinilai oleh unit itu sendiri.",
    "legalposition_overlap": _TWO_LEGAL,
    "legalposition_one_start": _TWO_LEGAL,
    "legalposition_one_open": _TWO_LEGAL,
    "override_overlap": _TWO_OVERRIDES,
    "override_one_open": _TWO_OVERRIDES,
    "override_not_oneself": "Pegawai tidak dapat menjadi penilai bagi dirinya sendiri.",
    "assignment_not_empty": _EMPTY_SPAN,
    "orgunitspan_not_empty": _EMPTY_SPAN,
    "legalposition_not_empty": _EMPTY_SPAN,
    "override_not_empty": _EMPTY_SPAN,
    "rolegrant_not_empty": _EMPTY_SPAN,
    "assignment_acting_heads": "Plt. dan Plh. selalu memimpin unitnya.",
}


def guard_error_message(error: IntegrityError) -> str | None:
    """The sentence for the rule that the database upheld; None for an error that is no rule of users."""
    return SENTENCES.get(violated_constraint(error))


@contextmanager
def readable_guards() -> Iterator[None]:
    """Turn a guard's IntegrityError into a DomainError with its sentence.

    To stand around the writes of a service, inside its ``atomic``: the error leaves the block, so
    the whole transaction is rolled back. Two who write at the same moment may wait for each other's row
    in the guard itself: of them one gets a Conflict. Other errors pass unchanged.
    """
    try:
        yield
    except IntegrityError as error:
        message = guard_error_message(error)
        if message is None:
            raise
        raise DomainError(message) from error
    except OperationalError as error:
        if not waited_for_each_other(error):
            raise
        raise Conflict() from error
