"""What the scoring page stands on, and how it is shown: whole, or its preview alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.aspects import aspects_of
from assessments.forms.scoring import ScoreForm, ScoreSetup, score_initial
from assessments.models import Assessment, ScoreDraft
from assessments.permissions import can_do, can_read_score
from assessments.schemes.settings import ScoringSettings
from assessments.selectors.assessments import assessments_visible_to
from assessments.selectors.history import shown_steps, steps_of
from assessments.selectors.inputs import scoring_settings
from assessments.selectors.quadrant import performance_of
from assessments.selectors.reporting import idea_of
from assessments.selectors.scoring import Desk, desk_of, draft_of
from assessments.services.drafting import typed_of
from assessments.services.previewing import Preview, score_preview
from assessments.services.steps import Judging
from assessments.services.versions import judgment_of
from assessments.states import DELIVERED_STATES, AssessmentAction, AssessmentStatus
from config.lib.dates import format_moment
from config.lib.decisions import Decision
from skp.enums import Regime
from skp.progress_rules import can_open_evidence
from skp.selectors.progress import evidence_facts
from skp.states import Stage
from skp.views.common import PlanPage, plan_page

# While the judgment is in the appraiser's hands.
IN_HAND = frozenset({AssessmentStatus.REPORTED, AssessmentStatus.SCORED})


@dataclass(frozen=True, slots=True)
class ScorePage:
    """A reported plan as its scoring page needs it."""

    plan: PlanPage
    assessment: Assessment
    status: AssessmentStatus
    decision: Decision
    desk: Desk
    setup: ScoreSetup
    settings: ScoringSettings
    draft: ScoreDraft | None

    @property
    def judges(self) -> bool:
        """Whether the viewer has the form in hand, out of time included."""
        return self.plan.is_appraiser and self.status in IN_HAND

    def form(self, data: Mapping[str, Any] | None = None, **options: Any) -> ScoreForm:
        """A form of this plan's shape."""
        return ScoreForm(data, setup=self.setup, **options)

    def first_form(self) -> ScoreForm:
        """What stands in the form before anything is typed: the draft, else the stored judgment."""
        current = self.assessment.current
        leads = self.plan.skp.assignment.is_head
        stored = judgment_of(current, leads=leads) if current and self.judges else None
        initial = score_initial(stored, self.desk.reported, self.setup.idea)
        return self.form(initial=initial | typed_of(self.draft))

    def read(self, form: ScoreForm) -> ScoreForm:
        """The form as it stands, checked."""
        probe = form if form.is_bound else self.form(form.shown())
        probe.is_valid()
        return probe

    def preview(self, probe: ScoreForm) -> Preview:
        """What a checked form comes to."""
        return score_preview(
            Judging(self.plan.skp, self.plan.facts, self.assessment, self.status),
            probe.to_input(),
            self.plan.content,
            settings=self.settings,
            realisations=probe.realisations(self.desk.reported),
            new_idea=probe.idea_verified,
        )


def score_page(request: HttpRequest, skp_id: int) -> ScorePage:
    """The reported plan for a viewer who may read its score; 404 before the report."""
    plan = plan_page(request, skp_id, in_force=True)
    assessment = assessments_visible_to(plan.viewer).filter(skp=skp_id).select_related("current").first()
    status = AssessmentStatus(assessment.status) if assessment else AssessmentStatus.OPEN
    below = plan.skp.assignment.unit_id in plan.viewer.subtree_unit_ids
    delivered = status in DELIVERED_STATES
    can_read_score(plan.viewer, plan.facts, delivered=delivered, in_subtree=below).enforce()
    if assessment is None:
        raise Http404("SKP ini belum dilaporkan.")
    leads = plan.skp.assignment.is_head
    regime = Regime(plan.skp.period.regime)
    settings = scoring_settings(plan.skp.period_id)
    in_hand = plan.is_appraiser and status in IN_HAND
    return ScorePage(
        plan=plan,
        assessment=assessment,
        status=status,
        decision=can_do(
            plan.viewer,
            plan.facts,
            status,
            AssessmentAction.SCORE,
            in_force=plan.skp.in_force is not None,
            reopened_at=assessment.reopened_at,
        ),
        desk=desk_of(plan.skp, plan.facts, plan.content),
        setup=ScoreSetup(
            content=plan.content,
            aspects=aspects_of(settings.aspects, leads=leads),
            regime=regime,
            idea=idea_of(plan.skp),
            rating_fixed=regime == Regime.QUADRANT and leads,
        ),
        settings=settings,
        draft=draft_of(assessment.pk) if in_hand else None,
    )


def fragment(request: HttpRequest, page: ScorePage, form: ScoreForm) -> HttpResponse:
    """The preview alone, for the page that stands."""
    return render(request, "assessments/_preview_live.html", _previewed(page, form))


def shown(
    request: HttpRequest, page: ScorePage, form: ScoreForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    """The whole page."""
    version = page.assessment.current
    facts = evidence_facts(page.plan.viewer, page.plan.skp, page.plan.facts)
    context = {
        "page": page.plan,
        "assessment": page.assessment,
        "status": page.status,
        "version": version,
        "steps": steps_of(version) if version else [],
        "judges": page.judges,
        "decision": page.decision,
        "desk": page.desk,
        "open_evidence": can_open_evidence(page.plan.viewer, facts),
        "idea": page.setup.idea,
        "problem": problem,
        "due_at": page.plan.facts.due_at(Stage.ASSESSMENT),
        "current_place": page.plan.place,
    }
    if page.judges:
        context |= _previewed(page, form) | _fields(page, form)
        context["draft_text"] = _draft_text(page.draft)
        context["rating_fixed"] = page.setup.rating_fixed
        if page.setup.rating_fixed:
            skp = page.plan.skp
            context["performance"] = performance_of(skp.period_id, skp.assignment.unit_id)
    return render(request, "assessments/score.html", context, status=status)


def _previewed(page: ScorePage, form: ScoreForm) -> dict[str, Any]:
    read = page.read(form)
    preview = page.preview(read)
    scored = preview.results or (None,) * len(page.desk.results)
    return {
        "preview": preview,
        "came_to": list(zip(page.desk.results, scored, strict=True)) if preview.results else [],
        "preview_steps": shown_steps(preview.judged.steps_text) if preview.judged else [],
        "missing": read.missing(),
        "has_values": page.setup.has_values,
        "scheme": page.plan.facts.scheme,
    }


def _fields(page: ScorePage, form: ScoreForm) -> dict[str, Any]:
    """The fields of the form beside what they judge."""
    expected = {aspect.value: text for aspect, text in page.plan.content.behaviours}
    values = page.setup.has_values
    return {
        "form": form,
        "result_rows": [
            (
                row,
                [
                    (item, form[f"k{item.item.indicator_id}"], form[f"a{item.item.indicator_id}"])
                    for item in row.indicators
                ],
                form[f"h{row.result.result_id}"],
            )
            for row in page.desk.results
        ],
        "behaviour_rows": [
            (
                aspect,
                expected.get(aspect.key, ""),
                [form[name] for name in ([aspect.key] if values else []) + [f"u_{aspect.key}"]],
            )
            for aspect in page.setup.aspects
        ],
        "idea_fields": [form["idea"], form["idea_note"]] if page.setup.idea else [],
        "rating_fields": [
            form[name]
            for name in ("results_rating", "behaviour_rating", "rating_reason", "recommendation")
            if name in form.fields
        ],
    }


def _draft_text(draft: ScoreDraft | None) -> str:
    """Since when the fields hold more than the stored score; empty without a draft."""
    if draft is None:
        return ""
    kept = format_moment(draft.saved_at)
    return f"Disimpan {kept}. Isian di bawah belum menjadi nilai. Tekan Simpan nilai bila sudah selesai."
