"""What the demo's appraisers say: behaviour, ratings with their reasons, corrections, a new idea."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from assessments.enums import Rating
from assessments.services.scoring import IdeaDecision
from assessments.services.versions import Judgment
from assessments.states import IdeaVerdict
from config.demo.endings import Ending
from config.demo.reached import Form
from skp.berakhlak import Behaviour
from skp.content import PlanContent
from skp.services.realisations import Correction

# The lowest and highest value of behaviour (0–120) by how the year went.
BEHAVIOUR = {
    Form.ALL_OVER: (112, 119),
    Form.STRONG: (111, 118),
    Form.GOOD: (94, 107),
    Form.MIXED: (86, 94),
    Form.FAILED: (55, 74),
}
FULL = Decimal(120)
# So many aspects of behaviour have a value in a judgment that was begun.
BEGUN = 4
RECOMMENDATIONS = {
    Form.ALL_OVER: "Layak menjadi contoh bagi rekan kerja. Libatkan dalam tim lintas bidang.",
    Form.STRONG: "Pertahankan mutu kerja dan bagikan cara kerjanya kepada rekan satu unit.",
    Form.GOOD: "Sasaran tercapai. Lengkapi bukti dukung setiap triwulan.",
    Form.MIXED: "Susun jadwal kerja bulanan dan laporkan kendala lebih awal.",
    Form.FAILED: "Banjir menunda sebagian besar kegiatan. Susun rencana pemulihan bersama atasan.",
}
FEEDBACK = {
    Form.MIXED: "Capaian di bawah target; penyebabnya sudah dibahas pada pertemuan triwulan IV.",
    Form.FAILED: "Kegiatan baru dimulai pada triwulan IV sesudah banjir surut.",
}
HIGHER = "Menggantikan dua rekan selama tiga bulan tanpa menurunkan mutu layanan."
# Whose first indicator is corrected, to what and why.
CORRECTED = {
    "megawati": ("540", "Dua puluh konsultasi tercatat dua kali pada buku loket."),
}


def judgment_of(ending: Ending, content: PlanContent, chance: Random) -> Judgment:
    """What the appraiser enters; ratings follow the suggestion unless the ending says otherwise."""
    low, high = BEHAVIOUR[ending.form]
    behaviour = {
        aspect.value: FULL if ending.full else Decimal(chance.randint(low, high)) for aspect in Behaviour
    }
    feedback = FEEDBACK.get(ending.form)
    return Judgment(
        behaviour=behaviour,
        behaviour_rating=Rating.ABOVE if ending.rated_higher else None,
        rating_reason=HIGHER if ending.rated_higher else "",
        recommendation=RECOMMENDATIONS[ending.form],
        result_feedback={content.results[0].result_id: feedback} if feedback else {},
    )


def typed_so_far(ending: Ending, chance: Random) -> dict[str, str]:
    """What a draft keeps: the first aspects of behaviour and the recommendation, as the form names them."""
    low, high = BEHAVIOUR[ending.form]
    begun = {aspect.value: str(chance.randint(low, high)) for aspect in list(Behaviour)[:BEGUN]}
    return begun | {"recommendation": RECOMMENDATIONS[ending.form]}


def corrections_of(ending: Ending, content: PlanContent) -> Mapping[int, Correction | None] | None:
    """What the appraiser corrects of the reported realisation, None for nothing."""
    if ending.story.owner not in CORRECTED:
        return None
    value, reason = CORRECTED[ending.story.owner]
    first = content.results[0].indicators[0]
    return {first.indicator_id: Correction(Decimal(value), reason)}


def idea_verdict() -> IdeaDecision:
    """The new idea is proven."""
    return IdeaDecision(IdeaVerdict.VERIFIED, "Dipakai semua bidang sejak triwulan III.")
