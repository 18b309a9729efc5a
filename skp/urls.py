"""Addresses under /skp/."""

from django.urls import path

from skp.views import cascade, documents, editing, periods, plans, realisations, starting

app_name = "skp"
urlpatterns = [
    path("", plans.mine, name="mine"),
    path("mulai/", plans.start, name="start"),
    path("kotak-masuk/", plans.inbox, name="inbox"),
    path("periode/", periods.periods, name="periods"),
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
