"""Reading a frozen snapshot: the OPD as they stood at the deadline, and the people behind them."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from compliance.enums import Which
from compliance.forms import FrozenPeopleForm
from compliance.models import Snapshot
from compliance.rules import Counts, stage_label
from compliance.selectors.people import frozen_people_pages, frozen_person_rows
from compliance.selectors.snapshots import FrozenRow, frozen_opds, rows_of_snapshot, visible_snapshot
from compliance.views.asked import Numbers, board_viewer, numbers_of
from compliance.views.people import PEOPLE_PAGE
from orgunits.viewer import Viewer
from skp.states import Stage


def _frozen(request: HttpRequest, snapshot_id: int) -> tuple[Viewer, Snapshot, dict[str, object]]:
    """The viewer, the snapshot, and what both its pages tell of it."""
    viewer = board_viewer(request)
    snapshot = visible_snapshot(viewer, snapshot_id)
    if snapshot is None:
        raise Http404("Potret tidak ditemukan.")
    period, stage = snapshot.period, Stage(snapshot.stage)
    label = stage_label(stage, snapshot.interval, period.settings.monitoring_intervals)
    key = f"{stage.value}-{snapshot.interval}" if snapshot.interval else stage.value
    query = urlencode({"tahun": str(period.year), "tahap": key})
    told = {
        "snapshot": snapshot,
        "label": f"{label} {period.year}",
        "board_url": f"{reverse('compliance:board')}?{query}",
        "current_place": "board",
    }
    return viewer, snapshot, told


@dataclass(frozen=True, slots=True)
class FrozenShown:
    """A frozen row with the address of the people behind each number."""

    row: FrozenRow
    numbers: Numbers


def _shown(row: FrozenRow, people_url: str, opd: int | None) -> FrozenShown:
    return FrozenShown(row, numbers_of(row.counts, people_url, opd=opd))


@require_safe
def snapshot(request: HttpRequest, snapshot_id: int) -> HttpResponse:
    """The OPD as they were frozen."""
    viewer, frozen, told = _frozen(request, snapshot_id)
    rows = rows_of_snapshot(viewer, frozen.pk)
    total = FrozenRow(None, "Jumlah", sum((row.counts for row in rows), Counts()), None)
    people = f"{reverse('compliance:snapshot_people', args=[frozen.pk])}?"
    context = {
        **told,
        "rows": [_shown(row, people, row.opd_id or 0) for row in rows],
        "total": _shown(total, people, None) if len(rows) > 1 else None,
    }
    return render(request, "compliance/snapshot.html", context)


@require_safe
def snapshot_people(request: HttpRequest, snapshot_id: int) -> HttpResponse:
    """The people behind a number of a frozen snapshot."""
    viewer, frozen, told = _frozen(request, snapshot_id)
    opds = frozen_opds(viewer, frozen)
    form = FrozenPeopleForm(request.GET or None, opds=opds.items())
    chosen = form.cleaned_data if form.is_valid() else {}
    which = Which(chosen.get("yang") or Which.OBLIGED)
    listed = frozen_people_pages(viewer, frozen, which=which, opd_id=chosen.get("opd"))
    page = Paginator(listed, PEOPLE_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        **told,
        "page": page,
        "rows": frozen_person_rows(viewer, page.object_list, frozen.for_day),
    }
    return render(request, "compliance/snapshot_people.html", context, status=422 if form.errors else 200)
