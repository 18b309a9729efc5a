"""D8, the numeric score: the sheet of results by scheme, and the sheet on which they become one number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.documents.figures import given_indicators, scored_realisation, scored_target, two
from assessments.schemes.arithmetic import ONE, ZERO, share
from assessments.schemes.jpt import source_weights
from assessments.schemes.numeric import numeric_score
from assessments.schemes.types import NumericScore, PlanInput, ScoredIndicator, ScoredResult
from assessments.selectors.documents import Source
from skp.content import IndicatorContent, ResultContent
from skp.enums import CascadeMethod, ResultKind, ResultSource, Scheme

Content = Mapping[str, object]
Rows = list[tuple[int, ResultContent, ScoredResult]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A plan beside the score that its stored inputs give again."""

    source: Source
    plan: PlanInput
    score: NumericScore

    def rows(self, kind: ResultKind) -> Rows:
        """The results of that kind with their place in the plan."""
        both = zip(self.source.content.results, self.score.results, strict=True)
        return [
            (index, planned, scored) for index, (planned, scored) in enumerate(both) if planned.kind == kind
        ]


def score_content(source: Source, head: Content) -> Content:
    """D8 of a version with numbers; ValueError for one without."""
    plan = source.stored.plan
    if plan is None:
        raise ValueError("a version of regime quadrant has no numbers")
    sheet = _Sheet(source, plan, numeric_score(plan, source.stored.settings))
    jpt = source.content.scheme == Scheme.JPT
    return {
        **head,
        "bands": [*(_jpt_bands(sheet) if jpt else _main_band(sheet)), _additional_band(sheet)],
        "skp": two(source.version.skp_value),
        **_second_sheet(sheet),
    }


def _main_band(sheet: _Sheet) -> list[Content]:
    """Main results of ``ja_jf``, of whose weighted values the mean is taken."""
    return [
        {
            "title": "A. KINERJA UTAMA",
            "results": [_result(sheet, *row) for row in sheet.rows(ResultKind.MAIN)],
            "foot": "Rata-rata nilai tertimbang kinerja utama",
            "sum": two(sheet.score.exact.main),
        }
    ]


def _jpt_bands(sheet: _Sheet) -> list[Content]:
    """Main results of ``jpt`` by source; each adds its share."""
    rows = sheet.rows(ResultKind.MAIN)
    present = {planned.source for _, planned, _ in rows if planned.source}
    weights = source_weights(present, sheet.source.stored.settings)
    bands: list[Content] = []
    for source in ResultSource:
        own = [row for row in rows if row[1].source == source]
        if own:
            bands.append(
                {
                    "title": f"A. KINERJA UTAMA – {source.label.upper()} (BOBOT {share(weights[source])})",
                    "results": [_result(sheet, *row) for row in own],
                    "foot": f"Jumlah nilai tertimbang, {source.label.lower()}",
                    "sum": two(_sum(scored.weighted for _, _, scored in own)),
                }
            )
    return bands


def _additional_band(sheet: _Sheet) -> Content:
    return {
        "title": "B. KINERJA TAMBAHAN",
        "results": [_result(sheet, *row) for row in sheet.rows(ResultKind.ADDITIONAL)],
        "foot": "Jumlah nilai kinerja tambahan (paling tinggi 10)",
        "sum": two(sheet.score.exact.additional),
    }


def _result(sheet: _Sheet, index: int, planned: ResultContent, scored: ScoredResult) -> Content:
    given = given_indicators(sheet.source, index)
    jpt = scored.category is None
    return {
        "parent": planned.parent_text or planned.agreement_text,
        "perspective": planned.perspective.label if planned.perspective else "",
        "text": planned.text,
        "category": scored.category.label if scored.category else "",
        "value": two(scored.value),
        "method": _method(planned, scored),
        "weighted": two(scored.weighted),
        "indicators": [
            {
                "aspect": item.aspect.label,
                "text": item.text,
                "target": scored_target(sheet.source, item, one),
                "realisation": scored_realisation(sheet.source, item, one),
                **_achieved(item, reached, jpt=jpt),
            }
            for item, one, reached in zip(planned.indicators, given, scored.indicators, strict=True)
        ],
    }


def _achieved(item: IndicatorContent, reached: ScoredIndicator, *, jpt: bool) -> Content:
    """Achievement in percent and its category; ``value`` is empty where only the result has one."""
    return {
        "achievement": f"{two(reached.achievement)} %",
        "category": reached.category.label,
        "value": two(reached.value) if jpt else "",
    }


def _method(planned: ResultContent, scored: ScoredResult) -> str:
    """ "Langsung (direct)", or with the superior's value that it takes over; empty where nothing cascades."""
    if planned.kind != ResultKind.MAIN or planned.cascade_method is None:
        return ""
    label = str(CascadeMethod(planned.cascade_method).label)
    if scored.superior_value is None:
        return label
    note = ", sementara" if scored.provisional else ""
    return f"{label}; nilai atasan {two(scored.superior_value)}{note}"


def _second_sheet(sheet: _Sheet) -> Content:
    """From the two values to one number, and the words read from it; the final is of the unrounded parts."""
    version, exact = sheet.source.version, sheet.score.exact
    skp_share = sheet.plan.weighting.skp_share
    return {
        "behaviour": two(version.behaviour_value),
        "skp_share": share(skp_share),
        "behaviour_share": share(ONE - skp_share),
        "skp_weighted": two(skp_share * exact.skp),
        "behaviour_weighted": two((ONE - skp_share) * exact.behaviour),
        "four": version.four,
        "results_rating": version.results_rating,
        "behaviour_rating": version.behaviour_rating,
        "rating_reason": version.rating_reason,
        "new_idea": version.new_idea,
        "provisional": version.provisional,
        "recommendation": version.recommendation,
        "superior": sheet.source.parties["superior"],
    }


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)
