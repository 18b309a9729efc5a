"""The demo as a whole: people by the import, roles and accounts, a period, plans on their way."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.services.passwords import password_change
from assessments.models import Assessment
from config.demo.closing import year_ends
from config.demo.crowd.people import crowd_make
from config.demo.people import ARCHIVE, BKPSDM, MARK, PEOPLE, ROOT, sources
from config.demo.running import Running
from config.demo.stages import DemoStage, demo_windows, moments_of, shown_at
from config.demo.stories import stories_tell
from config.demo.year import Year
from config.lib.dates import office_date
from config.lib.errors import DomainError
from orgunits.enums import AssignmentKind, Role
from orgunits.imports.running import import_sources
from orgunits.models import Employee, OrgUnit
from orgunits.services.acting import acting_start
from orgunits.services.people import Official, state_official_create
from orgunits.services.roles import role_grant
from orgunits.viewer import Viewer
from skp.services.periods import period_create

PASSWORD = "contoh-skp-2026"  # noqa: S105 well-known on purpose; seed_demo refuses in production
REGENT = "bupati"
# The tree and its lines stand from here on; the regent's post begins with them.
STANDS_SINCE = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Login:
    """One login of the table: whose, and what to look at with it.

    ``judged``: the same where the year is judged or over; empty where nothing differs.
    """

    key: str
    role: str
    judged: str = ""


LOGINS = (
    Login("dewi", "Admin BKPSDM", "Admin BKPSDM; pegawai dengan ide baru"),
    Login("sri", "Admin BKPSDM kedua", "Admin BKPSDM kedua: memutus permintaan buka kunci"),
    Login(
        "kasubbag",
        "Pengelola kepegawaian OPD; pejabat penilai",
        "Pengelola kepegawaian OPD; pejabat penilai yang dinilai paling akhir",
    ),
    Login(REGENT, "Pimpinan daerah (Bupati)"),
    Login("sekda", "Pimpinan daerah (Sekretaris Daerah)"),
    Login("auditor", "Inspektorat"),
    Login("kaban", "Kepala OPD"),
    Login("kabid", "Pejabat penilai, juga Plt. bidang yang kosong"),
    Login(
        "fajar",
        "Pegawai (CPNS) dengan rencana draf dan tenggat diperpanjang",
        "Pegawai (CPNS) tanpa kinerja: rencana tidak pernah dikirim",
    ),
    Login("yusuf", "Pegawai yang menunggu persetujuan", "Pegawai dengan hasil penilaian"),
    Login("megawati", "Pegawai PPPK", "Pegawai PPPK dengan realisasi yang dikoreksi"),
    Login(
        "teguh",
        "Pegawai yang melaporkan kemajuan triwulan",
        "Pegawai dengan rating di atas usulan, dinilai oleh Plt.",
    ),
    Login("anita", "Pegawai tanpa rencana"),
    Login("pustakawan", "Pegawai OPD lain", "Pegawai OPD yang belum cukup menilai"),
    Login("kabid2", "Pengelola kepegawaian OPD lain"),
)

GRANTS = (
    ("dewi", Role.BKPSDM_ADMIN, None),
    ("sri", Role.BKPSDM_ADMIN, None),
    ("kasubbag", Role.OPD_ADMIN, BKPSDM),
    ("kabid2", Role.OPD_ADMIN, ARCHIVE),
    ("auditor", Role.INSPECTOR, None),
    ("sekda", Role.LEADER, None),
    (REGENT, Role.LEADER, None),
)


def is_seeded() -> bool:
    """Whether the demo's people are there."""
    return Employee.objects.filter(external_id__startswith=MARK).exists()


def has_other_people() -> bool:
    """Whether people are there who do not come from the demo."""
    return Employee.objects.exclude(external_id__startswith=MARK).exclude(nip=None).exists()


@transaction.atomic
def seed(*, regency: str, stage: DemoStage, year: int, employees: int, seed: int, now: datetime) -> None:
    """Write the demo into an empty database as of ``now``; all of it or nothing.

    ``employees``: how many people with a NIP, the cast included. Raises DomainError when the database has
    people, units or a period of that year already.
    """
    if Employee.objects.exists() or OrgUnit.objects.exists():
        raise DomainError("Basis data ini sudah berisi unit kerja atau pegawai.")
    at = shown_at(stage, year, now)
    windows = demo_windows(stage, year, at)
    moments = moments_of(windows, at)
    began = moments.before_close(days=40)
    crowd = crowd_make(size=employees - len(PEOPLE), year=year, seed=seed)
    files = sources(regency, crowd.units, crowd.people)
    import_sources(actor=None, sources=files, as_of=STANDS_SINCE, now=began)
    officer = _officer(began)
    _regent(officer, began)
    _acting_head(officer, began)
    _grant_roles(officer, began)
    period = period_create(actor=None, year=year, now=began, windows=windows)
    stories = stories_tell(crowd, stage=stage, moments=moments, seed=seed)
    demo = Year(period=period, people=_people(), moments=moments)
    demo.live(stories, officer=officer)
    if stage is DemoStage.RUNNING:
        after = Running(demo, seed=seed)
        after.extend()
        after.transfer()
        after.progress(stories, windows)
    elif stage.is_over:
        year_ends(demo, crowd, stories, windows=windows, stage=stage, seed=seed)
    demo.run()
    for login in LOGINS:
        user = _person(login.key).user
        assert user is not None
        password_change(user=user, new_password=PASSWORD, now=began)


def _grant_roles(officer: Viewer, now: datetime) -> None:
    for key, role, unit in GRANTS:
        role_grant(
            actor=officer,
            now=now,
            employee_id=_person(key).pk,
            role=role,
            unit_id=OrgUnit.objects.get(external_id=MARK + unit).pk if unit else None,
            start=officer.today,
        )


def _people() -> dict[str, Employee]:
    """Everybody by key."""
    people = Employee.objects.select_related("user")
    return {str(person.external_id or REGENT).removeprefix(MARK): person for person in people}


def logins() -> list[tuple[str, str, str]]:
    """Name, role and login name of each row of the table."""
    judged = Assessment.objects.exists()
    people = [(_person(login.key), (judged and login.judged) or login.role) for login in LOGINS]
    return [(person.full_name, role, person.user.username) for person, role in people if person.user]


def _person(key: str) -> Employee:
    people = Employee.objects.select_related("user")
    return people.get(user__username=REGENT) if key == REGENT else people.get(external_id=MARK + key)


def _officer(now: datetime) -> Viewer:
    """The first BKPSDM admin, before anybody has a role to give one."""
    person = _person("dewi")
    assert person.user is not None
    return Viewer(
        user_id=person.user.pk,
        employee_id=person.pk,
        label=person.full_name,
        now=now,
        today=office_date(now),
        roles=frozenset({Role.BKPSDM_ADMIN}),
    )


def _regent(officer: Viewer, now: datetime) -> None:
    root = OrgUnit.objects.get(external_id=MARK + ROOT)
    state_official_create(
        actor=officer,
        now=now,
        unit_id=root.pk,
        version=root.version,
        official=Official("MUHAMMAD IQBAL TAMBUNAN", "H.", "S.E., M.M.", "Bupati", REGENT),
        start=STANDS_SINCE,
    )


def _acting_head(officer: Viewer, now: datetime) -> None:
    person = _person("kabid")
    acting_start(
        actor=officer,
        now=now,
        employee_id=person.pk,
        version=person.version,
        unit_id=OrgUnit.objects.get(external_id=MARK + "BANGKOM").pk,
        kind=AssignmentKind.PLT,
        start=date(officer.today.year - 1, 7, 1),
        until=None,
        decree="800.1.3/114/BKPSDM",
    )
