"""The page of moves says what the tables say."""

from scripts.build_workflow import OUTPUT, build
from skp.workflow import ADDENDUM_MOVES, LIFECYCLE_MOVES, MOVES


def test_the_page_is_current():
    assert OUTPUT.read_text(encoding="utf-8") == build(), "run python scripts/build_workflow.py"


def test_the_page_has_a_row_for_each_move():
    text = build()
    for (state, action), move in [*MOVES.items(), *ADDENDUM_MOVES.items(), *LIFECYCLE_MOVES.items()]:
        assert f"| `{state}` | {action.label} (`{action}`) | `{move.target}` |" in text
