"""Who gets what from /organisasi/: people, units, roles, imports."""

from collections.abc import Mapping

from accounts.models import OutboxMessage
from orgunits.enums import Role
from orgunits.models import CorrectionRequest, ImportBatch, RoleGrant
from tests.access.row import Row, everyone
from tests.factories import OverrideFactory
from tests.people import NOW, People


def unit_id(people: People) -> Mapping[str, object]:
    return {"unit_id": people.division.pk}


def root_id(people: People) -> Mapping[str, object]:
    return {"unit_id": people.root.pk}


def owner_id(people: People) -> Mapping[str, object]:
    return {"employee_id": people.owner.employee.pk}


def owners_post(people: People) -> Mapping[str, object]:
    return {"assignment_id": people.owner.post.pk}


def acting_to_review(people: People) -> Mapping[str, object]:
    post = people.acting_head.employee.assignments.get(kind="plt")
    post.review_note = "Pegawai dimutasi"
    post.save(update_fields=["review_note"])
    return {"assignment_id": post.pk}


def owners_override(people: People) -> Mapping[str, object]:
    override = OverrideFactory(employee=people.owner.employee, appraiser=people.superior.employee)
    return {"override_id": override.pk}


def owners_request(people: People) -> Mapping[str, object]:
    row = CorrectionRequest.objects.create(
        employee=people.owner.employee, subject="unit", text="Unit saya keliru.", created_at=NOW
    )
    return {"correction_id": row.pk}


def owners_grant(people: People) -> Mapping[str, object]:
    grant = RoleGrant.objects.create(
        user=people.owner.user,
        role=Role.OPD_ADMIN,
        unit=people.opd,
        start=NOW.date(),
        granted_at=NOW,
    )
    return {"grant_id": grant.pk}


def an_import(people: People) -> Mapping[str, object]:
    batch = ImportBatch.objects.create(
        kind="employees", file_name="x.xlsx", file_hash="0" * 64, as_of=NOW.date(), created_at=NOW
    )
    return {"public_id": batch.public_id}


def an_imports_rows(people: People) -> Mapping[str, object]:
    return {**an_import(people), "verdict": "refused"}


def a_failed_message(people: People) -> Mapping[str, object]:
    message = OutboxMessage.objects.create(
        key="uji",
        channel="email",
        to="x@example.go.id",
        subject="Uji",
        body="Uji",
        state="failed",
        created_at=NOW,
        due_at=NOW,
    )
    return {"message_id": message.pk}


# Columns:          anon own  appr supr opdA othA strg bkpS insp lead
ORGUNITS = (
    Row("orgunits:units", "302 200 200 200 200 200 200 200 200 200"),
    Row("orgunits:unit", "302 200 200 200 200 404 404 200 200 200", unit_id),
    Row("orgunits:unit_rename", "302 403 403 403 200 404 404 200 403 403", unit_id),
    Row("orgunits:unit_split", "302 403 403 403 200 404 404 200 403 403", unit_id),
    Row("orgunits:unit_merge", "302 403 403 403 200 404 404 200 403 403", unit_id),
    Row("orgunits:unit_appraised_by", "302 403 403 403 200 404 404 200 403 403", unit_id),
    Row("orgunits:unit_standalone", "302 403 403 403 403 404 404 200 403 403", unit_id),
    Row("orgunits:state_official", "302 404 404 404 404 404 404 200 403 403", root_id),
    Row("orgunits:slips", "302 403 403 403 200 404 404 200 403 403", unit_id),
    Row("orgunits:people", "302 200 200 200 200 200 200 200 200 200"),
    Row("orgunits:person", "302 200 200 200 200 404 404 200 200 200", owner_id),
    Row("orgunits:assignment_start", "302 403 403 403 200 404 404 200 403 403", owner_id),
    Row("orgunits:transfer", "302 403 403 403 200 404 404 200 403 403", owner_id),
    Row("orgunits:acting_start", "302 403 403 403 200 404 404 200 403 403", owner_id),
    Row("orgunits:override_set", "302 403 403 403 200 404 404 200 403 403", owner_id),
    Row("orgunits:contact", "302 200 403 403 200 404 404 200 403 403", owner_id),
    everyone("orgunits:my_contact", 302, 302),
    Row("orgunits:role_grant", "302 403 403 403 200 404 404 200 403 403", owner_id),
    Row("orgunits:password_reset", "302 403 403 403 200 404 404 200 403 403", owner_id),
    Row("orgunits:assignment_end", "302 403 403 403 200 404 404 200 403 403", owners_post),
    Row("orgunits:acting_keep", "302 404 404 403 200 404 404 200 403 403", acting_to_review),
    Row("orgunits:override_end", "302 403 403 403 200 404 404 200 403 403", owners_override),
    Row("orgunits:corrections", "302 403 403 403 200 200 403 200 200 403"),
    Row("orgunits:correction", "302 200 404 404 200 404 404 200 200 404", owners_request),
    Row("orgunits:roles", "302 403 403 403 200 200 403 200 200 403"),
    Row("orgunits:role_revoke", "302 403 404 404 200 404 404 200 403 404", owners_grant),
    Row("orgunits:vacancies", "302 403 403 403 200 200 403 200 200 403"),
    Row("orgunits:audit", "302 403 403 403 200 200 403 200 200 403"),
    Row("orgunits:outbox", "302 403 403 403 403 403 403 200 403 403"),
    Row("orgunits:outbox_resend", "302 404 404 404 404 404 404 302 404 404", a_failed_message, "post"),
    Row("orgunits:slip_units", "302 403 403 403 200 200 403 200 403 403"),
    Row("orgunits:me", "302 302 302 302 302 302 302 302 302 302"),
    Row("orgunits:my_roles", "302 200 200 200 200 200 200 200 200 200"),
    Row("orgunits:correction_ask", "302 200 200 200 200 200 200 200 200 200"),
    Row("orgunits:imports", "302 403 403 403 403 403 403 200 403 403"),
    Row("orgunits:import", "302 404 404 404 404 404 404 200 404 404", an_import),
    Row("orgunits:import_rows", "302 404 404 404 404 404 404 200 404 404", an_imports_rows),
    Row("orgunits:import_apply", "302 404 404 404 404 404 404 302 404 404", an_import, "post"),
    Row("orgunits:import_discard", "302 404 404 404 404 404 404 302 404 404", an_import, "post"),
    Row("orgunits:import_refused", "302 404 404 404 404 404 404 200 404 404", an_import),
)
