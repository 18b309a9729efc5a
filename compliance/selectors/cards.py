"""What the start page tells those who watch over others."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from compliance.enums import Which
from compliance.rules import Counts
from compliance.selectors.stages import BoardStage, chosen_stage, stages_begun
from compliance.selectors.within import board_duties, counts_of, late, obliged_only
from config.lib.cards import Card, Section
from orgunits.viewer import Viewer


def start_cards(viewer: Viewer, now: datetime) -> Sequence[Card]:
    """How many have fulfilled the present stage, who has not, who is late, for overseers and heads."""
    if not (viewer.sees_regency or viewer.admin_opd_ids or viewer.headed_unit_ids):
        return ()
    stage = chosen_stage(next(iter(stages_begun(viewer.today).values()), []), "", now)
    if stage is None:
        return ()
    counts = counts_of(
        obliged_only(board_duties(viewer, stage)).aggregate(
            all=Count("*"),
            done=Count("fulfilled_at"),
            in_force=Count("agreed_at"),
            behind=Count("due_at", filter=late(now)),
        )
    )
    return _cards(stage, counts) if counts.obliged else ()


def _cards(stage: BoardStage, counts: Counts) -> list[Card]:
    figures = [(counts.fulfilled, Which.FULFILLED), (counts.unfulfilled, Which.OPEN)]
    if counts.late:
        figures.append((counts.late, Which.LATE))
    return [
        Card(
            title=str(which.label),
            body=f"dari {counts.obliged} pegawai wajib, {stage.label.lower()} {stage.period.year}",
            figure=str(number),
            url=_people(stage, which),
            section=Section.NUMBER,
        )
        for number, which in figures
    ]


def _people(stage: BoardStage, which: Which) -> str:
    query = {"tahun": stage.period.year, "tahap": stage.key, "yang": which.value}
    return f"{reverse('compliance:people')}?{urlencode(query)}"
