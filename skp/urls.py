"""Addresses under /skp/."""

from django.urls import path

from skp.views import (
    calendar,
    cascade,
    documents,
    editing,
    period_edits,
    periods,
    plans,
    realisations,
    starting,
)

app_name = "skp"
urlpatterns = [
    path("", plans.mine, name="mine"),
    path("mulai/", plans.start, name="start"),
    path("kotak-masuk/", plans.inbox, name="inbox"),
    path("kalender/", calendar.calendar, name="calendar"),
    path("periode/", periods.periods, name="periods"),
    path("periode/<int:year>/", periods.period, name="period"),
    path("periode/<int:year>/pengaturan/", periods.settings, name="period_settings"),
    path("periode/<int:year>/pengaturan/ubah/", period_edits.settings_edit, name="period_settings_edit"),
    path("periode/<int:year>/riwayat/", periods.history, name="period_history"),
    path("periode/<int:year>/jadwal/<int:window_id>/", period_edits.window, name="window"),
    path("periode/<int:year>/jadwal/<int:window_id>/buka/", period_edits.window_open, name="window_open"),
    path("periode/<int:year>/jadwal/<int:window_id>/tutup/", period_edits.window_close, name="window_close"),
    path("periode/<int:year>/jadwal/<int:window_id>/jpt/", period_edits.window_jpt, name="window_jpt"),
    path(
        "periode/<int:year>/jadwal/<int:window_id>/hapus/", period_edits.window_remove, name="window_remove"
    ),
    path("kaskade/", cascade.index, name="cascade"),
    path("kaskade/penahan/", cascade.ranking, name="cascade_ranking"),
    path("kaskade/pegawai/<int:employee_id>/", cascade.person, name="cascade_person"),
    path("kaskade/<int:unit_id>/", cascade.unit, name="cascade_unit"),
    path("kaskade/<int:unit_id>/matriks/", cascade.matrix, name="cascade_matrix"),
    path("kaskade/<int:unit_id>/penahan/", cascade.blockers, name="cascade_blockers"),
    path("kaskade/<int:unit_id>/celah/<slug:kind>/", cascade.gaps, name="cascade_gaps"),
    path("<int:skp_id>/", plans.plan, name="plan"),
    path("<int:skp_id>/kirim/", plans.submit, name="submit"),
    path("<int:skp_id>/tarik/", plans.withdraw, name="withdraw"),
    path("<int:skp_id>/setujui/", plans.agree, name="agree"),
    path("<int:skp_id>/bagian/hasil/<uuid:key>/", editing.section_result, name="section_result"),
    path("<int:skp_id>/bagian/perilaku/", editing.section_behaviours, name="section_behaviours"),
    path("<int:skp_id>/bagian/lampiran/", editing.section_appendix, name="section_appendix"),
    path("<int:skp_id>/pendekatan/", editing.approach, name="approach"),
    path("<int:skp_id>/hasil/<int:planned_id>/hapus/", editing.remove_result, name="result_remove"),
    path("<int:skp_id>/urutan/", editing.move_result, name="result_move"),
    path("<int:skp_id>/dari-atasan/", starting.from_superior, name="from_superior"),
    path("<int:skp_id>/salin/", starting.copy, name="copy"),
    path("<int:skp_id>/dokumen/", documents.document_list, name="documents"),
    path("<int:skp_id>/dokumen/draf/<str:which>/", documents.preview, name="document_preview"),
    path("<int:skp_id>/dokumen/matriks/", documents.matrix, name="matrix"),
    path("<int:skp_id>/dokumen/<uuid:public_id>/", documents.download, name="document"),
    path("<int:skp_id>/realisasi/", realisations.realisation, name="realisation"),
]
