"""Is a plan complete enough: a list of named problems, each with the place to mend it (rules.md §3)."""

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.enums import AppendixKind, Approach, Direction, ResultKind, ResultSource, Scheme
from skp.settings import PlanSettings

MAX_INDICATORS = 4
# The parts of the editor that are no result.
RESULTS, BEHAVIOURS, APPENDIX = "hasil-utama", "perilaku", "lampiran"


class Blocks(Enum):
    """What a problem keeps from happening."""

    SUBMIT = "submit"
    AGREE = "agree"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend; ``anchor`` is the id of its place on the page.

    ``section`` is the part of the editor that holds the place: a result's id, ``lampiran``, or empty for
    the list of results.
    """

    text: str
    anchor: str
    blocks: Blocks = Blocks.SUBMIT
    section: str = ""

    @property
    def blocks_submit(self) -> bool:
        """Whether the plan cannot be sent."""
        return self.blocks == Blocks.SUBMIT

    @property
    def is_warning(self) -> bool:
        """Whether the plan can be sent and agreed all the same."""
        return self.blocks == Blocks.NOTHING


def open_problems(problems: list[Problem]) -> int:
    """How many things have still to be mended; warnings don't count."""
    return sum(not problem.is_warning for problem in problems)


def plan_problems(content: PlanContent, settings: PlanSettings) -> list[Problem]:
    """Everything that keeps the plan from being sent or agreed, and warnings, in the order of the page."""
    problems = []
    # One main result is the law's minimum (PermenPANRB 6/2022); more is the period's setting.
    wanted = max(settings.min_main_results, 1)
    if len(content.main) < wanted:
        problems.append(
            Problem(f"Hasil kerja utama baru {len(content.main)}, paling sedikit {wanted}.", RESULTS)
        )
    seen = Counter(same_text(result.text) for result in content.results)
    for number, result in enumerate(content.results, start=1):
        problems += [
            replace(problem, text=f"Hasil {number}: {problem.text}", section=str(result.result_id))
            for problem in _result_problems(result, content, settings, seen[same_text(result.text)])
        ]
    return problems + _appendix_problems(content)


def same_text(text: str) -> str:
    """Texts that differ only in blanks and capitals are the same."""
    return " ".join(text.split()).casefold()


def target_missed(item: IndicatorContent, reached: Decimal) -> bool:
    """Whether the target was missed: below its lower bound, or above it where less is better."""
    return reached > item.target_max if item.direction == Direction.SPECIAL else reached < item.target_min


def _result_problems(
    result: ResultContent, content: PlanContent, settings: PlanSettings, same: int
) -> list[Problem]:
    anchor = f"hasil-{result.result_id}"
    problems = []
    if len(result.text.strip()) < settings.min_text_length:
        problems.append(Problem(f"uraian kurang dari {settings.min_text_length} huruf.", anchor))
    if same > 1:
        problems.append(Problem("uraian sama dengan hasil lain.", anchor))
    if not result.indicators:
        problems.append(Problem("belum ada indikator.", anchor))
    if len(result.indicators) > MAX_INDICATORS:
        problems.append(Problem(f"indikator lebih dari {MAX_INDICATORS}.", anchor))
    for item in result.indicators:
        problems += _indicator_problems(item, content.approach, settings)
    if result.kind == ResultKind.ADDITIONAL:
        if not result.assigned_by.strip():
            problems.append(Problem("pemberi tugas belum ditulis.", anchor))
    elif content.scheme == Scheme.JA_JF:
        problems += _link_problems(result, anchor)
    else:
        problems += _source_problems(result, anchor)
    return problems


def _indicator_problems(item: IndicatorContent, approach: Approach, settings: PlanSettings) -> list[Problem]:
    anchor = f"indikator-{item.indicator_id}"
    problems = []
    if len(item.text.strip()) < settings.min_text_length:
        problems.append(Problem(f"uraian indikator kurang dari {settings.min_text_length} huruf.", anchor))
    if approach == Approach.QUALITATIVE:
        # The expectation stands in words; both numbers are 0 and say nothing.
        if len(item.target_text.strip()) < settings.min_text_length:
            problems.append(
                Problem(f"ekspektasi indikator kurang dari {settings.min_text_length} huruf.", anchor)
            )
        return problems
    if item.target_min > item.target_max:
        problems.append(Problem("target minimum melebihi target maksimum.", anchor))
    if item.target_max == 0 and item.direction == Direction.NORMAL:
        problems.append(Problem("target belum diisi; target 0 hanya untuk arah khusus.", anchor))
    if not item.unit.strip():
        problems.append(Problem("satuan target belum diisi.", anchor))
    return problems


def _source_problems(result: ResultContent, anchor: str) -> list[Problem]:
    """Scheme ``jpt`` weighs main results by their source (rules.md §5.2) and shows their perspective."""
    problems = []
    if result.source is None:
        problems.append(Problem("sumber belum dipilih.", anchor))
    if result.perspective is None:
        problems.append(Problem("perspektif belum dipilih.", anchor))
    if result.source == ResultSource.AGREEMENT and not result.agreement_text.strip():
        problems.append(Problem("acuan perjanjian kinerja belum ditulis.", anchor, Blocks.NOTHING))
    return problems


def _link_problems(result: ResultContent, anchor: str) -> list[Problem]:
    if result.parent_id is None:
        return [
            Problem("belum terhubung ke hasil kerja atasan; belum dapat disetujui.", anchor, Blocks.AGREE)
        ]
    if result.cascade_method is None:
        return [Problem("metode cascading belum dipilih.", anchor)]
    return []


def _appendix_problems(content: PlanContent) -> list[Problem]:
    filled = {kind for kind, _text in content.appendix}
    empty = [kind.label.lower() for kind in AppendixKind if kind not in filled]
    if not empty:
        return []
    return [Problem(f"Lampiran belum diisi: {', '.join(empty)}.", APPENDIX, Blocks.NOTHING, APPENDIX)]
