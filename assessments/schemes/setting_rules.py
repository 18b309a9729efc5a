"""What keeps settings of scoring from being stored: numbers out of bounds or out of order. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assessments.enums import AspectSet
from assessments.schemes.arithmetic import HUNDRED, ONE
from assessments.schemes.numeric import FAIR_FROM
from assessments.schemes.settings import ByCategory, ScoringSettings
from config.lib.notes import SettingLine, setting_lines
from config.lib.numbers import show_decimal
from skp.settings import SettingProblem

# So many decimals a setting may have.
DECIMALS = 4
# What only words and suggestions are read by: no number of a score changes with them.
WORDS_ONLY = frozenset(
    {
        "poor_from",
        "results_above_ja_jf",
        "results_above_jpt",
        "results_expected_from",
        "behaviour_above_from",
        "behaviour_expected_from",
        "aspects",
        "four_good_from",
        "four_bad_from",
    }
)


def changed_settings(old: ScoringSettings, new: ScoringSettings) -> list[SettingLine]:
    """The settings whose values differ; ``default`` of each line holds the old value."""
    before = {line.name: line.value for line in setting_lines(old)}
    return [
        SettingLine(line.name, before[line.name], line.value, line.note)
        for line in setting_lines(new)
        if before[line.name] != line.value
    ]


def scoring_problems(settings: ScoringSettings) -> tuple[SettingProblem, ...]:
    """Every fault as a sentence with the name of the setting to mend, none when the settings may stand."""
    lines = {line.name: line for line in setting_lines(settings)}
    found = [problem for line in lines.values() for problem in _out_of_bounds(line)]
    found += [SettingProblem(name, f"{lines[name].note.label}: {text}") for name, text in _unfit(settings)]
    return tuple(found)


def same_numbers(one: ScoringSettings, other: ScoringSettings) -> bool:
    """Whether both give every plan the same final score, if not the same words."""
    kept = {name: getattr(one, name) for name in WORDS_ONLY}
    return replace(other, **kept) == one


def numbers_of(value: object) -> tuple[Decimal, ...]:
    """The numbers of a setting, none of one that is a word."""
    match value:
        case Decimal():
            return (value,)
        case ByCategory():
            return tuple(value.items().values())
        case tuple():
            return value
    return ()


def value_words(value: object) -> str:
    """A setting as people read it."""
    match value:
        case AspectSet():
            return str(value.label)
        case ByCategory():
            named = value.items().items()
            return " · ".join(f"{word.label} {show_decimal(number)}" for word, number in named)
    return " · ".join(show_decimal(number) for number in numbers_of(value))


def _out_of_bounds(line: SettingLine) -> Iterator[SettingProblem]:
    numbers, note = numbers_of(line.value), line.note
    if any(not note.low <= number <= note.high for number in numbers):
        yield SettingProblem(line.name, f"{note.label}: harus antara {note.low} dan {note.high}.")
    if any(number != number.quantize(Decimal(1).scaleb(-DECIMALS)) for number in numbers):
        yield SettingProblem(line.name, f"{note.label}: paling banyak {DECIMALS} angka di belakang koma.")


def _unfit(settings: ScoringSettings) -> Iterator[tuple[str, str]]:
    """The rules between numbers: name of the setting, what is wrong."""
    yield from _orders(settings)
    if settings.own_share + max(numbers_of(settings.superior_shares)) > ONE:
        yield "superior_shares", "bersama bagian nilai sendiri paling tinggi 1."
    if settings.agreement_weight + settings.initiative_weight != ONE:
        yield "agreement_weight", "bersama bobot inisiatif strategis harus 1."
    opinions = settings.superior_opinion + settings.peers_opinion + settings.subordinates_opinion
    if opinions != HUNDRED:
        yield "superior_opinion", "bersama bobot rekan kerja dan bawahan harus 100."
    if settings.poor_from >= FAIR_FROM:
        yield "poor_from", f"harus di bawah {FAIR_FROM}, batas Cukup (PP 30/2019 pasal 41)."
    for name in ("results_above_ja_jf", "results_above_jpt"):
        if getattr(settings, name) < settings.results_expected_from:
            yield name, "tidak boleh di bawah batas sesuai ekspektasi."
    if settings.behaviour_above_from <= settings.behaviour_expected_from:
        yield "behaviour_above_from", "harus di atas batas sesuai ekspektasi."
    if settings.four_good_from <= settings.four_bad_from:
        yield "four_good_from", "batas Baik harus di atas batas Buruk."


def _orders(settings: ScoringSettings) -> Iterator[tuple[str, str]]:
    for name in ("points", "point_bounds", "result_values"):
        if not _falls(numbers_of(getattr(settings, name)), strictly=True):
            yield name, "harus menurun dari Sangat Baik ke Sangat Kurang."
    for name in ("superior_shares", "additional_weights"):
        if not _falls(numbers_of(getattr(settings, name))):
            yield name, "tidak boleh naik dari Sangat Baik ke Sangat Kurang."
    if settings.point_bounds.very_poor != 0:
        yield "point_bounds", "batas Sangat Kurang harus 0."
    if not _falls(tuple(reversed(settings.scope_weights))):
        yield "scope_weights", "tidak boleh turun dari lingkup 1 ke lingkup 3."


def _falls(numbers: Sequence[Decimal], *, strictly: bool = False) -> bool:
    return all(high > low if strictly else high >= low for high, low in pairwise(numbers))
