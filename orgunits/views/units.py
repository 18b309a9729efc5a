"""The unit tree on any day, and one unit."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from orgunits.enums import UnitKind
from orgunits.forms.fields import day_choice
from orgunits.middleware import viewer_of
from orgunits.models import OrgUnit, OrgUnitSpan
from orgunits.permissions import OrgAction, can_do
from orgunits.selectors.facts import facts_of_units
from orgunits.selectors.people import employees_visible_to, members_of, person_rows, unit_names
from orgunits.selectors.units import (
    ancestors_of,
    heads_on,
    loose_units,
    opd_rows,
    spans_visible_to,
    tree_below,
    units_visible_to,
    vacant_count,
)
from orgunits.viewer import Viewer
from orgunits.views.common import PAGE_SIZE, Action, offered, unit_or_404


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The OPD with heads and vacancies on a day; for members and heads the units they know of."""
    viewer = viewer_of(request)
    choice = day_choice(request.GET, viewer.today)
    root = spans_visible_to(viewer, choice.day).filter(kind=UnitKind.REGENCY).first()
    rows = opd_rows(viewer, choice.day)
    loose = loose_units(viewer, choice.day)
    loose_heads = heads_on([span.unit_id for span in loose], choice.day) if loose else {}
    context = {
        "choice": choice,
        "root": root,
        "root_heads": heads_on([root.unit_id], choice.day).get(root.unit_id, ()) if root else (),
        "rows": rows,
        "loose": [(span, loose_heads.get(span.unit_id, ())) for span in loose],
        "vacancies": vacant_count(viewer, choice.day) if rows else 0,
        "current_place": "units",
    }
    return render(request, "orgunits/units.html", context)


@require_safe
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit on a day: names, heads, what lies below, who sits there, and what can be done."""
    viewer = viewer_of(request)
    row, current = unit_or_404(viewer, unit_id)
    choice = day_choice(request.GET, viewer.today)
    node = tree_below(viewer, unit_id, choice.day) if current.kind != UnitKind.REGENCY else None
    span = node.span if node else current
    known = set(units_visible_to(viewer).values_list("pk", flat=True)) if not viewer.sees_regency else None
    page = Paginator(members_of(viewer, unit_id, choice.day), PAGE_SIZE).get_page(request.GET.get("halaman"))
    heads = node.heads if node else heads_on([unit_id], choice.day).get(unit_id, ())
    seen = employees_visible_to(viewer).filter(pk__in=[head.employee_id for head in heads])
    linked = set(seen.values_list("pk", flat=True)) if heads else set()
    context = {
        "unit": row,
        "span": span,
        "choice": choice,
        "node": node,
        "heads": [(head, head.employee_id in linked) for head in heads],
        "above": [
            (above, known is None or above.unit_id in known) for above in ancestors_of(span, choice.day)
        ],
        "history": list(OrgUnitSpan.objects.filter(unit=unit_id).order_by("-start")),
        "related": _related(row, span, viewer),
        "page": page,
        "members": person_rows(page.object_list, choice.day),
        "actions": unit_actions(viewer, span),
        "crumbs": [("Unit kerja", reverse("orgunits:units"))],
        "current_place": "units",
    }
    return render(request, "orgunits/unit.html", context)


def _related(row: OrgUnit, span: OrgUnitSpan, viewer: Viewer) -> dict[str, str]:
    """Names of the units that this one points to: who appraises its head, who carries on after it."""
    pointed = {"appraised_by": span.appraised_by_id, "successor": row.successor_id}
    names = unit_names([key for key in pointed.values() if key], viewer.today)
    return {word: names.get(key or 0, "") for word, key in pointed.items()}


def unit_actions(viewer: Viewer, span: OrgUnitSpan) -> list[Action]:
    """What an officer may do with the unit, each with its decision."""
    if not (viewer.is_bkpsdm or viewer.admin_opd_ids):
        return []
    facts = facts_of_units(viewer, span.unit_id)
    is_root = span.kind == UnitKind.REGENCY
    table = [
        ("Cetak slip aktivasi", "slips", OrgAction.ISSUE_SLIPS, not is_root),
        ("Catat kepala daerah", "state_official", OrgAction.CREATE_STATE_OFFICIAL, is_root),
        ("Ubah nama", "unit_rename", OrgAction.EDIT_UNIT, True),
        ("Pecah unit", "unit_split", OrgAction.EDIT_UNIT, not is_root),
        ("Gabung ke unit lain", "unit_merge", OrgAction.EDIT_UNIT, not is_root),
        ("Atur jalur penilaian", "unit_appraised_by", OrgAction.EDIT_UNIT, not is_root),
        ("Ubah tanda mandiri", "unit_standalone", OrgAction.MARK_STANDALONE, not is_root),
    ]
    return offered(
        [
            Action(label, reverse(f"orgunits:{name}", args=[span.unit_id]), can_do(viewer, facts, action))
            for label, name, action, shown in table
            if shown
        ]
    )
