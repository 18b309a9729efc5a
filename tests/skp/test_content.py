"""The hashed text of a plan: stable, and different for whatever people could argue about."""

from dataclasses import replace
from decimal import Decimal

import pytest

from config.lib.canonical import text_hash
from skp.enums import Aspect, CascadeMethod, Direction, ResultKind, Rollup, Scheme
from tests.skp.contents import INDICATOR, RESULT, SECOND, content

# Written down once: a change of the text's form must raise CONTENT_SCHEMA_VERSION and be told here.
KNOWN_HASH = "4be1650c3068cc603f07aace6b6e9574a21ea983a56a7242dd8de5fef3fcae26"


def hash_of(*results, **values):
    return text_hash(content(*results, **values).to_text())


def test_the_hash_of_a_known_plan_never_changes():
    assert hash_of() == KNOWN_HASH


def test_row_numbers_and_zeros_of_the_database_do_not_matter():
    stored = replace(
        INDICATOR, planned_id=77, indicator_id=78, target_min=Decimal("12.0000"), target_max=Decimal("12.00")
    )
    moved = replace(RESULT, planned_id=70, result_id=71, parent_id=72, indicators=(stored,))
    assert hash_of(moved, SECOND) == hash_of()


def test_the_superior_s_wording_is_not_part_of_what_the_owner_sends():
    assert hash_of(replace(RESULT, parent_text="Kata lain"), SECOND) == hash_of()


@pytest.mark.parametrize(
    "values",
    [
        {"text": "Tersusunnya laporan kinerja."},
        {"kind": ResultKind.ADDITIONAL},
        {"parent_key": "p2"},
        {"parent_key": ""},
        {"cascade_method": CascadeMethod.NON_DIRECT},
        {"scope": 2},
        {"assigned_by": "Sekda"},
        {"indicators": ()},
    ],
    ids=str,
)
def test_every_part_of_a_result_matters(values):
    assert hash_of(replace(RESULT, **values), SECOND) != hash_of()


@pytest.mark.parametrize(
    "values",
    [
        {"aspect": Aspect.QUALITY},
        {"text": "Jumlah laporan"},
        {"target_min": Decimal(11)},
        {"target_max": Decimal("12.5")},
        {"unit": "dokumen"},
        {"direction": Direction.SPECIAL},
        {"target_is_maximum": True},
        {"rollup": Rollup.LAST},
    ],
    ids=str,
)
def test_every_part_of_an_indicator_matters(values):
    assert hash_of(replace(RESULT, indicators=(replace(INDICATOR, **values),)), SECOND) != hash_of()


def test_order_and_scheme_matter():
    assert len({hash_of(), hash_of(SECOND, RESULT), hash_of(scheme=Scheme.JPT)}) == 3
