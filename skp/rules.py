"""Is a plan complete enough: a list of named problems, each with the place to mend it (rules.md §3)."""

from collections import Counter
from dataclasses import dataclass

from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.enums import Direction, ResultKind, Scheme
from skp.settings import PlanSettings

MAX_INDICATORS = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend; ``anchor`` is the id of its place on the page.

    ``blocks_submit``: the plan cannot be sent; otherwise it can be sent but not agreed.
    """

    text: str
    anchor: str
    blocks_submit: bool = True


def plan_problems(content: PlanContent, settings: PlanSettings) -> list[Problem]:
    """Everything that keeps the plan from being sent or agreed, in the order of the page."""
    problems = []
    # One main result is the law's minimum (PermenPANRB 6/2022); more is the period's setting.
    wanted = max(settings.min_main_results, 1)
    if len(content.main) < wanted:
        problems.append(
            Problem(f"Hasil kerja utama baru {len(content.main)}, paling sedikit {wanted}.", "hasil-utama")
        )
    seen = Counter(_normal(result.text) for result in content.results)
    for number, result in enumerate(content.results, start=1):
        problems += _result_problems(number, result, content.scheme, settings, seen[_normal(result.text)])
    return problems


def _normal(text: str) -> str:
    return " ".join(text.split()).casefold()


def _result_problems(
    number: int, result: ResultContent, scheme: Scheme, settings: PlanSettings, same: int
) -> list[Problem]:
    anchor = f"hasil-{result.result_id}"
    problems = []
    if len(result.text.strip()) < settings.min_text_length:
        problems.append(
            Problem(f"Hasil {number}: uraian kurang dari {settings.min_text_length} huruf.", anchor)
        )
    if same > 1:
        problems.append(Problem(f"Hasil {number}: uraian sama dengan hasil lain.", anchor))
    if not result.indicators:
        problems.append(Problem(f"Hasil {number}: belum ada indikator.", anchor))
    if len(result.indicators) > MAX_INDICATORS:
        problems.append(Problem(f"Hasil {number}: indikator lebih dari {MAX_INDICATORS}.", anchor))
    for item in result.indicators:
        problems += _indicator_problems(number, item, settings)
    if result.kind == ResultKind.MAIN:
        problems += (
            _link_problems(number, result, anchor)
            if scheme == Scheme.JA_JF
            else _source_problems(number, result, anchor)
        )
    return problems


def _indicator_problems(number: int, item: IndicatorContent, settings: PlanSettings) -> list[Problem]:
    anchor = f"indikator-{item.indicator_id}"
    problems = []
    if len(item.text.strip()) < settings.min_text_length:
        problems.append(
            Problem(f"Hasil {number}: uraian indikator kurang dari {settings.min_text_length} huruf.", anchor)
        )
    if item.target_min > item.target_max:
        problems.append(Problem(f"Hasil {number}: target minimum melebihi target maksimum.", anchor))
    if item.target_max == 0 and item.direction == Direction.NORMAL:
        problems.append(Problem(f"Hasil {number}: target 0 hanya untuk arah khusus.", anchor))
    return problems


def _source_problems(number: int, result: ResultContent, anchor: str) -> list[Problem]:
    """Scheme ``jpt`` weighs main results by their source (rules.md §5.2)."""
    if result.source is None:
        return [Problem(f"Hasil {number}: sumber belum dipilih.", anchor)]
    return []


def _link_problems(number: int, result: ResultContent, anchor: str) -> list[Problem]:
    if result.parent_id is None:
        return [
            Problem(
                f"Hasil {number}: belum terhubung ke hasil kerja atasan; belum dapat disetujui.",
                anchor,
                blocks_submit=False,
            )
        ]
    if result.cascade_method is None:
        return [Problem(f"Hasil {number}: metode cascading belum dipilih.", anchor)]
    return []
