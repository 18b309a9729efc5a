"""What was changed of a period's settings and schedule, by whom and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.models import AuditEvent
from config.lib.notes import setting_lines, setting_words
from skp.enums import Regime, SkpEvent
from skp.models import Period, SettingsVersion
from skp.settings import PlanSettings

HISTORY_SHOWN = 50
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed, in words, as ``components/change_list.html`` shows it."""

    subject: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change: when, by whom, why, and what it changed."""

    at: datetime
    title: str
    who: str
    reason: str
    changes: tuple[Difference, ...]


def settings_history(period: Period) -> list[HistoryEntry]:
    """The newest versions of the settings, newest first, each with its differences from the one before."""
    rows = SettingsVersion.objects.filter(period=period).select_related("actor").order_by("-number")
    versions = list(rows[: HISTORY_SHOWN + 1])
    before = [*versions[1:], None]
    entries = [_entry(row, earlier) for row, earlier in zip(versions, before, strict=True)]
    return entries[:HISTORY_SHOWN]


def _entry(row: SettingsVersion, earlier: SettingsVersion | None) -> HistoryEntry:
    return HistoryEntry(
        at=row.at,
        title=f"Versi {row.number}",
        who=str(row.actor.name or row.actor) if row.actor else "Sistem",
        reason=row.reason or ("Pengaturan saat periode dibuat." if earlier is None else ""),
        changes=() if earlier is None else _differences(_words(earlier.text), _words(row.text)),
    )


def _words(text: str) -> dict[str, str]:
    """Every setting of the version's text under its label, the regime first."""
    regime = json.loads(text).get("regime", "")
    words = {"Rezim penilaian": str(Regime(regime).label)} if regime else {}
    lines = setting_lines(PlanSettings.from_text(text))
    return words | {line.note.label: setting_words(line.value) for line in lines}


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    return tuple(
        Difference(label, "Nilai", before.get(label, ""), value)
        for label, value in after.items()
        if before.get(label) != value
    )


def schedule_history(target: str) -> list[HistoryEntry]:
    """The newest changes of the schedule of the period that the audit trail calls ``target``."""
    rows = AuditEvent.objects.filter(target=target, kind=SkpEvent.WINDOW_CHANGED).order_by("-at", "-pk")
    return [
        HistoryEntry(
            at=row.at,
            title=row.kind_label,
            who=row.actor_label,
            reason="",
            changes=_schedule(row),
        )
        for row in rows[:HISTORY_SHOWN]
    ]


def _schedule(row: AuditEvent) -> tuple[Difference, ...]:
    before, after = (json.loads(text) if text else {} for text in (row.before, row.after))
    names = [key for key in after if key != "schema_version"]
    return tuple(
        Difference(name, "Jadwal", before.get(name) or NOTHING, after[name] or NOTHING) for name in names
    )
