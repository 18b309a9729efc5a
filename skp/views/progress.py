"""The running of a plan: progress by interval, the appraiser's feedback, one's own people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.decisions import Decision
from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.http import answers_refusals, posted_int
from orgunits.middleware import viewer_of
from orgunits.viewer import Viewer
from skp.facts import PlanFacts
from skp.forms.progress import ProgressForm
from skp.intervals import Interval
from skp.models import Revision
from skp.progress_rules import can_give_feedback, can_open_evidence, can_record
from skp.selectors.plans import visible_plan
from skp.selectors.progress import (
    Entries,
    TrackedResult,
    asked_of,
    entries_of,
    evidence_facts,
    evidence_of,
    feedback_of,
    ids_of,
    rolled_so_far,
    tracked_results,
)
from skp.services.feedback import feedback_add
from skp.services.progress import progress_save
from skp.states import Stage
from skp.views.common import PlanHead

KEPT = "Data sudah diubah dari halaman lain. Isian Anda masih ada di bawah: periksa, lalu simpan lagi."


@dataclass(frozen=True, slots=True)
class RunningPlan(PlanHead):
    """A plan in force as its pages of progress need it; ``interval`` is the one shown."""

    revision: Revision
    asked: tuple[Interval, ...]
    interval: Interval

    @property
    def record(self) -> Decision:
        """Whether the viewer may write in this interval now, with the sentence for the page."""
        return can_record(self.viewer, self.facts, self.interval, in_force=True)

    @property
    def due_reason(self) -> str:
        """Why the interval's deadline is what it is: the period's calendar or an extension."""
        held = self.facts.deadline(Stage.MONITORING, interval=self.interval.number)
        return held.reason if held else ""

    @property
    def feedback(self) -> Decision:
        """Whether the viewer may comment now."""
        return can_give_feedback(self.viewer, self.facts, in_force=True)


def running_plan(request: HttpRequest, skp_id: int, number: int | None = None) -> RunningPlan:
    """The plan from the viewer's visible set; 404 for everybody else and for an interval not asked for.

    Raises DomainError while nothing is in force. Without ``number`` the interval of today is shown.
    """
    viewer = viewer_of(request)
    found = visible_plan(viewer, skp_id)
    if found is None:
        raise Http404("SKP tidak ditemukan.")
    skp, facts = found
    if skp.in_force is None:
        raise NotAllowed("Kemajuan dapat diisi setelah rencana disepakati.")
    asked = asked_of(skp, facts)
    if not asked:
        raise DomainError("Periode ini tidak memiliki jadwal pemantauan. Hubungi BKPSDM.")
    interval = next((item for item in asked if item.number == number), None)
    if interval is None:
        if number is not None:
            raise Http404("SKP ini tidak berjalan pada jangka waktu tersebut.")
        interval = shown_first(asked, facts, viewer)
    return RunningPlan(viewer, skp, facts, skp.in_force, asked, interval)


def shown_first(asked: tuple[Interval, ...], facts: PlanFacts, viewer: Viewer) -> Interval:
    """The oldest interval that can still be filled, else the last that has begun, else the first."""
    still_open = (item for item in asked if facts.in_time(Stage.MONITORING, viewer.now, interval=item.number))
    begun = [item for item in asked if item.first <= viewer.today]
    return next(still_open, begun[-1] if begun else asked[0])


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def progress(request: HttpRequest, skp_id: int, interval: int | None = None) -> HttpResponse:
    """What was reached in an interval; the owner fills it in, the appraiser comments."""
    plan = running_plan(request, skp_id, interval)
    results = tracked_results(plan.revision)
    entries = entries_of(ids_of(results))
    form = ProgressForm(request.POST or None, results=results, entries=entries, interval=plan.interval.number)
    status = 200
    if request.method == "POST":
        status = 422
        version = posted_int(request, "version")
        plan.record.enforce()
        if form.is_valid():
            try:
                progress_save(
                    actor=plan.viewer,
                    skp_id=skp_id,
                    version=version,
                    interval=plan.interval.number,
                    values=form.values(),
                    now=plan.viewer.now,
                )
            except Conflict as error:
                form.add_error(None, KEPT)
                status = error.status
            else:
                return _after_saving(request, plan)
    return _page(request, plan, results, entries, status=status, form=form)


def _after_saving(request: HttpRequest, plan: RunningPlan) -> HttpResponse:
    """On to the indicator's evidence where its button was pressed, else back to the page."""
    wanted = request.POST.get("bukti", "")
    if wanted.isdecimal() and len(wanted) <= 18:
        return redirect("skp:indicator_evidence", plan.skp.pk, plan.interval.number, int(wanted))
    messages.success(request, f"Kemajuan {plan.interval.name} sudah disimpan.")
    return redirect("skp:progress", plan.skp.pk, plan.interval.number)


@require_POST
@answers_refusals
def add_feedback(request: HttpRequest, skp_id: int, interval: int) -> HttpResponse:
    """The appraiser's comment on a result or on the plan."""
    plan = running_plan(request, skp_id, interval)
    result_id = posted_int(request, "result") if request.POST.get("result") else None
    text = request.POST.get("text", "")
    try:
        feedback_add(
            actor=plan.viewer,
            skp_id=skp_id,
            version=posted_int(request, "version"),
            interval=interval,
            text=text,
            result_id=result_id,
            now=plan.viewer.now,
        )
    except Conflict as error:
        results = tracked_results(plan.revision)
        entries = entries_of(ids_of(results))
        typed = {result_id: text}
        return _page(request, plan, results, entries, status=error.status, typed=typed, problem=KEPT)
    messages.success(request, "Umpan balik sudah dikirim kepada pegawai.")
    place = f"hasil-{result_id}" if result_id else "umpan-balik"
    return redirect(f"{reverse('skp:progress', args=[skp_id, interval])}#{place}")


def _page(
    request: HttpRequest,
    plan: RunningPlan,
    results: tuple[TrackedResult, ...],
    entries: Entries,
    *,
    status: int,
    form: ProgressForm | None = None,
    typed: Mapping[int | None, str] | None = None,
    problem: str = "",
) -> HttpResponse:
    number = plan.interval.number
    ids = ids_of(results)
    proof = evidence_of(ids, number)
    comments = feedback_of(plan.skp.pk)
    told = {key for key in ids if number in entries.get(key, {})}
    editable = bool(plan.record)
    cards = []
    for result in results:
        rows = [
            {
                "item": item,
                "entry": entries.get(item.indicator_id, {}).get(number),
                "so_far": rolled_so_far(item, entries, plan.asked),
                "evidence": proof.get(item.indicator_id, []),
                "fields": form.fields_of(item.indicator_id) if form and editable else [],
            }
            for item in result.indicators
        ]
        comment = {
            "rows": comments.get(result.result_id, []),
            "typed": (typed or {}).get(result.result_id, ""),
        }
        cards.append({"result": result, "rows": rows, "comments": comment})
    tracked = [item for result in results for item in result.indicators]
    context: dict[str, Any] = {
        "plan": plan,
        "form": form,
        "editable": editable,
        "cards": cards,
        "missing": [item for item in tracked if item.indicator_id not in told],
        "unproven": [item for item in tracked if item.indicator_id not in proof],
        "tabs": _tabs(plan, entries, ids),
        "due_at": plan.facts.due_at(Stage.MONITORING, interval=number),
        "open_evidence": can_open_evidence(plan.viewer, evidence_facts(plan.viewer, plan.skp, plan.facts)),
        "plan_comments": {"rows": comments.get(None, []), "typed": (typed or {}).get(None, "")},
        "problem": problem,
        "current_place": plan.place,
    }
    return render(request, "skp/progress/plan.html", context, status=status)


def _tabs(plan: RunningPlan, entries: Entries, ids: list[int]) -> list[dict[str, object]]:
    """The intervals asked for; those that have begun with how many indicators are still missing."""
    return [
        {
            "name": item.name,
            "url": reverse("skp:progress", args=[plan.skp.pk, item.number]),
            "current": item == plan.interval,
            "count": sum(item.number not in entries.get(key, {}) for key in ids) or None
            if item.first <= plan.viewer.today
            else None,
        }
        for item in plan.asked
    ]
