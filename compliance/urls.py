"""Addresses under /papan/."""

from django.urls import path

from compliance.views import (
    board,
    evaluation,
    opd_scores,
    people,
    recaps,
    scored,
    scores,
    snapshots,
    spread,
    summary,
)

app_name = "compliance"
urlpatterns = [
    path("", board.board, name="board"),
    path("unduh/<str:kind>/", board.board_file, name="board_file"),
    path("opd/<int:opd_id>/", board.opd, name="opd"),
    path("orang/", people.people, name="people"),
    path("orang/unduh/<str:kind>/", people.people_file, name="people_file"),
    path("rekapitulasi/", recaps.recaps, name="recaps"),
    path("rekapitulasi/terbitkan/", recaps.recap_issue, name="recap_issue"),
    path("rekapitulasi/<uuid:public_id>/", recaps.recap, name="recap"),
    path("ringkasan/", summary.summary, name="summary"),
    path("beku/<int:snapshot_id>/", snapshots.snapshot, name="snapshot"),
    path("beku/<int:snapshot_id>/orang/", snapshots.snapshot_people, name="snapshot_people"),
    path("nilai/", scores.scores, name="scores"),
    path("nilai/unduh/<str:kind>/", scores.scores_file, name="scores_file"),
    path("nilai/rekapitulasi/", scores.recap_file, name="recap_file"),
    path("nilai/sebaran/", spread.spread, name="spread"),
    path("nilai/opd/<int:opd_id>/", opd_scores.opd, name="opd_scores"),
    path("nilai/opd/<int:opd_id>/rekapitulasi/", opd_scores.opd_recap_file, name="opd_recap_file"),
    path("nilai/orang/", scored.scored, name="scored"),
    path("nilai/orang/unduh/<str:kind>/", scored.scored_file, name="scored_file"),
    path("evaluasi/", evaluation.evaluation, name="evaluation"),
    path("evaluasi/unduh/", evaluation.evaluation_file, name="evaluation_file"),
]
