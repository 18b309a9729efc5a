"""Addresses under /skp/."""

from django.urls import path

from skp.views import editing, periods, plans

app_name = "skp"
urlpatterns = [
    path("", plans.mine, name="mine"),
    path("mulai/", plans.start, name="start"),
    path("kotak-masuk/", plans.inbox, name="inbox"),
    path("periode/", periods.periods, name="periods"),
    path("<int:skp_id>/", plans.plan, name="plan"),
    path("<int:skp_id>/kirim/", plans.submit, name="submit"),
    path("<int:skp_id>/tarik/", plans.withdraw, name="withdraw"),
    path("<int:skp_id>/setujui/", plans.agree, name="agree"),
    path("<int:skp_id>/hasil/baru/", editing.result_edit, name="result_new"),
    path("<int:skp_id>/hasil/<int:planned_id>/", editing.result_edit, name="result_edit"),
    path("<int:skp_id>/hasil/<int:planned_id>/hapus/", editing.remove_result, name="result_remove"),
    path(
        "<int:skp_id>/hasil/<int:planned_result_id>/indikator/", editing.indicator_new, name="indicator_new"
    ),
    path("<int:skp_id>/indikator/<int:planned_id>/", editing.indicator_edit, name="indicator_edit"),
    path("<int:skp_id>/indikator/<int:planned_id>/hapus/", editing.remove_indicator, name="indicator_remove"),
    path("<int:skp_id>/realisasi/", editing.realisation, name="realisation"),
]
