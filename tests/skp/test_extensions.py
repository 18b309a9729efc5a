"""Extensions: the preview is the effect, counted in the database; revoking; who may; proposals."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent, Notification
from config.lib.errors import Conflict, DomainError, NotAllowed
from config.lib.uploads import Kind, check_upload
from skp.deadlines import DeadlineKind
from skp.enums import ExtensionScope
from skp.models import Duty, Extension, ExtensionProposal
from skp.selectors.plans import plan_facts, with_facts
from skp.services.duties import duties_recompute_all
from skp.services.extensions import (
    ExtensionInput,
    extension_grant,
    extension_preview,
    extension_revoke,
    extension_revoke_preview,
)
from skp.services.moves import skp_submit
from skp.services.proposals import extension_propose, extension_refuse
from skp.states import Stage
from tests.lib.uploading import PDF
from tests.people import People
from tests.skp.drafts import drafted, period_2026, submitted
from tests.skp.facts import moment

pytestmark = pytest.mark.django_db
LATE = moment("2026-02-05 10:00")
TODAY = date(2026, 2, 5)
DUE = moment("2026-03-01 00:00")


@pytest.fixture
def period(people):
    return period_2026()


def data(period, scope=ExtensionScope.PERIOD, **values: object) -> ExtensionInput:
    given = {
        "period_id": period.pk,
        "stage": Stage.PLANNING,
        "interval": 0,
        "scope": scope,
        "due_at": DUE,
        "reason": "Gangguan jaringan",
        "decree": "800/12/{BKPSDM}",
    }
    return ExtensionInput(**(given | values))  # type: ignore[arg-type]


def grant(people: People, asked: ExtensionInput, now=LATE, **values: object) -> Extension:
    actor = people.bkpsdm_admin.viewer(now)
    seen = extension_preview(actor=actor, data=asked, now=now)
    return extension_grant(actor=actor, data=asked, fingerprint=seen.fingerprint, now=now, **values)


def planning() -> dict[int, datetime]:
    return dict(Duty.objects.filter(stage="planning").values_list("employee_id", "due_at"))


def moved(before: dict[int, datetime]) -> set[int]:
    after = planning()
    return {employee for employee in after if after[employee] != before[employee]}


def pks(*persons) -> set[int]:
    return {person.employee.pk for person in persons}


def test_each_scope_reaches_its_own_people(people: People, period):
    opd = pks(
        people.superior, people.opd_admin, people.appraiser, people.owner, people.section_head,
        people.section_member, people.acting_head, people.acting_member,
    )  # fmt: skip
    below = pks(people.appraiser, people.owner, people.section_head, people.section_member)
    for scope, values, expected in (
        (ExtensionScope.OPD, {"unit_id": people.opd.pk}, opd),
        (ExtensionScope.UNIT, {"unit_id": people.division.pk}, below),
        (ExtensionScope.PEOPLE, {"nips": (people.owner.employee.nip,)}, pks(people.owner)),
        (ExtensionScope.PERIOD, {}, set(planning())),
    ):
        before = planning()
        extension = grant(people, data(period, scope, **values))
        assert moved(before) == expected
        assert not duties_recompute_all(period_id=period.pk)
        actor = people.bkpsdm_admin.viewer(LATE)
        seen = extension_revoke_preview(actor=actor, extension_id=extension.pk, now=LATE)
        extension_revoke(
            actor=actor, extension_id=extension.pk, reason="Keliru", fingerprint=seen.fingerprint, now=LATE
        )
        assert planning() == before
        assert not duties_recompute_all(period_id=period.pk)


def test_a_preview_leaves_nothing(people: People, period):
    before = planning()
    effect = extension_preview(actor=people.bkpsdm_admin.viewer(LATE), data=data(period), now=LATE)
    assert (len(effect.moved), effect.opds, effect.opened, effect.notified) == (15, 3, 15, 15)
    assert "15 pegawai di 3 OPD" in effect.sentence
    assert "membuka 15 SKP" in effect.sentence
    assert "mengirim 15 pemberitahuan" in effect.sentence
    assert planning() == before
    assert not Extension.objects.exists()
    assert not Notification.objects.exists()


def test_the_effect_is_what_the_preview_said_counted_in_the_database(people: People, period):
    submitted(people.superior, period)
    before = planning()
    asked = data(period, ExtensionScope.OPD, unit_id=people.opd.pk)
    effect = extension_preview(actor=people.bkpsdm_admin.viewer(LATE), data=asked, now=LATE)
    extension_grant(
        actor=people.bkpsdm_admin.viewer(LATE), data=asked, fingerprint=effect.fingerprint, now=LATE
    )
    assert moved(before) == {one.employee_id for one in effect.moved}
    told = set(Notification.objects.values_list("user_id", flat=True))
    assert told == {one.told for one in effect.moved if one.told}
    assert (effect.unfulfilled, Notification.objects.count()) == (7, 7)
    assert people.superior.user.pk not in told
    text = Notification.objects.first().text
    assert text == (
        "Tenggat perencanaan 2026 Anda menjadi 28 Februari 2026 pukul 23.59 WIB (surat 800/12/{BKPSDM})."
    )
    assert AuditEvent.objects.filter(kind="extension.granted").count() == 1


def test_a_second_extension_in_between_makes_the_confirmation_stale(people: People, period):
    actor = people.bkpsdm_admin.viewer(LATE)
    wide, narrow = data(period), data(period, ExtensionScope.OPD, unit_id=people.opd.pk)
    seen = extension_preview(actor=actor, data=wide, now=LATE)
    grant(people, narrow)
    before, written = planning(), Notification.objects.count()
    with pytest.raises(Conflict, match="pratinjau"):
        extension_grant(actor=actor, data=wide, fingerprint=seen.fingerprint, now=LATE)
    assert planning() == before
    assert (Extension.objects.count(), Notification.objects.count()) == (1, written)
    again = extension_preview(actor=actor, data=wide, now=LATE)
    assert len(again.moved) == 15 - 8
    extension_grant(actor=actor, data=wide, fingerprint=again.fingerprint, now=LATE)
    assert Notification.objects.count() == written + again.notified


scopes = st.sampled_from(["period", "opd", "other_opd", "division", "people"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=scopes, second=scopes, hours=st.integers(1, 900), later=st.integers(1, 900))
def test_the_effect_equals_the_preview_with_another_one_granted_in_between(
    people: People, period, first, second, hours, later
):
    with transaction.atomic():
        _second_in_between(people, period, (first, hours), (second, later))
        transaction.set_rollback(True)


def _second_in_between(people: People, period, *scopes_and_hours: tuple[str, int]) -> None:
    before_all = planning()
    one, two = (_asked(people, period, scope, LATE + timedelta(hours=h)) for scope, h in scopes_and_hours)
    actor = people.bkpsdm_admin.viewer(LATE)
    seen = extension_preview(actor=actor, data=one, now=LATE)
    between = extension_preview(actor=actor, data=two, now=LATE)
    if between.moved:
        extension_grant(actor=actor, data=two, fingerprint=between.fingerprint, now=LATE)
    fresh = extension_preview(actor=actor, data=one, now=LATE)
    before, told = planning(), Notification.objects.count()
    if fresh.fingerprint != seen.fingerprint:
        with pytest.raises(Conflict):
            extension_grant(actor=actor, data=one, fingerprint=seen.fingerprint, now=LATE)
        assert (planning(), Notification.objects.count()) == (before, told)
    if fresh.moved:
        extension_grant(actor=actor, data=one, fingerprint=fresh.fingerprint, now=LATE)
    assert moved(before) == {change.employee_id for change in fresh.moved}
    assert Notification.objects.count() == told + fresh.notified
    # Monotone: nobody's deadline came nearer.
    assert all(due >= before_all[employee] for employee, due in planning().items())
    assert not duties_recompute_all(period_id=period.pk)


def _asked(people: People, period, scope: str, due_at) -> ExtensionInput:
    if scope == "period":
        return data(period, due_at=due_at)
    if scope == "people":
        nips = (people.owner.employee.nip, people.stranger.employee.nip)
        return data(period, ExtensionScope.PEOPLE, nips=nips, due_at=due_at)
    kind = ExtensionScope.UNIT if scope == "division" else ExtensionScope.OPD
    return data(period, kind, unit_id=getattr(people, scope).pk, due_at=due_at)


def test_the_owner_reads_which_deadline_holds_and_may_send_again(people: People, period):
    skp = drafted(people.superior, period)
    late = people.superior.viewer(LATE)
    with pytest.raises(NotAllowed):
        skp_submit(actor=late, skp_id=skp.pk, version=skp.version, now=LATE)
    grant(people, data(period, ExtensionScope.UNIT, unit_id=people.opd.pk))
    row = with_facts(type(skp).objects.filter(pk=skp.pk)).get()
    found = plan_facts(row, today=late.today).deadline(Stage.PLANNING)
    assert (found.kind, found.due_at) == (DeadlineKind.EXTENSION, DUE)
    assert "800/12/{BKPSDM}" in found.reason
    skp.refresh_from_db()
    skp_submit(actor=late, skp_id=skp.pk, version=skp.version, now=LATE)
    assert Duty.objects.get(employee=people.superior.employee, stage="planning").fulfilled_at == LATE


def test_plan_and_stored_duty_agree_on_the_deadline(people: People, period):
    skp = drafted(people.owner, period)
    grant(people, data(period, ExtensionScope.UNIT, unit_id=people.opd.pk))
    for stage in (Stage.PLANNING, Stage.SELF_REPORT, Stage.ASSESSMENT):
        row = with_facts(type(skp).objects.filter(pk=skp.pk)).get()
        stored = Duty.objects.get(employee=people.owner.employee, stage=stage)
        assert plan_facts(row, today=TODAY).due_at(stage) == stored.due_at


def test_without_extensions_a_plan_asks_once_with_one_by_unit_twice(
    people: People, period, django_assert_num_queries
):
    skp = drafted(people.owner, period)
    row = with_facts(type(skp).objects.filter(pk=skp.pk)).get()
    with django_assert_num_queries(2):
        plan_facts(row, today=TODAY)
    grant(people, data(period, ExtensionScope.UNIT, unit_id=people.opd.pk))
    with django_assert_num_queries(3):
        plan_facts(row, today=TODAY)


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"due_at": LATE}, "sesudah saat ini"),
        ({"reason": "  "}, "alasan"),
        ({"decree": ""}, "nomor surat"),
        ({"interval": 7, "stage": Stage.MONITORING}, "tidak memiliki jadwal"),
        ({"stage": Stage.OBJECTION}, "tidak memiliki jadwal"),
        ({"scope": ExtensionScope.OPD}, "Pilih OPD"),
        ({"scope": ExtensionScope.PEOPLE}, "Tempel NIP"),
        ({"scope": ExtensionScope.PEOPLE, "nips": ("199001012020121001",)}, "199001012020121001"),
    ],
)
def test_what_makes_no_extension_is_refused(people: People, period, values, match):
    asked = replace(data(period), **values)
    with pytest.raises(DomainError, match=match):
        extension_preview(actor=people.bkpsdm_admin.viewer(LATE), data=asked, now=LATE)


def test_one_that_changes_nothing_is_not_granted(people: People, period):
    asked = data(period, due_at=LATE + timedelta(hours=1))
    early = moment("2026-01-05 08:00")
    asked = replace(asked, due_at=early + timedelta(hours=1))
    actor = people.bkpsdm_admin.viewer(early)
    effect = extension_preview(actor=actor, data=asked, now=early)
    assert effect.sentence == "Tidak ada tenggat yang berubah."
    with pytest.raises(DomainError, match="tidak mengubah"):
        extension_grant(actor=actor, data=asked, fingerprint=effect.fingerprint, now=early)


@pytest.mark.parametrize("who", ["owner", "opd_admin", "inspector", "leader", "superior"])
def test_only_bkpsdm_grants_and_revokes(people: People, period, who):
    extension = grant(people, data(period))
    actor = getattr(people, who).viewer(LATE)
    with pytest.raises(NotAllowed):
        extension_preview(actor=actor, data=data(period), now=LATE)
    with pytest.raises(NotAllowed):
        extension_grant(actor=actor, data=data(period), fingerprint="", now=LATE)
    with pytest.raises(NotAllowed):
        extension_revoke(actor=actor, extension_id=extension.pk, reason="x", fingerprint="", now=LATE)


def test_a_revoked_one_is_not_revoked_again_and_needs_a_reason(people: People, period):
    extension = grant(people, data(period))
    actor = people.bkpsdm_admin.viewer(LATE)
    seen = extension_revoke_preview(actor=actor, extension_id=extension.pk, now=LATE)
    assert seen.shut == 15
    with pytest.raises(DomainError, match="alasan"):
        extension_revoke(
            actor=actor, extension_id=extension.pk, reason=" ", fingerprint=seen.fingerprint, now=LATE
        )
    for error in (None, Conflict):
        how = {"reason": "Keliru", "fingerprint": seen.fingerprint}
        if error is None:
            extension_revoke(actor=actor, extension_id=extension.pk, now=LATE, **how)
            continue
        with pytest.raises(error, match="sudah dicabut"):
            extension_revoke(actor=actor, extension_id=extension.pk, now=LATE, **how)
    assert AuditEvent.objects.filter(kind="extension.revoked").count() == 1


def test_the_decree_is_kept_with_it_and_gone_when_refused(people: People, period, private_root):
    file = check_upload(PDF, "surat.pdf", [Kind.PDF])
    extension = grant(people, data(period), file=file)
    assert extension.file_name == "surat.pdf"
    assert (private_root / extension.stored_name).read_bytes() == file.data
    kept = set((private_root / "extensions").iterdir())
    actor = people.bkpsdm_admin.viewer(LATE)
    with pytest.raises(Conflict):
        extension_grant(actor=actor, data=data(period), fingerprint="lain", now=LATE, file=file)
    assert set((private_root / "extensions").iterdir()) == kept


def test_an_opd_proposes_and_bkpsdm_makes_it_a_grant(people: People, period):
    actor = people.opd_admin.viewer(LATE)
    nips = (people.owner.employee.nip, people.section_member.employee.nip)
    asked = data(period, ExtensionScope.PEOPLE, nips=nips, decree="")
    proposal = extension_propose(actor=actor, data=asked, now=LATE)
    assert (proposal.opd_id, proposal.answered_at) == (people.opd.pk, None)
    assert set(proposal.nips.split()) == set(nips)
    assert Notification.objects.get().user_id == people.bkpsdm_admin.user.pk
    extension = grant(people, replace(asked, decree="800/1"), proposal_id=proposal.pk)
    proposal.refresh_from_db()
    assert (proposal.granted_id, proposal.answered_at) == (extension.pk, LATE)
    with pytest.raises(Conflict, match="sudah dijawab"):
        extension_refuse(
            actor=people.bkpsdm_admin.viewer(LATE), proposal_id=proposal.pk, answer="Tidak", now=LATE
        )


def test_a_refusal_is_told_with_its_reason(people: People, period):
    asked = data(period, ExtensionScope.UNIT, unit_id=people.division.pk)
    proposal = extension_propose(actor=people.opd_admin.viewer(LATE), data=asked, now=LATE)
    bkpsdm = people.bkpsdm_admin.viewer(LATE)
    with pytest.raises(DomainError, match="alasan"):
        extension_refuse(actor=bkpsdm, proposal_id=proposal.pk, answer="", now=LATE)
    with pytest.raises(NotAllowed):
        extension_refuse(
            actor=people.opd_admin.viewer(LATE), proposal_id=proposal.pk, answer="Tidak", now=LATE
        )
    extension_refuse(actor=bkpsdm, proposal_id=proposal.pk, answer="Alasan kurang", now=LATE)
    assert ExtensionProposal.objects.get().answer == "Alasan kurang"
    assert "Alasan kurang" in Notification.objects.get(user=people.opd_admin.user).text


def test_nobody_proposes_beyond_the_own_opd(people: People, period):
    actor = people.opd_admin.viewer(LATE)
    strangers = data(period, ExtensionScope.PEOPLE, nips=(people.stranger.employee.nip,))
    for asked in (
        strangers,
        replace(strangers, nips=(people.owner.employee.nip, people.stranger.employee.nip)),
        data(period, ExtensionScope.OPD, unit_id=people.other_opd.pk),
        data(period, ExtensionScope.UNIT, unit_id=people.root.pk),
    ):
        with pytest.raises(NotAllowed):
            extension_propose(actor=actor, data=asked, now=LATE)
    with pytest.raises(DomainError, match="seluruh periode"):
        extension_propose(actor=actor, data=data(period), now=LATE)
    with pytest.raises(NotAllowed):
        extension_propose(actor=people.owner.viewer(LATE), data=strangers, now=LATE)
    assert not ExtensionProposal.objects.exists()
