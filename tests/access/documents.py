"""Who gets what from the documents of a plan, and from the public page behind their QR codes."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from documents.enums import DocumentKind
from documents.models import IssuedDocument
from documents.services import Subject, document_issue
from skp.models import Period, Skp
from tests.access.plans import owners_draft, owners_plan
from tests.access.row import Row, everyone
from tests.people import NOW, People
from tests.skp.drafts import period_2026
from tests.skp.specimens import plan


def an_appendix(skp: Skp) -> IssuedDocument:
    with transaction.atomic():
        return document_issue(
            kind=DocumentKind.D5,
            subject=Subject("skp.skp", str(skp.pk), "Lampiran", "B. P.", "Dinas Pertama", 1),
            content_text=json.dumps(plan()),
            actor_id=None,
            now=NOW,
        )


def owners_appendix(people: People) -> Mapping[str, object]:
    skp = owners_draft(people)
    return {"skp_id": skp.pk, "public_id": an_appendix(skp).public_id}


def public_page(people: People) -> Mapping[str, object]:
    return {"public_id": an_appendix(owners_draft(people)).public_id}


def a_preview(people: People) -> Mapping[str, object]:
    return {**owners_plan(people), "which": "skp"}


def a_score_preview(people: People) -> Mapping[str, object]:
    return {**owners_plan(people), "which": "D6"}


def a_score_document(people: People) -> Mapping[str, object]:
    return {**owners_plan(people), "public_id": UUID(int=0)}


def a_period(people: People) -> Mapping[str, object]:
    if not Period.objects.exists():
        period_2026()
    return {}


# Columns:            anon own  appr supr opdA othA strg bkpS insp lead
PLAN_DOCUMENTS = (
    Row("skp:documents", "302 200 200 200 200 404 404 200 200 200", owners_plan),
    Row("skp:document", "302 200 200 200 200 404 404 200 200 200", owners_appendix),
    Row("skp:document_preview", "302 200 200 200 200 404 404 200 200 200", a_preview),
    # The owner's plan is not agreed: even he gets no matrix yet.
    Row("skp:matrix", "302 403 403 403 403 404 404 403 403 403", owners_plan, "post"),
    Row("skp:opd_documents", "302 404 404 404 200 200 404 200 404 404", a_period),
    # An OPD that nobody has: those who may ask are told so.
    Row("skp:opd_documents", "302 404 404 404 422 422 404 422 404 404", a_period, "post", {"opd": "0"}),
    # Of a score that was not delivered: everybody who may know of the plan sees that there is no document.
    Row("assessments:documents", "302 200 200 200 200 404 404 200 200 200", owners_plan),
    Row("assessments:document_preview", "302 403 403 403 403 404 404 403 403 403", a_score_preview),
    # Nothing was scored: who may read the score sees that there is no such document.
    Row("assessments:document", "302 403 404 403 403 404 404 404 404 403", a_score_document),
    everyone("verify", 200, 200, public_page),
)
