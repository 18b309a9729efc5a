"""Targets, realisations, feedback and numbers as the documents of a score print them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from assessments.schemes.arithmetic import printed
from assessments.schemes.types import IndicatorInput, ResultInput
from assessments.selectors.documents import Source
from config.lib.numbers import show_decimal
from skp.content import IndicatorContent, ResultContent
from skp.documents.contents import shown_target

# What the feedback given with the score is called beside that of the intervals.
WITH_SCORE = "Penilaian"


def two(value: Decimal | None) -> str:
    """ "1.109,60": half-up to two decimals, Indonesian separators; empty for None."""
    if value is None:
        return ""
    whole, _, cents = format(printed(value), ",.2f").partition(".")
    return f"{whole.replace(',', '.')},{cents}"


def given_indicators(source: Source, index: int) -> tuple[IndicatorInput | None, ...]:
    """What was scored of each indicator of the result at ``index``; None in regime ``quadrant``."""
    result: ResultInput | None = source.stored.plan.results[index] if source.stored.plan else None
    planned = source.content.results[index].indicators
    return result.indicators if result else (None,) * len(planned)


def scored_target(source: Source, item: IndicatorContent, given: IndicatorInput | None) -> str:
    """ "12 laporan"; of a plan that closed early "6 laporan (setahun 12 laporan)"."""
    text = shown_target(item, source.content.approach)
    if given is None or (given.target_min, given.target_max) == (item.target_min, item.target_max):
        return text
    part = replace(item, target_min=given.target_min, target_max=given.target_max)
    return f"{shown_target(part, source.content.approach)} (setahun {text})"


def scored_realisation(source: Source, item: IndicatorContent, given: IndicatorInput | None) -> str:
    """The value that counts, "13 laporan"; empty while there is none."""
    row = source.reached.get(item.indicator_id)
    value = given.realisation if given else row.scored_value if row else None
    return "" if value is None else f"{show_decimal(value)} {item.unit}".strip()


def realisation_remarks(source: Source, item: IndicatorContent) -> list[str]:
    """The owner's own value where it was corrected, with the reason; the note; how much evidence there is."""
    row, count = source.reached.get(item.indicator_id), source.evidence.get(item.indicator_id, 0)
    remarks = []
    if row and row.corrected_value is not None:
        reported = f"{show_decimal(row.value)} {item.unit}".strip()
        remarks.append(f"Dilaporkan {reported}, dikoreksi pejabat penilai: {row.correction_reason}")
    if row and row.note:
        remarks.append(row.note)
    remarks.append(f"Bukti dukung: {count or 'tidak ada'}")
    return remarks


def feedback_on(source: Source, result: ResultContent) -> list[Mapping[str, str]]:
    """What the appraiser said of a result in the year and with the score, the oldest first."""
    said = list(source.running.get(result.result_id, ()))
    last = source.feedback.get(result.result_id, "")
    return [{"when": when, "text": text} for when, text in (*said, *([(WITH_SCORE, last)] if last else []))]
