"""What a score rests on must still hold when it is given to its owner."""

from assessments.enums import OrgPerformance
from assessments.inputs import read_input_text
from assessments.models import AssessmentVersion
from assessments.selectors.inputs import scoring_settings
from assessments.selectors.quadrant import performance_of
from assessments.services.steps import Judging
from config.lib.errors import DomainError
from skp.enums import Regime

SETTINGS_CHANGED = (
    "Ketentuan penilaian periode ini diubah sesudah SKP ini dinilai. Nilai lagi SKP ini, lalu sampaikan."
)
PERFORMANCE_CHANGED = (
    "Capaian organisasi unit kerja ini diubah sesudah pimpinannya dinilai. "
    + "Nilai lagi SKP ini, lalu sampaikan."
)


def require_basis(judging: Judging, version: AssessmentVersion) -> None:
    """Raise DomainError where settings, or a head's unit's achievement, are others than were scored with.

    The appraiser scores again: a system that did it alone would put its words into the appraiser's mouth.
    """
    skp = judging.skp
    if read_input_text(version.inputs_text).settings != scoring_settings(skp.period_id):
        raise DomainError(SETTINGS_CHANGED)
    if skp.period.regime != Regime.QUADRANT or not skp.assignment.is_head:
        return
    was = OrgPerformance(version.org_performance) if version.org_performance else None
    if was != performance_of(skp.period_id, skp.assignment.unit_id):
        raise DomainError(PERFORMANCE_CHANGED)
