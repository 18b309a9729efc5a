"""Strict reader of the JSON that ``calculate_score`` takes; every fault names the field.

Numbers may be JSON numbers or strings of digits with a decimal point, and are read as ``Decimal``.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NoReturn, TypeVar

from django.db.models import TextChoices

from assessments.enums import Rating, Weighting
from assessments.schemes.types import IndicatorInput, PlanInput, ResultInput
from config.lib.errors import DomainError
from skp.enums import Aspect, CascadeMethod, Direction, Regime, ResultKind, ResultSource, Scheme

C = TypeVar("C", bound=TextChoices)
T = TypeVar("T")

HIGHEST_VALUE = Decimal(120)
# Wider than any unit of measure needs, narrow enough that no digit is lost on the way.
INTEGER_DIGITS, DECIMALS = 15, 8
MAX_INDICATORS = 4
_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_ROOT = "masukan"


class InputFault(DomainError):
    """The input can't be scored; the text begins with the field, as ``results[0].indicators[1].target``."""


@dataclass(frozen=True, slots=True)
class QuadrantInput:
    """The two ratings of regime ``quadrant``."""

    results: Rating
    behaviour: Rating


def read_score_input(text: str) -> PlanInput | QuadrantInput:
    """The plan or the ratings in ``text``; raises InputFault at the first fault."""
    root = _Field(_ROOT, _parsed(text))
    regime = _Field("regime", root.mapping().get("regime", _ABSENT)).choice(Regime)
    if regime == Regime.QUADRANT:
        ratings = root.keys(required=("regime", "results_rating", "behaviour_rating"))
        return QuadrantInput(
            results=ratings["results_rating"].choice(Rating),
            behaviour=ratings["behaviour_rating"].choice(Rating),
        )
    if regime == Regime.PP46:
        raise InputFault("regime: pp46 belum dapat dihitung, pilih numeric atau quadrant.")
    return _plan(root)


def _parsed(text: str) -> object:
    try:
        return json.loads(
            text,
            parse_float=_literal,
            parse_int=_literal,
            parse_constant=_not_a_number,
            object_pairs_hook=_unique_keys,
        )
    except json.JSONDecodeError as error:
        raise InputFault(
            f"{_ROOT}: bukan JSON yang sah (baris {error.lineno}, kolom {error.colno})."
        ) from error
    except RecursionError as error:
        raise InputFault(f"{_ROOT}: susunan JSON terlalu dalam.") from error


def _literal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise InputFault(f"{_ROOT}: angka {text[:20]} di luar batas.") from error


def _not_a_number(text: str) -> NoReturn:
    raise InputFault(f"{_ROOT}: {text} bukan angka.")


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InputFault(f"{key}: ditulis dua kali dalam satu objek.")
        found[key] = value
    return found


class _Absent:
    """Marks a field that is not there, as against one that is null."""


_ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class _Field:
    """A value with the path under which messages name it."""

    path: str
    value: object

    def fault(self, text: str) -> InputFault:
        return InputFault(f"{self.path}: {text}")

    @property
    def given(self) -> bool:
        return self.value is not None and self.value is not _ABSENT

    def _require(self) -> None:
        if self.value is _ABSENT:
            raise self.fault("wajib diisi.")
        if self.value is None:
            raise self.fault("wajib diisi, tidak boleh null.")

    def mapping(self) -> Mapping[str, object]:
        self._require()
        if not isinstance(self.value, dict):
            raise self.fault("harus berupa objek JSON.")
        return self.value

    def keys(self, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, "_Field"]:
        """The known fields of an object; a fault on an unknown or a missing one."""
        found = self.mapping()
        prefix = "" if self.path == _ROOT else f"{self.path}."
        for key in found:
            if key not in required and key not in optional:
                raise InputFault(f"{prefix}{key}: isian tidak dikenal.")
        fields = {key: _Field(f"{prefix}{key}", found.get(key, _ABSENT)) for key in (*required, *optional)}
        for key in required:
            fields[key]._require()
        return fields

    def items(self, empty: str) -> list["_Field"]:
        """The members of a list; ``empty`` is the fault of a list without any."""
        self._require()
        if not isinstance(self.value, list):
            raise self.fault("harus berupa daftar.")
        if not self.value:
            raise self.fault(empty)
        return [_Field(f"{self.path}[{index}]", value) for index, value in enumerate(self.value)]

    def choice(self, choices: type[C]) -> C:
        self._require()
        if not isinstance(self.value, str) or self.value not in choices.values:
            raise self.fault(f"harus salah satu dari {', '.join(choices.values)}.")
        return choices(self.value)

    def flag(self) -> bool:
        self._require()
        if not isinstance(self.value, bool):
            raise self.fault("harus true atau false.")
        return self.value

    def number(self, highest: Decimal | None = None) -> Decimal:
        """A number from 0 to ``highest``."""
        self._require()
        value = self.value
        if isinstance(value, str) and _DIGITS.fullmatch(value):
            value = _literal(value)
        if not isinstance(value, Decimal):
            raise self.fault("harus berupa angka, dengan titik sebagai tanda desimal.")
        if value < 0:
            raise self.fault("tidak boleh negatif.")
        if highest is not None and value > highest:
            raise self.fault(f"paling tinggi {highest}.")
        return self._bounded(value)

    def _bounded(self, value: Decimal) -> Decimal:
        if value == 0:
            return Decimal(0)
        exponent = value.as_tuple().exponent
        if value.adjusted() >= INTEGER_DIGITS or not isinstance(exponent, int):
            raise self.fault(f"paling banyak {INTEGER_DIGITS} angka di depan tanda desimal.")
        if exponent < -DECIMALS and value != round(value, DECIMALS):
            raise self.fault(f"paling banyak {DECIMALS} angka di belakang tanda desimal.")
        return value

    def otherwise(self, read: Callable[["_Field"], T], absent: T) -> T:
        """What ``read`` makes of the field, or ``absent`` when it is not there or null."""
        return read(self) if self.given else absent


def _plan(root: _Field) -> PlanInput:
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


def _result(field: _Field, scheme: Scheme) -> ResultInput:
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


def _scope(field: _Field) -> int:
    value = field.number()
    if value not in (1, 2, 3):
        raise field.fault("harus 1, 2, atau 3.")
    return int(value)


def _indicator(field: _Field) -> IndicatorInput:
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


def _target(field: _Field) -> tuple[Decimal, Decimal]:
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
