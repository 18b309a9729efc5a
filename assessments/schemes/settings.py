"""Every number of scoring that no regulation fixes: default, basis and where it comes from.

``practice`` is how offices and public software apply the regulation, ``ours`` has no regulation behind it.
Numbers of the regulations themselves stand as constants beside the rule that uses them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Annotated, Any

from assessments.enums import AspectSet, Category
from config.lib.canonical import canonical_text
from config.lib.notes import Basis, Note

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class ByCategory:
    """One number for each category."""

    very_good: Decimal
    good: Decimal
    fair: Decimal
    poor: Decimal
    very_poor: Decimal

    def of(self, category: Category) -> Decimal:
        """The number of ``category``."""
        return self.items()[category]

    def items(self) -> Mapping[Category, Decimal]:
        """All five, best first."""
        return {
            Category.VERY_GOOD: self.very_good,
            Category.GOOD: self.good,
            Category.FAIR: self.fair,
            Category.POOR: self.poor,
            Category.VERY_POOR: self.very_poor,
        }


def _each(*numbers: str) -> ByCategory:
    return ByCategory(*(Decimal(number) for number in numbers))


_POINTS = _each("16", "13", "8", "3", "1")
_POINT_BOUNDS = _each("42", "34", "19", "7", "0")
_RESULT_VALUES = _each("120", "100", "80", "60", "25")
_SUPERIOR_SHARES = _each("0.20", "0.20", "0.10", "0.05", "0.01")
_ADDITIONAL_WEIGHTS = _each("1", "0.80", "0.60", "0.40", "0.20")
_SCOPE_WEIGHTS = (Decimal("0.01"), Decimal("0.02"), Decimal("0.03"))


def _practice(label: str, low: int, high: int, text: str = "") -> Note:
    return Note(Basis.PRACTICE, text, label, low=low, high=high)


def _ours(label: str, low: int = 0, high: int = 0, text: str = "") -> Note:
    return Note(Basis.OURS, text, label, low=low, high=high)


@dataclass(frozen=True, slots=True)
class ScoringSettings:
    """The settings of one period; the instance without arguments holds the defaults.

    The note of each field gives its meaning, basis and inclusive bounds, which hold for every number of it;
    ``setting_rules`` holds the rules between numbers.
    """

    points: Annotated[ByCategory, _practice("Poin kategori capaian indikator", 0, 100)] = _POINTS
    point_bounds: Annotated[
        ByCategory,
        _practice("Poin terendah tiap kategori hasil kerja", 0, 300, "42 bagi hasil utama belum diatur."),
    ] = _POINT_BOUNDS
    result_values: Annotated[ByCategory, _practice("Nilai kategori hasil kerja", 0, 120)] = _RESULT_VALUES
    own_share: Annotated[Decimal, _practice("Bagian nilai sendiri pada cascading non-direct", 0, 1)] = (
        Decimal("0.80")
    )
    superior_shares: Annotated[
        ByCategory, _practice("Bagian nilai pimpinan (k) pada non-direct", 0, 1, "Menurut kategori sendiri.")
    ] = _SUPERIOR_SHARES
    superior_value_unknown: Annotated[
        Decimal, _ours("Nilai pimpinan selama belum disampaikan atau tidak ada", 0, 120)
    ] = Decimal(100)
    additional_weights: Annotated[ByCategory, _practice("Bobot kategori hasil kerja tambahan", 0, 1)] = (
        _ADDITIONAL_WEIGHTS
    )
    scope_weights: Annotated[
        tuple[Decimal, Decimal, Decimal], _practice("Bobot lingkup 1, 2, 3 hasil kerja tambahan", 0, 1)
    ] = _SCOPE_WEIGHTS
    agreement_weight: Annotated[Decimal, _practice("Bobot hasil JPT dari perjanjian kinerja", 0, 1)] = (
        Decimal("0.60")
    )
    initiative_weight: Annotated[Decimal, _practice("Bobot hasil JPT dari inisiatif strategis", 0, 1)] = (
        Decimal("0.40")
    )
    jpt_value_at_101: Annotated[
        Decimal, _practice("Nilai JPT pada 101 %", 109, 120, "Naik lurus ke 120 pada 110 %.")
    ] = Decimal(110)
    superior_opinion: Annotated[Decimal, _practice("Bobot pendapat atasan atas perilaku kerja", 0, 100)] = (
        Decimal(60)
    )
    peers_opinion: Annotated[Decimal, _practice("Bobot pendapat rekan kerja", 0, 100)] = Decimal(20)
    subordinates_opinion: Annotated[Decimal, _practice("Bobot pendapat bawahan", 0, 100)] = Decimal(20)
    poor_from: Annotated[Decimal, _practice("Nilai akhir terendah kategori Kurang", 0, 120)] = Decimal(50)
    results_above_ja_jf: Annotated[
        Decimal, _ours("Nilai SKP JA/JF di atas ini: usul di atas ekspektasi", 0, 120)
    ] = Decimal(100)
    results_above_jpt: Annotated[
        Decimal, _ours("Nilai SKP JPT di atas ini: usul di atas ekspektasi", 0, 120)
    ] = Decimal(109)
    results_expected_from: Annotated[
        Decimal, _ours("Nilai SKP mulai ini: usul sesuai ekspektasi", 0, 120)
    ] = Decimal(90)
    behaviour_above_from: Annotated[
        Decimal, _ours("Nilai perilaku mulai ini: usul di atas ekspektasi", 0, 120)
    ] = Decimal(110)
    behaviour_expected_from: Annotated[
        Decimal, _ours("Nilai perilaku mulai ini: usul sesuai ekspektasi", 0, 120)
    ] = Decimal(90)
    aspects: Annotated[AspectSet, _ours("Aspek perilaku kerja yang dinilai")] = AspectSet.BERAKHLAK
    four_good_from: Annotated[Decimal, _ours("Nilai akhir terendah Baik (empat predikat)", 0, 120)] = Decimal(
        90
    )
    four_bad_from: Annotated[Decimal, _ours("Nilai akhir terendah Buruk (empat predikat)", 0, 120)] = Decimal(
        50
    )

    def as_plain(self) -> dict[str, object]:
        """Every setting by its name, numbers as text, for canonical text."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    def to_text(self) -> str:
        """The canonical text kept with a period and with every score."""
        return canonical_text(self.as_plain(), schema_version=SCHEMA_VERSION)

    @classmethod
    def from_plain(cls, stored: Mapping[str, object]) -> "ScoringSettings":
        """Settings read back; one that is not there keeps its default. Raises ValueError on another shape."""
        known = {
            field.name: _read(field.default, stored[field.name])
            for field in fields(cls)
            if field.name in stored
        }
        return cls(**known)

    @classmethod
    def from_text(cls, text: str) -> "ScoringSettings":
        """Settings read back from their canonical text, the defaults from an empty one."""
        return cls.from_plain(json.loads(text) if text else {})


def _plain(value: object) -> object:
    match value:
        case AspectSet():
            return value.value
        case Decimal():
            return format(value, "f")
        case ByCategory():
            return {word.value: format(number, "f") for word, number in value.items().items()}
        case tuple():
            return [format(number, "f") for number in value]
    raise TypeError(f"{type(value).__name__} is no value of scoring")


def _read(default: object, stored: object) -> Any:
    match default, stored:
        case AspectSet(), str():
            return AspectSet(stored)
        case Decimal(), str():
            return Decimal(stored)
        case ByCategory(), dict():
            return ByCategory(**{word: Decimal(number) for word, number in stored.items()})
        case tuple(), list():
            return tuple(Decimal(number) for number in stored)
    raise ValueError(f"{stored!r} is no setting of scoring")


DEFAULTS = ScoringSettings()
