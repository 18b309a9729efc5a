"""The one who moves to another agency: the old plan closes, a new one is written in the new post."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from config.demo.people import MARK
from config.demo.stories import MOVED, MOVED_TO
from config.demo.year import Year, hash_of, version_of
from config.lib.dates import office_date
from orgunits.enums import PositionKind
from orgunits.models import Assignment, Employee, OrgUnit
from orgunits.services.assignments import Post
from orgunits.services.transfers import employee_transfer
from skp.enums import Aspect, CascadeMethod, Direction
from skp.models import Skp
from skp.selectors.plans import linkable_results
from skp.services.closing import plans_close_ended
from skp.services.editing import IndicatorInput, ResultInput, indicator_save, result_save, skp_start
from skp.services.moves import skp_agree, skp_submit

TITLE = "Penata Layanan Operasional"
NEW_HEAD = f"kepala-{MOVED_TO.lower()}"
# Days from the transfer to the new plan's sending and its agreement.
SENT_AFTER, AGREED_AFTER = 6, 9
# What is promised in the new post, with the target and unit of its one indicator.
NEW_RESULTS = (
    ("Terlayaninya permohonan surat keterangan penduduk", "Surat keterangan yang diterbitkan", 120, "surat"),
    ("Tersusunnya rekapitulasi layanan umum bulanan", "Rekapitulasi yang disampaikan", 6, "laporan"),
)


def move_away(year: Year, moment: datetime, *, writes_anew: bool = False) -> bool:
    """Let the transfer happen at ``moment``; with ``writes_anew`` the new post's plan is agreed soon after.

    False, and nothing happens, where the plan's year has hardly begun: there is no day on which a plan of
    it could have ended.
    """
    if office_date(moment) <= date(year.period.year, 1, 1):
        return False
    year.at(moment, lambda now: _transfer(year, now))
    if writes_anew:
        year.at(moment + timedelta(days=SENT_AFTER), lambda now: _write_and_send(year, now))
        year.at(moment + timedelta(days=AGREED_AFTER), lambda now: _agree(year, now))
    return True


def _transfer(year: Year, now: datetime) -> None:
    person = Employee.objects.get(external_id=MARK + MOVED)
    employee_transfer(
        actor=year.viewer("dewi", now),
        now=now,
        employee_id=person.pk,
        version=person.version,
        post=Post(
            unit_id=OrgUnit.objects.get(external_id=MARK + MOVED_TO).pk,
            position_title=TITLE,
            position_kind=PositionKind.EXECUTIVE,
        ),
        tmt=office_date(now),
        decree="821.2/118/BKPSDM",
    )
    plans_close_ended(now=now, employee_ids=[person.pk])


def _write_and_send(year: Year, now: datetime) -> None:
    owner = year.viewer(MOVED, now)
    post = Assignment.objects.get(employee=owner.employee_id, until=None)
    skp = skp_start(actor=owner, assignment_id=post.pk, period=year.period, now=now)
    head = year.people[NEW_HEAD].pk
    parents = linkable_results(appraiser_id=head, period_id=year.period.pk)
    for (text, measure, target, unit), parent in zip(NEW_RESULTS, parents, strict=False):
        promised = ResultInput(text, parent_id=parent.result_id, cascade_method=CascadeMethod.DIRECT)
        planned = result_save(actor=owner, skp_id=skp.pk, version=version_of(skp.pk), data=promised, now=now)
        number = Decimal(target)
        indicator_save(
            actor=owner,
            skp_id=skp.pk,
            version=version_of(skp.pk),
            planned_result_id=planned.pk,
            data=IndicatorInput(Aspect.QUANTITY, measure, number, number, unit, Direction.NORMAL),
            now=now,
        )
    skp_submit(actor=owner, skp_id=skp.pk, version=version_of(skp.pk), now=now)


def _agree(year: Year, now: datetime) -> None:
    skp_id = Skp.objects.filter(owner=year.people[MOVED], period=year.period).latest("start").pk
    skp_agree(
        actor=year.viewer(NEW_HEAD, now),
        skp_id=skp_id,
        version=version_of(skp_id),
        content_hash=hash_of(skp_id),
        methods_confirmed=True,
        now=now,
    )
