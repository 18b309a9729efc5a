"""The numbers by which a period is scored: as they stand, how they came about, whether they may change."""

from dataclasses import dataclass

from assessments.models import Assessment, Delivery, ScoringVersion
from assessments.schemes.settings import DEFAULTS, ScoringSettings
from assessments.states import AssessmentStatus
from config.lib.decisions import ALLOWED, Decision, refused
from skp.models import Period

LOCKED = (
    "Ketentuan penilaian periode ini terkunci: sudah ada hasil penilaian yang disampaikan. "
    "Perubahan hanya dapat disimulasikan."
)


@dataclass(frozen=True, slots=True)
class ScoringState:
    """``number`` is that of the newest version, 0 for the defaults; ``versions`` newest first."""

    settings: ScoringSettings
    number: int
    versions: tuple[ScoringVersion, ...]

    @property
    def history(self) -> tuple[ScoringSettings, ...]:
        """Every settings by which a score of the period can have been made."""
        return (DEFAULTS, *(ScoringSettings.from_text(version.text) for version in self.versions))


def scoring_state(period: Period) -> ScoringState:
    """The period's numbers with their history, in one query."""
    versions = tuple(ScoringVersion.objects.filter(period=period).select_related("changed_by"))
    settings = ScoringSettings.from_text(versions[0].text) if versions else DEFAULTS
    return ScoringState(settings, versions[0].number if versions else 0, versions)


def scoring_open(period: Period) -> Decision:
    """Whether the numbers may still change: not once a result of the period was delivered."""
    given = Delivery.objects.filter(version__assessment__skp__period=period)
    return refused(LOCKED) if given.exists() else ALLOWED


def scored_undelivered(period_id: int) -> list[int]:
    """The assessments of the period that are scored and not delivered."""
    rows = Assessment.objects.filter(skp__period=period_id, status=AssessmentStatus.SCORED)
    return list(rows.values_list("pk", flat=True))
