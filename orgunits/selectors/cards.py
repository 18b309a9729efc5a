"""What the start page tells officers about people and units."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from config.lib.cards import Card, Section
from orgunits.selectors.corrections import queue_for
from orgunits.selectors.outbox import messages_unsent
from orgunits.selectors.vacancies import acting_to_review, people_without_appraiser, vacant_units
from orgunits.viewer import Viewer


def start_cards(viewer: Viewer, now: datetime) -> Sequence[Card]:
    """Requests that wait, acting posts to look at, vacancies; nothing for people without these duties."""
    if not (viewer.is_bkpsdm or viewer.admin_opd_ids):
        return ()
    return [*_tasks(viewer), *_numbers(viewer)]


def _tasks(viewer: Viewer) -> list[Card]:
    waiting = queue_for(viewer).count()
    acting = acting_to_review(viewer).count()
    unsent = messages_unsent(viewer).count() if viewer.is_bkpsdm else 0
    cards = []
    if unsent:
        cards.append(
            Card(
                title=f"{unsent} e-mail tidak terkirim",
                body="Alamatnya ditolak, atau pengirimannya terputus sehingga tidak pasti sampai.",
                verb="Periksa",
                url=reverse("orgunits:outbox"),
            )
        )
    if waiting:
        cards.append(
            Card(
                title=f"{waiting} permintaan koreksi menunggu",
                body="Pegawai meminta unit, jabatan, atau pejabat penilainya diperbaiki.",
                verb="Jawab permintaan",
                url=reverse("orgunits:corrections"),
            )
        )
    if acting:
        cards.append(
            Card(
                title=f"{acting} Plt./Plh. perlu ditinjau",
                body="Pemegangnya telah dimutasi. Tentukan apakah penugasannya dilanjutkan.",
                verb="Tinjau",
                url=reverse("orgunits:vacancies") + "?bagian=plt",
            )
        )
    return cards


def _numbers(viewer: Viewer) -> list[Card]:
    url = reverse("orgunits:vacancies")
    figures = (
        ("Unit tanpa pimpinan definitif", vacant_units(viewer).count(), "?bagian=unit"),
        ("Pegawai tanpa pejabat penilai", people_without_appraiser(viewer).count(), "?bagian=penilai"),
    )
    return [
        Card(title=title, figure=str(count), url=url + query, section=Section.NUMBER)
        for title, count, query in figures
    ]
