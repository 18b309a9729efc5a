"""Beginning a draft from what is there, the links that broke, and the queries of the editor's pages."""

import pytest
from django.test import Client
from django.urls import reverse

from orgunits.lines import lines_rebuild
from orgunits.models import Assignment
from skp.enums import Regime
from skp.models import AnnualRealisation, Period, PlannedResult, Skp
from skp.services.editing import result_remove
from skp.services.periods import period_create
from tests.people import People
from tests.skp.drafts import JANUARY, add_result, agreed, drafted, period_2026, result_ids, sent, started
from tests.skp.facts import moment
from tests.skp.test_pages import at, client_of, text_of

__all__ = ["at"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(people, at):
    return period_2026()


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.owner)


def last_year_of(people: People) -> Skp:
    now = moment("2025-01-08 09:00")
    period = period_create(actor=None, year=2025, now=now)
    top = agreed(people.superior, people.sekda, period, now=now)
    middle = agreed(people.appraiser, people.superior, period, result_ids(top), now)
    return agreed(people.owner, people.appraiser, period, result_ids(middle), now)


def test_several_of_the_superior_s_results_are_taken_at_once(client, people, period):
    above = drafted(people.appraiser, period)
    skp = started(people.owner, period)
    address = reverse("skp:from_superior", args=[skp.pk])
    assert "Masih draf" in text_of(client.get(address))
    first, second = result_ids(above)
    given = {"version": skp.version, f"text{first}": "Tersusunnya laporan bidang", f"text{second}": "Lain"}
    nothing = client.post(address, given)
    assert (nothing.status_code, "Pilih sekurangnya satu" in text_of(nothing)) == (422, True)
    answer = client.post(address, given | {f"r{first}": "1", f"method{first}": "direct"}, follow=True)
    assert "1 hasil kerja ditambahkan" in text_of(answer)
    row = PlannedResult.objects.get(revision=skp.open_revision)
    assert (row.text, row.parent_id, row.cascade_method) == ("Tersusunnya laporan bidang", first, "direct")


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "a\x00b"])
def test_an_adopted_result_needs_sound_words(client, people, period, text):
    first, _second = result_ids(drafted(people.appraiser, period))
    skp = started(people.owner, period)
    given = {"version": skp.version, f"r{first}": "1", f"text{first}": text}
    assert client.post(reverse("skp:from_superior", args=[skp.pk]), given).status_code == 400
    assert not PlannedResult.objects.filter(revision=skp.open_revision).exists()


def test_last_year_s_unmet_results_are_marked(client, people, at):
    source = last_year_of(people)
    period = period_2026()
    item = source.in_force.results.order_by("pk").first().indicators.get().indicator
    AnnualRealisation.objects.create(
        indicator=item, value=3, entered_at=JANUARY, entered_by=people.owner.user
    )
    skp = started(people.owner, period)
    address = reverse("skp:copy", args=[skp.pk])
    page = text_of(client.get(address))
    assert page.count("Belum tercapai tahun lalu") == 1
    assert page.count(" checked") == 2
    given = {"version": skp.version, "source": source.pk, "result": list(result_ids(source))}
    assert "2 hasil kerja disalin" in text_of(client.post(address, given, follow=True))
    assert "Sudah ada pada draf ini." in text_of(client.get(address))


def test_without_an_earlier_plan_the_page_says_what_could_be_copied(client, people, period):
    skp = started(people.owner, period)
    assert "Belum ada SKP sebelumnya." in text_of(client.get(reverse("skp:copy", args=[skp.pk])))
    answer = client.post(reverse("skp:copy", args=[skp.pk]), {"version": skp.version, "source": "1"})
    assert answer.status_code == 422


def linked_draft(people: People, period: Period) -> tuple[Skp, Skp]:
    above = drafted(people.appraiser, period)
    return above, drafted(people.owner, period, result_ids(above))


def test_a_link_to_a_removed_result_is_told(client, people, period):
    above, skp = linked_draft(people, period)
    page = text_of(client.get(reverse("skp:plan", args=[skp.pk])))
    assert "Tautan putus" not in page
    above.refresh_from_db()
    result_remove(
        actor=people.appraiser.viewer(JANUARY),
        skp_id=above.pk,
        version=above.version,
        planned_id=above.open_revision.results.first().pk,
        now=JANUARY,
    )
    page = text_of(client.get(reverse("skp:plan", args=[skp.pk])))
    assert page.count("Tautan putus") == page.count("Pilih tautan baru") == 1
    assert "sudah tidak ada dalam rencana atasan" in page


def test_a_link_to_a_former_superior_is_told(client, people, period):
    _above, skp = linked_draft(people, period)
    Assignment.objects.filter(pk=people.appraiser.post.pk).update(is_head=False)
    lines_rebuild()
    page = text_of(client.get(reverse("skp:plan", args=[skp.pk])))
    assert page.count("bukan lagi milik pejabat penilai") == 2
    opened = text_of(client.get(reverse("skp:plan", args=[skp.pk]), {"buka": result_ids(skp)[0]}))
    assert "(tautan lama)" in opened


def test_a_provisional_plan_leads_to_who_holds_it(client, people, period):
    """In the editor and, once sent, on the plan's page; no longer when the superior's plan is in force."""
    chain = reverse("skp:cascade_person", args=[people.owner.employee.pk])
    above, skp = linked_draft(people, period)
    page = reverse("skp:plan", args=[skp.pk])
    assert chain in text_of(client.get(page))
    assert people.appraiser.employee.full_name in text_of(client.get(chain))
    sent(people.owner, skp, JANUARY)
    shown = text_of(client.get(page))
    assert ("atasan belum disepakati" in shown, chain in shown) == (True, True)
    assert chain not in text_of(client_of(people.appraiser).get(page))
    Skp.objects.filter(pk=above.pk).update(in_force=above.open_revision_id)
    assert chain not in text_of(client.get(page))


def test_a_plan_without_anything_to_serve_yet_leads_there_too(client, people, period):
    chain = reverse("skp:cascade_person", args=[people.owner.employee.pk])
    skp = started(people.owner, period)
    page = reverse("skp:plan", args=[skp.pk])
    assert chain in text_of(client.get(page))
    top = agreed(people.superior, people.sekda, period)
    agreed(people.appraiser, people.superior, period, result_ids(top))
    assert chain not in text_of(client.get(page))
    # A leader's plan serves nobody's: nothing holds it.
    own = client_of(people.superior).get(reverse("skp:plan", args=[top.pk]))
    assert "Siapa menahan rencana saya" not in text_of(own)


def test_the_approach_is_offered_only_where_the_regime_knows_both(client, people, period):
    skp = drafted(people.owner, period)
    plan, address = reverse("skp:plan", args=[skp.pk]), reverse("skp:approach", args=[skp.pk])
    assert "Ganti ke kualitatif" not in text_of(client.get(plan))
    refused = client.post(address, {"version": skp.version, "approach": "qualitative"})
    assert (refused.status_code, "Rezim numerik" in text_of(refused)) == (400, True)
    assert client.post(address, {"version": skp.version, "approach": "x"}).status_code == 400
    Period.objects.update(regime=Regime.QUADRANT)
    assert "Ganti ke kualitatif" in text_of(client.get(plan))
    page = text_of(client.post(address, {"version": skp.version, "approach": "qualitative"}, follow=True))
    assert "Pendekatan sekarang kualitatif." in page
    opened = text_of(client.get(plan, {"buka": result_ids(skp)[0]}))
    assert ">12 laporan</textarea>" in opened


def test_results_are_moved_by_their_buttons(client, people, period):
    skp = drafted(people.owner, period)
    first, second = PlannedResult.objects.filter(revision=skp.open_revision).order_by("order")
    address = reverse("skp:result_move", args=[skp.pk])
    answer = client.post(address, {"version": skp.version, "naik": second.pk})
    assert answer.url == f"{reverse('skp:plan', args=[skp.pk])}#hasil-{second.result_id}"
    assert client.post(address, {"version": skp.version, "naik": second.pk}).status_code == 409
    assert list(PlannedResult.objects.order_by("order").values_list("pk", flat=True)) == [second.pk, first.pk]


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_of_the_editor(client, people, at, django_assert_num_queries, number):
    last_year_of(people)
    period = period_2026()
    above = started(people.appraiser, period)
    skp = started(people.owner, period)
    for place in range(number):
        parent = add_result(above, people.appraiser.viewer(JANUARY), f"Meningkatnya layanan nomor {place}")
        add_result(skp, people.owner.viewer(JANUARY), f"Tersusunnya laporan {place}", parent_id=parent)
    opened = f"{reverse('skp:plan', args=[skp.pk])}?buka={skp.results.latest('pk').pk}"
    for address, queries in (
        (reverse("skp:plan", args=[skp.pk]), PLAN),
        (opened, PLAN),
        (reverse("skp:from_superior", args=[skp.pk]), FROM_SUPERIOR),
        (reverse("skp:copy", args=[skp.pk]), COPY),
    ):
        client.get(address)
        with django_assert_num_queries(queries):
            answer = client.get(address)
        assert answer.status_code == 200
    assert text_of(client.get(opened)).count("Dukung hasil ini") == number


# No more than 20; the same for one row and for three.
PLAN, FROM_SUPERIOR, COPY = 16, 16, 19
