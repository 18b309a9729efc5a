"""The recapitulations that were issued, and the OPD of which the viewer may have one."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from documents.enums import DocumentKind, IssuedState
from documents.models import IssuedDocument
from documents.services.issued import VALID
from orgunits.enums import UnitKind
from orgunits.models import OrgUnitSpan
from orgunits.selectors.days import on_day
from orgunits.viewer import Viewer
from skp.models import Period

RECAP = "compliance.recap"


@dataclass(frozen=True, slots=True)
class RecapRow:
    """An OPD, None for the regency, with its valid recapitulation if one was issued."""

    opd_id: int | None
    name: str
    issued: IssuedDocument | None

    @property
    def state(self) -> IssuedState | None:
        """What has become of the document."""
        return IssuedState(self.issued.state) if self.issued else None


def reads_recap(viewer: Viewer, opd_id: int | None) -> bool:
    """Whether the viewer reads the scores of the whole OPD, of the regency for None (rules.md §15).

    Who oversees the regency; of an OPD also its head and the heads above. Not its admin, who reads the
    status of scores only.
    """
    return viewer.sees_regency or (opd_id is not None and opd_id in viewer.subtree_unit_ids)


def recap_key(period_id: int, opd_id: int | None) -> str:
    """By which a recapitulation is found again; of the regency without an OPD."""
    return f"{period_id}.{opd_id or 0}"


def recap_rows(viewer: Viewer, period: Period) -> list[RecapRow]:
    """The regency, where the viewer reads it, then the OPD by name; two queries."""
    spans = OrgUnitSpan.objects.filter(on_day(viewer.today), kind=UnitKind.OPD).order_by("name")
    found: list[tuple[int | None, str]] = [(None, "Seluruh OPD kabupaten")]
    found += spans.values_list("unit_id", "name")
    seen = [(opd_id, name) for opd_id, name in found if reads_recap(viewer, opd_id)]
    current = {row.subject_id: row for row in _valid([recap_key(period.pk, pk) for pk, _ in seen])}
    return [RecapRow(pk, name, current.get(recap_key(period.pk, pk))) for pk, name in seen]


def _valid(keys: Iterable[str]) -> "QuerySet[IssuedDocument]":
    return recaps_issued().filter(subject_id__in=list(keys), state__in=VALID).defer("content_text")


def recaps_issued() -> "QuerySet[IssuedDocument]":
    """Every recapitulation, those that were superseded too."""
    kinds = Q(kind__in=[DocumentKind.D10, DocumentKind.D11])
    return IssuedDocument.objects.filter(kinds, subject_type=RECAP)


def recap_visible(viewer: Viewer, public_id: UUID) -> IssuedDocument | None:
    """The recapitulation of that address when the viewer may have it."""
    found = recaps_issued().filter(public_id=public_id).first()
    if found is None:
        return None
    opd_id = int(found.subject_id.partition(".")[2]) or None
    return found if reads_recap(viewer, opd_id) else None
