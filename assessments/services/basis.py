"""What a score rests on must still hold when it is given to its owner."""

from assessments.enums import OrgPerformance
from assessments.inputs import read_input_text, target_of
from assessments.models import AssessmentVersion
from assessments.schemes.types import PlanInput
from assessments.selectors.inputs import part_of_year, scoring_settings
from assessments.selectors.quadrant import performance_of
from assessments.services.steps import Judging, content_in_force
from config.lib.errors import DomainError
from skp.enums import Regime

SETTINGS_CHANGED = (
    "Ketentuan penilaian periode ini diubah sesudah SKP ini dinilai. Nilai lagi SKP ini, lalu sampaikan."
)
PERFORMANCE_CHANGED = (
    "Capaian organisasi unit kerja ini diubah sesudah pimpinannya dinilai. "
    + "Nilai lagi SKP ini, lalu sampaikan."
)

PLAN_ENDED = (
    "SKP ini ditutup lebih awal sesudah dinilai, sehingga targetnya mengikuti lamanya. "
    + "Nilai lagi SKP ini, lalu sampaikan."
)


def require_basis(judging: Judging, version: AssessmentVersion) -> None:
    """Raise DomainError where settings, targets, or a head's unit's achievement were others when scored.

    The appraiser scores again: a system that did it alone would put its words into the appraiser's mouth.
    """
    skp = judging.skp
    stored = read_input_text(version.inputs_text)
    if stored.settings != scoring_settings(skp.period_id):
        raise DomainError(SETTINGS_CHANGED)
    if stored.plan is not None and not _same_targets(judging, stored.plan):
        raise DomainError(PLAN_ENDED)
    if skp.period.regime != Regime.QUADRANT or not skp.assignment.is_head:
        return
    was = OrgPerformance(version.org_performance) if version.org_performance else None
    if was != performance_of(skp.period_id, skp.assignment.unit_id):
        raise DomainError(PERFORMANCE_CHANGED)


def _same_targets(judging: Judging, scored: PlanInput) -> bool:
    """Whether the targets are those that the plan has now; only one that closed early can have others."""
    part = part_of_year(judging.skp)
    if part is None:
        return True
    planned = [item for result in content_in_force(judging.skp).results for item in result.indicators]
    used = [item for result in scored.results for item in result.indicators]
    return [target_of(item, part) for item in planned] == [(one.target_min, one.target_max) for one in used]
