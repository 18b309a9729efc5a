"""Places of the product by role: a pure function of who is asking."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

PHONE_PLACES = 4


class Asking(Protocol):
    """What the navigation must know of the viewer; ``orgunits.viewer.Viewer`` has it."""

    @property
    def employee_id(self) -> int | None: ...

    @property
    def has_appraisees(self) -> bool: ...

    @property
    def headed_unit_ids(self) -> Collection[int]: ...

    @property
    def roles(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: its key (also the value of a page's ``place``), label, address name and icon."""

    key: str
    label: str
    url_name: str
    icon: str
    shown: Callable[[Asking], bool]


def has_any(*roles: str) -> Callable[[Asking], bool]:
    """Whether the viewer holds one of ``roles`` today."""
    return lambda viewer: any(role in viewer.roles for role in roles)


def oversees(viewer: Asking) -> bool:
    """Whether the viewer looks after a unit, an OPD or the regency."""
    roles = ("bkpsdm_admin", "opd_admin", "inspector", "leader")
    return bool(viewer.headed_unit_ids) or has_any(*roles)(viewer)


OFFICERS = has_any("bkpsdm_admin", "opd_admin")
READING_OFFICERS = has_any("bkpsdm_admin", "opd_admin", "inspector")
BKPSDM = has_any("bkpsdm_admin")


def is_employee(viewer: Asking) -> bool:
    """Whether the viewer stands in the list of employees; an operator's account need not."""
    return viewer.employee_id is not None


def leads_or_oversees(viewer: Asking) -> bool:
    """Whether others' plans wait for the viewer's, or the viewer looks after an office."""
    return viewer.has_appraisees or oversees(viewer)


# In the order of use; on phones the first four that the viewer has stand in the bar.
PLACES = (
    Place("start", "Beranda", "start", "house", lambda viewer: True),
    Place("inbox", "Kotak masuk", "skp:inbox", "inbox", lambda viewer: viewer.has_appraisees),
    Place("plan", "SKP saya", "skp:mine", "clipboard-list", is_employee),
    Place("board", "Papan", "compliance:board", "gauge", oversees),
    Place("results", "Hasil saya", "assessments:my_years", "check-check", is_employee),
    Place("cascade", "Kaskade", "skp:cascade", "corner-down-right", leads_or_oversees),
    Place("people", "Pegawai", "orgunits:people", "users", oversees),
    Place("units", "Unit kerja", "orgunits:units", "network", oversees),
    Place("corrections", "Perbaikan data", "orgunits:corrections", "list-checks", READING_OFFICERS),
    Place("vacancies", "Kekosongan", "orgunits:vacancies", "user-x", READING_OFFICERS),
    Place("imports", "Impor data", "orgunits:imports", "file-up", BKPSDM),
    Place("rhk", "Impor RHK", "skp:rhk_uploads", "upload", BKPSDM),
    Place("history", "Arsip hasil", "assessments:history", "file-spreadsheet", BKPSDM),
    Place("deadlines", "Tenggat", "skp:extensions", "hourglass", oversees),
    Place("periods", "Periode", "skp:periods", "calendar-clock", BKPSDM),
    Place("roles", "Peran", "orgunits:roles", "shield-check", READING_OFFICERS),
    Place("audit", "Jejak audit", "orgunits:audit", "history", READING_OFFICERS),
    Place("slips", "Slip aktivasi", "orgunits:slip_units", "key-round", OFFICERS),
    Place("opd_documents", "Dokumen OPD", "skp:opd_documents", "files", OFFICERS),
    Place("jobs", "Pekerjaan", "documents:jobs", "loader", OFFICERS),
    Place("calendar", "Kalender", "skp:calendar", "calendar", lambda viewer: True),
    Place("me", "Data saya", "orgunits:me", "id-card", is_employee),
)


def places_for(viewer: Asking) -> tuple[Place, ...]:
    """The places of this viewer, the most used first."""
    return tuple(place for place in PLACES if place.shown(viewer))
