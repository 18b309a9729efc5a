"""The words of judgment: categories, ratings, predicates."""

from decimal import Decimal

from django.db.models import TextChoices


class AssessmentEvent(TextChoices):
    """What the audit trail calls what happens here."""

    ACHIEVEMENT_SET = "achievement.set", "Capaian organisasi ditetapkan"
    DISTRIBUTION_REASON = "distribution.reason", "Alasan pola distribusi dicatat"
    HISTORY_IMPORTED = "history.imported", "Hasil tahun sebelumnya diimpor"
    SCORING_CHANGED = "scoring.changed", "Ketentuan penilaian diubah"
    UNLOCK_ASKED = "unlock.asked", "Buka kunci penilaian diminta"
    UNLOCK_WITHDRAWN = "unlock.withdrawn", "Permintaan buka kunci ditarik"
    UNLOCKED = "unlock.confirmed", "Kunci penilaian dibuka"


class Category(TextChoices):
    """Word of a percentage, a result or a final score in regime ``numeric`` (PP 30/2019 art. 41)."""

    VERY_GOOD = "very_good", "Sangat Baik"
    GOOD = "good", "Baik"
    FAIR = "fair", "Cukup"
    POOR = "poor", "Kurang"
    VERY_POOR = "very_poor", "Sangat Kurang"


class Rating(TextChoices):
    """Rating of results or of behaviour against expectation (PermenPANRB 6/2022)."""

    ABOVE = "above", "Di atas ekspektasi"
    AS_EXPECTED = "as", "Sesuai ekspektasi"
    BELOW = "below", "Di bawah ekspektasi"


class NationalPredicate(TextChoices):
    """Predicate of the quadrant, best first (PermenPANRB 6/2022)."""

    VERY_GOOD = "very_good", "Sangat Baik"
    GOOD = "good", "Baik"
    NEEDS_IMPROVEMENT = "needs_improvement", "Butuh Perbaikan"
    POOR = "poor", "Kurang/Misconduct"
    VERY_POOR = "very_poor", "Sangat Kurang"


class FourPredicate(TextChoices):
    """The regency's word, best first; no regulation behind it."""

    SATISFACTORY = "satisfactory", "Memuaskan"
    GOOD = "good", "Baik"
    BAD = "bad", "Buruk"
    VERY_BAD = "very_bad", "Sangat Buruk"

    @property
    def tone(self) -> str:
        """The sentiment in which the predicate is shown."""
        return {
            FourPredicate.SATISFACTORY: "strong",
            FourPredicate.GOOD: "good",
            FourPredicate.BAD: "warn",
            FourPredicate.VERY_BAD: "bad",
        }[self]

    @property
    def icon(self) -> str:
        """The icon that stands beside the word."""
        return {
            FourPredicate.SATISFACTORY: "check-check",
            FourPredicate.GOOD: "check",
            FourPredicate.BAD: "circle-alert",
            FourPredicate.VERY_BAD: "x",
        }[self]


class OrgPerformance(TextChoices):
    """Achievement of a unit, set by the leader one level up (SE MenPANRB 3/2023)."""

    OUTSTANDING = "outstanding", "Istimewa"
    GOOD = "good", "Baik"
    NEEDS_IMPROVEMENT = "needs_improvement", "Butuh Perbaikan"
    POOR = "poor", "Kurang"
    VERY_POOR = "very_poor", "Sangat Kurang"

    @property
    def tone(self) -> str:
        """The sentiment in which the achievement is shown."""
        return {
            OrgPerformance.OUTSTANDING: "strong",
            OrgPerformance.GOOD: "good",
            OrgPerformance.NEEDS_IMPROVEMENT: "warn",
        }.get(self, "bad")

    @property
    def icon(self) -> str:
        """The icon that stands beside the word."""
        return {
            OrgPerformance.OUTSTANDING: "check-check",
            OrgPerformance.GOOD: "check",
            OrgPerformance.NEEDS_IMPROVEMENT: "circle-alert",
        }.get(self, "x")


class AspectSet(TextChoices):
    """Which aspects of behaviour are judged: the seven BerAKHLAK values or those of PP 30/2019."""

    BERAKHLAK = "berakhlak", "Tujuh nilai BerAKHLAK"
    PP30 = "pp30", "Aspek PP 30/2019"


class Weighting(TextChoices):
    """Weights of SKP value and behaviour in the final score (PP 30/2019 art. 41)."""

    SEVENTY_THIRTY = "70/30", "70/30"
    SIXTY_FORTY = "60/40", "60/40 (dengan pendapat rekan kerja dan bawahan)"

    @property
    def skp_share(self) -> Decimal:
        """Share of the SKP value, 0–1; behaviour has the rest."""
        return Decimal("0.7") if self is Weighting.SEVENTY_THIRTY else Decimal("0.6")
