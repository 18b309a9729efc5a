"""What ``calculate_score`` takes: a plan or two ratings as JSON."""

from dataclasses import dataclass
from decimal import Decimal

from assessments.enums import Rating, Weighting
from assessments.json_fields import ROOT, Field, InputFault, parsed
from assessments.schemes.types import IndicatorInput, PlanInput, ResultInput
from skp.enums import Aspect, CascadeMethod, Direction, Regime, ResultKind, ResultSource, Scheme

HIGHEST_VALUE = Decimal(120)
MAX_INDICATORS = 4


@dataclass(frozen=True, slots=True)
class QuadrantInput:
    """The two ratings of regime ``quadrant``."""

    results: Rating
    behaviour: Rating


def read_score_input(text: str) -> PlanInput | QuadrantInput:
    """The plan or the ratings in ``text``; raises InputFault at the first fault."""
    root = Field(ROOT, parsed(text))
    regime = root.member("regime").choice(Regime)
    if regime == Regime.QUADRANT:
        ratings = root.keys(required=("regime", "results_rating", "behaviour_rating"))
        return QuadrantInput(
            results=ratings["results_rating"].choice(Rating),
            behaviour=ratings["behaviour_rating"].choice(Rating),
        )
    if regime == Regime.PP46:
        raise InputFault("regime: pp46 belum dapat dihitung, pilih numeric atau quadrant.")
    return _plan(root)


def _plan(root: Field) -> PlanInput:
    fields = root.keys(required=("regime", "position", "weights", "new_idea", "results", "behaviour"))
    scheme = fields["position"].choice(Scheme)
    weighting = fields["weights"].choice(Weighting)
    new_idea = fields["new_idea"].flag()
    results = tuple(
        _result(item, scheme) for item in fields["results"].items("paling sedikit satu hasil kerja utama.")
    )
    if not any(result.kind == ResultKind.MAIN for result in results):
        raise fields["results"].fault("paling sedikit satu hasil kerja utama.")
    behaviour = fields["behaviour"].items("paling sedikit satu nilai.")
    return PlanInput(
        scheme=scheme,
        weighting=weighting,
        new_idea=new_idea,
        results=results,
        behaviour=tuple(item.number(HIGHEST_VALUE) for item in behaviour),
    )


def _result(field: Field, scheme: Scheme) -> ResultInput:
    """One result; what does not count for its kind and scheme is not looked at."""
    fields = field.keys(
        required=("kind", "indicators"), optional=("source", "cascade", "superior_value", "scope")
    )
    kind = fields["kind"].choice(ResultKind)
    main_jpt = kind == ResultKind.MAIN and scheme == Scheme.JPT
    main_ja_jf = kind == ResultKind.MAIN and scheme == Scheme.JA_JF
    source = fields["source"].choice(ResultSource) if main_jpt else None
    cascade = fields["cascade"].choice(CascadeMethod) if main_ja_jf else None
    superior_value = None
    if cascade == CascadeMethod.NON_DIRECT:
        superior_value = fields["superior_value"].otherwise(lambda item: item.number(HIGHEST_VALUE), None)
    scope = fields["scope"].otherwise(_scope, 1)
    indicators = fields["indicators"].items("paling sedikit satu indikator.")
    if len(indicators) > MAX_INDICATORS:
        raise fields["indicators"].fault(f"paling banyak {MAX_INDICATORS} indikator.")
    return ResultInput(
        kind=kind,
        indicators=tuple(_indicator(item) for item in indicators),
        source=source,
        cascade=cascade,
        superior_value=superior_value,
        scope=scope,
    )


def _scope(field: Field) -> int:
    value = field.number()
    if value not in (1, 2, 3):
        raise field.fault("harus 1, 2, atau 3.")
    return int(value)


def _indicator(field: Field) -> IndicatorInput:
    fields = field.keys(required=("aspect", "target", "realisation", "direction", "target_is_maximum"))
    direction = fields["direction"].choice(Direction)
    low, high = _target(fields["target"])
    if high == 0 and direction != Direction.SPECIAL:
        raise fields["target"].fault("target 0 hanya berlaku untuk direction special.")
    return IndicatorInput(
        aspect=fields["aspect"].choice(Aspect),
        target_min=low,
        target_max=high,
        realisation=fields["realisation"].number(),
        direction=direction,
        target_is_maximum=fields["target_is_maximum"].flag(),
    )


def _target(field: Field) -> tuple[Decimal, Decimal]:
    if not isinstance(field.value, list):
        single = field.number()
        return single, single
    bounds = field.items("harus berisi dua angka, terendah dan tertinggi.")
    if len(bounds) != 2:
        raise field.fault("harus berisi dua angka, terendah dan tertinggi.")
    low, high = (bound.number() for bound in bounds)
    if low > high:
        raise field.fault("angka terendah lebih besar daripada angka tertinggi.")
    return low, high
