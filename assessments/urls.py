"""Addresses under /penilaian/."""

from django.urls import path

from assessments.views import achievements, rules, scoring

app_name = "assessments"
urlpatterns = [
    path("", scoring.inbox, name="inbox"),
    path("capaian-organisasi/", achievements.achievements, name="achievements"),
    path("ketentuan/", rules.scoring_settings, name="scoring_settings"),
    path("<int:skp_id>/", scoring.score, name="score"),
    path("<int:skp_id>/lapor/", scoring.report, name="report"),
]
