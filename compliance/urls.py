"""Addresses under /papan/."""

from django.urls import path

from compliance.views import board, people, scores, snapshots, summary

app_name = "compliance"
urlpatterns = [
    path("", board.board, name="board"),
    path("unduh/<str:kind>/", board.board_file, name="board_file"),
    path("opd/<int:opd_id>/", board.opd, name="opd"),
    path("orang/", people.people, name="people"),
    path("orang/unduh/<str:kind>/", people.people_file, name="people_file"),
    path("ringkasan/", summary.summary, name="summary"),
    path("beku/<int:snapshot_id>/", snapshots.snapshot, name="snapshot"),
    path("beku/<int:snapshot_id>/orang/", snapshots.snapshot_people, name="snapshot_people"),
    path("nilai/", scores.scores, name="scores"),
    path("nilai/orang/", scores.scored, name="scored"),
]
