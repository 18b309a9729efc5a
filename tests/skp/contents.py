"""Plan contents as plain values, for tests of pure rules."""

from dataclasses import replace
from decimal import Decimal

from skp.content import IndicatorContent, PlanContent, ResultContent
from skp.enums import Aspect, CascadeMethod, Direction, ResultKind, Rollup, Scheme

INDICATOR = IndicatorContent(
    planned_id=31,
    indicator_id=21,
    key="i1",
    aspect=Aspect.QUANTITY,
    text="Jumlah laporan selesai",
    target_min=Decimal(12),
    target_max=Decimal(12),
    unit="laporan",
    direction=Direction.NORMAL,
    target_is_maximum=False,
    rollup=Rollup.SUM,
)
RESULT = ResultContent(
    planned_id=11,
    result_id=1,
    key="r1",
    kind=ResultKind.MAIN,
    text="Tersusunnya laporan kinerja",
    parent_id=90,
    parent_key="p1",
    parent_text="Meningkatnya akuntabilitas",
    cascade_method=CascadeMethod.DIRECT,
    source=None,
    scope=1,
    assigned_by="",
    indicators=(INDICATOR,),
)
SECOND = replace(RESULT, planned_id=12, result_id=2, key="r2", text="Terlayaninya permintaan data")


def content(*results: ResultContent, scheme: Scheme = Scheme.JA_JF) -> PlanContent:
    """A plan of these results, of two sound ones when none is given."""
    return PlanContent(scheme=scheme, approach="quantitative", results=results or (RESULT, SECOND))
