"""What a first visit costs over the wire, from the server as it runs in production.

Budget: 100 kB with style sheet and script, 30 kB for the page itself, six requests.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings as django_settings
from django.test import Client

from config.lib import clock
from config.lib.dates import office_date
from orgunits.enums import UnitKind
from orgunits.lines import lines_rebuild
from skp.enums import CascadeMethod
from skp.models import Skp
from skp.services.moves import skp_submit
from skp.services.periods import period_create
from tests.documents.conftest import database_url
from tests.factories import AssignmentFactory, EmployeeFactory
from tests.people import People, Person, unit
from tests.skp.drafts import add_result, agreed, decided, result_ids, started, submitted
from tests.windows import open_windows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
WHOLE, PAGE, REQUESTS = 100_000, 30_000, 6
OPDS, RESULTS, MEMBERS = 58, 8, 30
# The largest OPD: so many units of so many people.
UNITS, STAFF = 40, 15


@dataclass
class Load:
    """What one page took: bytes of the page and of everything, and the addresses asked for."""

    page: int
    whole: int
    addresses: list[str]


@pytest.fixture
def served(transactional_db, tmp_path: Path) -> Iterator[str]:
    """The address of the application in production mode, on this test's database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    environment = {
        **os.environ,
        "SKP_MODE": "production",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(tmp_path),
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", address, "--log-level", "warning"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _until_it_answers(f"http://{address}/healthz")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(20)


def _until_it_answers(url: str) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            assert time.monotonic() < end, f"{url} does not answer"
            time.sleep(0.1)


@pytest.fixture
def crowded(people: People) -> Skp:
    """A regency of 60 OPD, one of 600 people, a full division whose plans wait for their appraiser."""
    for number in range(OPDS):
        unit(f"Dinas Pelayanan Masyarakat Nomor {number}", people.root, kind=UnitKind.OPD)
    for number in range(UNITS):
        service = unit(f"UPTD Puskesmas Kecamatan Nomor {number}", people.other_opd, opd=people.other_opd)
        for place in range(STAFF):
            head = {"is_head": True, "position_title": "Kepala UPTD Puskesmas"} if place == 0 else {}
            person = EmployeeFactory(name=f"PEGAWAI KE {place} PUSKESMAS {number}")
            AssignmentFactory(employee=person, unit=service, **head)
    members = [
        Person(AssignmentFactory(employee=EmployeeFactory(name=f"ANGGOTA KE {number}"), unit=people.division))
        for number in range(MEMBERS)
    ]
    lines_rebuild()
    now = clock.now()
    year = office_date(now).year
    period = period_create(
        actor=None, year=year, now=now - timedelta(days=40), windows=open_windows(year, now)
    )
    top = agreed(people.superior, people.sekda, period, now=now)
    parents = result_ids(agreed(people.appraiser, people.superior, period, result_ids(top), now=now))
    for member in members:
        submitted(member, period, parents, now=now)
    skp = started(people.owner, period, now)
    actor = people.owner.viewer(now)
    for number in range(RESULTS):
        add_result(skp, actor, f"Tersusunnya dokumen perencanaan dan pelaporan bagian ke-{number}")
    skp_submit(actor=actor, skp_id=skp.pk, version=skp.version, now=now)
    return skp


def signed_in(person: Person) -> dict[str, str]:
    client = Client()
    client.force_login(person.user)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


def load(new_context, person: Person, url: str) -> Load:
    """Visit with an empty cache and weigh everything that crosses the wire."""
    context = new_context()
    context.add_cookies([{**signed_in(person), "url": url}])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda e: addresses.update({e["requestId"]: e["response"]["url"]}))
    wire.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    wire.send("Network.enable")
    answer = page.goto(url, wait_until="networkidle")
    assert answer is not None
    assert (answer.status, answer.url) == (200, url)
    crossed = {key: address for key, address in addresses.items() if not address.startswith("data:")}
    document = next(key for key, address in crossed.items() if address == url)
    return Load(
        page=round(sizes[document]),
        whole=round(sum(sizes[key] for key in crossed)),
        addresses=sorted(crossed.values()),
    )


@pytest.fixture
def draft(people: People, crowded: Skp) -> Skp:
    """A long draft of the section's head, whose superior's plan stands beside it."""
    now = clock.now()
    skp = started(people.section_head, crowded.period, now)
    for number in range(RESULTS):
        add_result(skp, people.section_head.viewer(now), f"Tersusunnya laporan berkala bagian ke-{number}")
    return skp


@pytest.fixture
def in_force(people: People, crowded: Skp) -> Skp:
    """A long plan in force of a further member of the division, whose quarters can be told."""
    now = clock.now()
    person = Person(AssignmentFactory(employee=EmployeeFactory(), unit=people.division))
    lines_rebuild()
    parent, _ = result_ids(Skp.objects.get(owner=people.appraiser.employee))
    skp = started(person, crowded.period, now)
    actor = person.viewer(now)
    for number in range(RESULTS):
        text = f"Tersusunnya rekapitulasi data kepegawaian bagian ke-{number}"
        add_result(skp, actor, text, parent_id=parent, cascade_method=CascadeMethod.DIRECT)
    skp_submit(actor=actor, skp_id=skp.pk, version=skp.version, now=now)
    return decided(people.appraiser, skp, now)


@pytest.mark.parametrize("screen", ["phone"], indirect=True)
def test_first_visits_are_light(
    people: People, crowded: Skp, draft: Skp, in_force: Skp, served: str, new_context
) -> None:
    opened = draft.results.earliest("pk").pk
    in_force_owner = Person(in_force.assignment)
    for person, path in (
        (people.appraiser, "/"),
        (people.owner, f"/skp/{crowded.pk}/"),
        (people.appraiser, f"/skp/{crowded.pk}/"),
        (people.section_head, f"/skp/{draft.pk}/?buka={opened}"),
        (people.appraiser, "/skp/kotak-masuk/"),
        (people.appraiser, f"/skp/{in_force.pk}/pelaksanaan/1/"),
        (in_force_owner, f"/skp/{in_force.pk}/pelaksanaan/1/"),
        (people.bkpsdm_admin, "/papan/"),
        (people.bkpsdm_admin, f"/papan/opd/{people.other_opd.pk}/"),
        (people.bkpsdm_admin, f"/skp/kaskade/{people.other_opd.pk}/"),
        (people.bkpsdm_admin, f"/skp/kaskade/{people.division.pk}/matriks/"),
        (people.bkpsdm_admin, "/organisasi/pegawai/"),
    ):
        seen = load(new_context, person, f"{served}{path}")
        assert len(seen.addresses) <= REQUESTS, (path, seen.addresses)
        assert seen.page <= PAGE, (path, seen.page)
        assert seen.whole <= WHOLE, (path, seen.whole)
