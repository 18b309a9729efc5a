"""Two revisions side by side, as plain values."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skp.berakhlak import Behaviour
from skp.comparing import Change, Piece, compare, words_of
from skp.enums import AppendixKind
from tests.skp.contents import INDICATOR, RESULT, SECOND, content

THIRD = replace(RESULT, planned_id=13, result_id=3, key="r3", text="Meningkatnya mutu data")


def test_the_same_is_the_same():
    assert [block.change for block in compare(content(), content())] == [Change.SAME, Change.SAME]


def test_results_are_met_by_their_identity_and_the_removed_ones_stand_last():
    blocks = compare(content(RESULT, SECOND), content(THIRD, SECOND))
    assert [block.change for block in blocks] == [Change.ADDED, Change.SAME, Change.REMOVED]
    assert all(not line.old for line in blocks[0].lines)
    assert all(not line.new for line in blocks[2].lines)


def test_a_changed_target_is_marked_by_its_words():
    more = replace(INDICATOR, target_min=Decimal(15), target_max=Decimal(15))
    block = compare(content(RESULT), content(replace(RESULT, indicators=(more,))))[0]
    assert block.change == Change.CHANGED
    line = next(line for line in block.lines if line.change == Change.CHANGED)
    assert line.label == "Indikator kuantitas"
    assert [piece.text.strip() for piece in line.old if piece.marked] == ["12"]
    assert [piece.text.strip() for piece in line.new if piece.marked] == ["15"]


@pytest.mark.parametrize("part", ["behaviours", "appendix"])
def test_further_parts_are_compared(part):
    rows = {
        "behaviours": ((Behaviour.ADAPTIVE, "Lebih cepat"),),
        "appendix": ((AppendixKind.RESOURCES, "Anggaran"),),
    }
    block = compare(content(), replace(content(), **{part: rows[part]}))[-1]
    assert block.change == Change.ADDED


def test_nothing_against_nothing_is_equal():
    assert words_of("a b", "a b") == ((Piece("a b", False),), (Piece("a b", False),))


@given(st.text(alphabet="ab c", max_size=30), st.text(alphabet="ab c", max_size=30))
def test_the_pieces_give_both_texts_again_and_agree_on_what_is_common(old, new):
    left, right = words_of(old, new)
    assert "".join(piece.text for piece in left) == old
    assert "".join(piece.text for piece in right) == new
    common = ["".join(piece.text for piece in side if not piece.marked) for side in (left, right)]
    assert common[0] == common[1]
