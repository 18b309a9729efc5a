"""What the appraiser has at hand: targets, quarters, realisations, evidence, comments."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assessments.inputs import target_of
from assessments.models import ScoreDraft
from assessments.schemes.prorating import PartOfYear
from assessments.selectors.inputs import part_of_year
from config.lib.numbers import show_decimal, trimmed
from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.facts import PlanFacts
from skp.models import AnnualRealisation, Evidence, Feedback, Skp
from skp.selectors.progress import Entry, asked_of, entries_of, feedback_of


@dataclass(frozen=True, slots=True)
class Reported:
    """The owner's realisation and what the appraiser put in its place; None where there is none."""

    value: Decimal
    corrected: Decimal | None
    reason: str

    @property
    def scored(self) -> Decimal:
        """The value that counts."""
        return self.value if self.corrected is None else self.corrected


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator with all that was told of it; ``reported`` is None while it is missing.

    ``target`` is the one that is scored, ``planned`` the plan's own where the plan closed early, else "".
    """

    item: IndicatorContent
    target: str
    planned: str
    reported: Reported | None
    quarters: tuple[tuple[str, Entry | None], ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result with its indicators and the comments that were made on it during the year."""

    result: ResultContent
    indicators: tuple[IndicatorRow, ...]
    comments: tuple[Feedback, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that is read beside the judgment."""

    results: tuple[ResultRow, ...]
    comments: tuple[Feedback, ...]
    reported: Mapping[int, Reported]

    @property
    def realisations(self) -> dict[int, Decimal]:
        """The value that counts of each indicator that has one."""
        return {key: row.scored for key, row in self.reported.items()}


def desk_of(skp: Skp, facts: PlanFacts, content: PlanContent) -> Desk:
    """The results of the plan in force with what was told of them, in four queries."""
    ids = content.indicator_ids
    reported, entries, proof = reported_of(ids), entries_of(ids), _evidence(ids)
    comments, part = feedback_of(skp.pk), part_of_year(skp)
    names = [(interval.number, interval.name) for interval in asked_of(skp, facts)]

    def row(item: IndicatorContent) -> IndicatorRow:
        told = entries.get(item.indicator_id, {})
        return IndicatorRow(
            item=item,
            target=_target(item, part),
            planned=_target(item, None) if _target(item, part) != _target(item, None) else "",
            reported=reported.get(item.indicator_id),
            quarters=tuple((name, told.get(number)) for number, name in names),
            evidence=tuple(proof.get(item.indicator_id, ())),
        )

    return Desk(
        tuple(
            ResultRow(
                result,
                tuple(row(item) for item in result.indicators),
                tuple(comments.get(result.result_id, ())),
            )
            for result in content.results
        ),
        tuple(comments.get(None, ())),
        reported,
    )


def reported_of(indicator_ids: Collection[int]) -> dict[int, Reported]:
    """The realisations of the year by indicator; an indicator without one is absent, never 0."""
    return {
        row.indicator_id: Reported(
            trimmed(row.value),
            None if row.corrected_value is None else trimmed(row.corrected_value),
            row.correction_reason,
        )
        for row in AnnualRealisation.objects.filter(indicator_id__in=indicator_ids)
    }


def _evidence(indicator_ids: Collection[int]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = {}
    for row in Evidence.objects.filter(indicator_id__in=indicator_ids).order_by("interval", "pk"):
        found.setdefault(row.indicator_id, []).append(row)
    return found


def _target(item: IndicatorContent, part: PartOfYear | None) -> str:
    """The target in words: "12 laporan", "3 – 5 hari", or the narrative expectation."""
    if item.target_text:
        return item.target_text
    low, high = (show_decimal(trimmed(bound)) for bound in target_of(item, part))
    return f"{low if low == high else f'{low} – {high}'} {item.unit}"


def draft_of(assessment_id: int) -> ScoreDraft | None:
    """What the appraiser has typed and not scored yet; the caller knows that the viewer is the appraiser."""
    return ScoreDraft.objects.filter(assessment=assessment_id).first()
