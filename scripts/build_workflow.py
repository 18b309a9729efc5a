"""Write ``docs/workflow.md`` from the tables of moves.

Run it after a change to a table: ``python scripts/build_workflow.py``. A test compares the committed
file with what this module builds.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "docs" / "workflow.md"
HEAD = """# Moves and states

Written by `scripts/build_workflow.py` from the tables in `skp/workflow.py` and `assessments/workflow.py`;
a test fails when this page is not current. A move that is not in a table is refused with a sentence.

Proposing opens the next revision as a draft; the agreed one stays in force until that one is agreed and
then becomes `superseded`. A return after the deadline gives `return_days` to send again. A closed plan is
still brought to its end by the head at that end, but takes no new addendum; a cancelled one takes no move.
"""


def build() -> str:
    """The whole page; Django must be set up."""
    # Needs Django's settings, which running as a script sets up first.
    from assessments.states import AssessmentStatus  # noqa: PLC0415
    from assessments.workflow import MOVES as ASSESSMENT_MOVES  # noqa: PLC0415
    from skp.states import Lifecycle, RevisionState  # noqa: PLC0415
    from skp.workflow import ADDENDUM_MOVES, LIFECYCLE_MOVES  # noqa: PLC0415
    from skp.workflow import MOVES as REVISION_MOVES  # noqa: PLC0415

    parts = [
        HEAD,
        section("The first revision of a plan", RevisionState, REVISION_MOVES),
        section("An addendum: every further revision", RevisionState, ADDENDUM_MOVES),
        section("The life of a plan", Lifecycle, LIFECYCLE_MOVES),
        section("An assessment", AssessmentStatus, ASSESSMENT_MOVES),
    ]
    return "\n".join(parts)


def section(title: str, states: Iterable[Any], moves: Mapping[tuple[Any, Any], Any]) -> str:
    """The states and the moves of one machine as tables."""
    reached = {state for (state, _), move in moves.items() for state in (state, move.target)}
    lines = [f"## {title}", "", "| state | shown as | reached by a move |", "|---|---|---|"]
    lines += [
        f"| `{state.value}` | {state.label} | {'yes' if state in reached else 'no'} |" for state in states
    ]
    lines += ["", "| from | move | to | by | bound by stage | note |", "|---|---|---|---|---|---|"]
    lines += [
        f"| `{state.value}` | {action.label} (`{action.value}`) | `{move.target.value}` | {by(move.by)} "
        f"| {bound(move)} | {'required' if move.note_required else '–'} |"
        for (state, action), move in moves.items()
    ]
    return "\n".join([*lines, ""])


def by(parties: Iterable[Enum]) -> str:
    """The parties who may make the move."""
    return ", ".join(sorted(str(party.value) for party in parties))


def bound(move: Any) -> str:
    """The window that binds the move, with the setting that lengthens it."""
    if move.stage is None:
        return "–"
    stage = f"until {move.stage} closes" if move.before_opening else str(move.stage)
    return f"{stage}, plus `{move.days_after}`" if move.days_after else stage


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    OUTPUT.write_text(build(), encoding="utf-8")
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size} bytes")
