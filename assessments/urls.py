"""Addresses under /penilaian/."""

from django.urls import path

from assessments.views import (
    achievements,
    distribution,
    documents,
    ideas,
    person_years,
    proposals,
    reporting,
    results,
    rules,
    scoring,
    scoring_settings,
    unlocks,
    years,
)

app_name = "assessments"
urlpatterns = [
    path("", scoring.inbox, name="inbox"),
    path("capaian-organisasi/", achievements.achievements, name="achievements"),
    path("distribusi/", distribution.distribution, name="distribution"),
    path("distribusi/<int:year>/<int:unit_id>/alasan/", distribution.reason, name="distribution_reason"),
    path("ketentuan/", rules.scoring_settings, name="scoring_settings"),
    path("ketentuan/<int:year>/", scoring_settings.scoring_edit, name="scoring_edit"),
    path("hasil/", person_years.my_years, name="my_years"),
    path("hasil/<int:employee_id>/", person_years.years_of_person, name="years_of"),
    path("nilai-atasan/", proposals.proposals, name="proposals"),
    path("nilai-atasan/<int:proposal_id>/", proposals.proposal, name="proposal"),
    path("nilai-atasan/<int:proposal_id>/sampaikan/", proposals.apply, name="proposal_apply"),
    path("nilai-atasan/<int:proposal_id>/kesampingkan/", proposals.dismiss, name="proposal_dismiss"),
    path("buka-kunci/", unlocks.unlocks, name="unlocks"),
    path("buka-kunci/<int:request_id>/konfirmasi/", unlocks.confirm, name="unlock_confirm"),
    path("buka-kunci/<int:request_id>/tarik/", unlocks.withdraw, name="unlock_withdraw"),
    path("<int:skp_id>/", scoring.score, name="score"),
    path("<int:skp_id>/hasil/", results.result, name="result"),
    path("<int:skp_id>/hasil/terima/", results.accept, name="accept"),
    path("<int:skp_id>/buka-kunci/", unlocks.unlock, name="unlock"),
    path("<int:skp_id>/lapor/", reporting.report, name="report"),
    path("<int:skp_id>/lapor/kirim/", reporting.report_send, name="report_send"),
    path("<int:skp_id>/ide/", ideas.idea, name="idea"),
    path("<int:skp_id>/ide/hapus/", ideas.remove_idea, name="idea_remove"),
    path("<int:skp_id>/ide/bukti/", ideas.idea_proof, name="idea_proof"),
    path("hasil-tahunan/<int:year>/hitung-ulang/", years.recompute, name="recompute_results"),
    path("<int:skp_id>/dokumen/", documents.document_list, name="documents"),
    path("<int:skp_id>/dokumen/pratinjau/<str:which>/", documents.preview, name="document_preview"),
    path("<int:skp_id>/dokumen/<uuid:public_id>/", documents.download, name="document"),
]
