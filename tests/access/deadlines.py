"""Who gets what from extensions, exemptions and proposals; those asked for concern the owner and his OPD."""

from collections.abc import Mapping
from datetime import date

from config.lib.privatefiles import private_save
from skp.enums import ExemptionKind, ExtensionScope
from skp.models import Exemption, ExemptionProposal, Extension, ExtensionProposal, Period
from tests.access.row import Row, everyone
from tests.lib.uploading import PDF
from tests.people import NOW, People
from tests.skp.drafts import period_2026
from tests.skp.facts import moment

LETTER = {"stored_name": "", "file_name": "surat.pdf"}
SPAN = {"kind": ExemptionKind.SICKNESS, "start": date(2026, 1, 1), "until": date(2026, 6, 1)}
WANTED = {
    "stage": "planning",
    "scope": ExtensionScope.OPD,
    "due_at": moment("2026-04-01 00:00"),
    "reason": "Gangguan jaringan",
}


def _period() -> Period:
    return Period.objects.first() or period_2026()


def a_period(people: People) -> Mapping[str, object]:
    _period()
    return {}


def opds_extension(people: People) -> Mapping[str, object]:
    row = Extension.objects.first() or Extension.objects.create(
        period=_period(),
        unit=people.opd,
        decree="800/12",
        granted_at=NOW,
        granted_by=people.bkpsdm_admin.user,
        **WANTED,
        **(LETTER | {"stored_name": private_save("extensions", PDF)}),
    )
    return {"extension_id": row.pk}


def opds_proposal(people: People) -> Mapping[str, object]:
    row = ExtensionProposal.objects.first() or ExtensionProposal.objects.create(
        period=_period(),
        opd=people.opd,
        unit=people.opd,
        proposed_at=NOW,
        proposed_by=people.opd_admin.user,
        **WANTED,
    )
    return {"proposal_id": row.pk}


def owners_exemption(people: People) -> Mapping[str, object]:
    row = Exemption.objects.first() or Exemption.objects.create(
        employee=people.owner.employee,
        document="445/1",
        granted_at=NOW,
        granted_by=people.bkpsdm_admin.user,
        **SPAN,
        **(LETTER | {"stored_name": private_save("exemptions", PDF)}),
    )
    return {"exemption_id": row.pk}


def owners_proposal(people: People) -> Mapping[str, object]:
    row = ExemptionProposal.objects.first() or ExemptionProposal.objects.create(
        opd=people.opd,
        employee=people.owner.employee,
        document="445/1",
        proposed_at=NOW,
        proposed_by=people.opd_admin.user,
        **SPAN,
        **(LETTER | {"stored_name": private_save("exemptions", PDF)}),
    )
    return {"proposal_id": row.pk}


# Columns:           anon own  appr supr opdA othA strg bkpS insp lead
DEADLINES = (
    everyone("skp:extensions", 302, 200),
    Row("skp:extension_new", "302 403 403 403 403 403 403 200 403 403", a_period),
    Row("skp:extension_new", "302 403 403 403 403 403 403 422 403 403", a_period, "post"),
    # It reaches the owner, his superiors and his OPD, who read it; only BKPSDM takes it back.
    Row("skp:extension_revoke", "302 403 403 403 403 404 404 200 403 403", opds_extension),
    Row("skp:extension_revoke", "302 403 403 403 403 404 404 422 403 403", opds_extension, "post"),
    Row("skp:extension_letter", "302 404 404 404 404 404 404 200 200 200", opds_extension),
    Row("skp:extension_propose", "302 403 403 403 200 200 403 403 403 403", a_period),
    Row("skp:extension_propose", "302 403 403 403 422 422 403 403 403 403", a_period, "post"),
    Row("skp:extension_refuse", "302 404 404 404 403 404 404 200 403 403", opds_proposal),
    everyone("skp:exemptions", 302, 200),
    Row("skp:exemption_new", "302 403 403 403 200 200 403 200 403 403"),
    Row("skp:exemption_new", "302 403 403 403 422 422 403 422 403 403", method="post"),
    Row("skp:exemption_revoke", "302 403 403 403 403 404 404 200 403 403", owners_exemption),
    # Heads read that somebody is exempt, not the paper.
    Row("skp:exemption_document", "302 200 404 404 200 404 404 200 200 200", owners_exemption),
    Row("skp:exemption_refuse", "302 404 404 404 403 404 404 200 403 403", owners_proposal),
    Row("skp:exemption_proposal_document", "302 404 404 404 200 404 404 200 200 200", owners_proposal),
)
