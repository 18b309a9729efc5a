"""How quarters make the year: a missing one is missing, never 0."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skp.enums import Rollup
from skp.rollup import rolled, told

YEAR = (1, 2, 3, 4)
NAMES = {1: "Triwulan I", 2: "Triwulan II", 3: "Triwulan III", 4: "Triwulan IV"}


@pytest.mark.parametrize(
    ("rollup", "entered", "value", "counted", "missing"),
    [
        (Rollup.SUM, {1: "3", 2: "0", 3: "4", 4: "5"}, "12", 4, ()),
        (Rollup.SUM, {1: "3", 3: "4"}, "7", 2, (2, 4)),
        (Rollup.MEAN, {1: "90", 2: "95"}, "92.5", 2, (3, 4)),
        (Rollup.MEAN, {1: "1", 2: "1", 3: "0", 4: "0.0002"}, "0.5001", 4, ()),
        (Rollup.LAST, {1: "10", 2: "9"}, "9", 1, (3, 4)),
        (Rollup.LAST, {4: "9"}, "9", 1, ()),
        (Rollup.SUM, {4: "0"}, "0", 1, (1, 2, 3)),
    ],
)
def test_values(rollup, entered, value, counted, missing):
    found = rolled(rollup, {key: Decimal(number) for key, number in entered.items()}, YEAR)
    assert (found.value, found.counted, found.missing) == (Decimal(value), counted, missing)
    assert found.whole == (None if missing else Decimal(value))


@pytest.mark.parametrize("rollup", Rollup)
def test_nothing_entered_is_missing_and_not_zero(rollup):
    found = rolled(rollup, {}, YEAR)
    assert (found.value, found.whole, found.counted, found.missing) == (None, None, 0, YEAR)
    assert told(rollup, found, unit="laporan", names=NAMES, monthly=False) == ""


def test_intervals_outside_the_plan_do_not_count():
    """After a transfer in July: what was entered of the third quarter stays with the other plan."""
    found = rolled(Rollup.SUM, {1: Decimal(3), 2: Decimal(4), 3: Decimal(100)}, (1, 2))
    assert found.whole == 7


def test_words():
    found = rolled(Rollup.SUM, {1: Decimal("1250.5")}, (1, 2))
    assert told(Rollup.SUM, found, unit="laporan", names=NAMES, monthly=False) == (
        "Jumlah 1 triwulan: 1.250,5 laporan; belum diisi: Triwulan II."
    )
    last = rolled(Rollup.LAST, {12: Decimal(9)}, range(1, 13))
    assert told(Rollup.LAST, last, unit="hari", names={}, monthly=True) == "Terakhir: 9 hari."


@given(st.dictionaries(st.integers(1, 4), st.decimals(0, 10**6, places=4), min_size=1))
def test_a_mean_lies_between_its_parts(entered):
    value = rolled(Rollup.MEAN, entered, YEAR).value
    assert value is not None
    assert min(entered.values()) <= value <= max(entered.values())
