"""The editor by its pages: saving by form and by script, two versions, refusals that keep what was typed."""

from uuid import uuid4

import pytest
from django.urls import reverse

from skp.models import PlannedIndicator, PlannedResult, Skp
from tests.people import People
from tests.skp.drafts import DECEMBER, drafted, period_2026, started, submitted
from tests.skp.editor_forms import RESULT, Form, fields_of
from tests.skp.test_pages import at, client_of, text_of

__all__ = ["at"]

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def period(people, at):
    return period_2026()


@pytest.fixture
def draft(people: People, period) -> Skp:
    return drafted(people.owner, period)


@pytest.fixture
def client(people: People):
    return client_of(people.owner)


def plan_of(skp: Skp) -> str:
    return reverse("skp:plan", args=[skp.pk])


def first(skp: Skp) -> PlannedResult:
    return PlannedResult.objects.filter(revision=skp.open_revision).earliest("order")


def opened(client, skp: Skp, buka: object = None) -> Form:
    """The open form of a section, by default of the first result."""
    return fields_of(client.get(plan_of(skp), {"buka": buka or first(skp).result_id}))


def changed_elsewhere(client, skp: Skp, text: str = "Versi dari perangkat lain") -> None:
    form = opened(client, skp)
    assert client.post(form.action, form.values | {"text": text}).status_code == 302


def test_one_section_is_open_and_the_others_are_read(client, draft):
    page = text_of(client.get(plan_of(draft), {"buka": first(draft).result_id}))
    assert page.count('id="bagian"') == 1
    assert "2. Terlayaninya permintaan data" in page
    assert "1. Tersusunnya laporan kinerja" not in page
    assert 'id="bagian"' not in text_of(client.get(plan_of(draft)))


@pytest.mark.parametrize("buka", ["99999", "lain", "baru&kunci=x"])
def test_a_section_that_is_not_there_is_not_found(client, draft, buka):
    assert client.get(f"{plan_of(draft)}?buka={buka}").status_code == 404


def test_the_form_sends_back_what_is_stored(client, draft):
    before = first(draft)
    form = opened(client, draft)
    assert client.post(form.action, form.values).url == f"{plan_of(draft)}#hasil-{before.result_id}"
    after = first(draft)
    fields = ("text", "kind", "parent_id", "cascade_method", "scope", "order")
    assert [getattr(after, name) for name in fields] == [getattr(before, name) for name in fields]
    item = after.indicators.get()
    assert (item.text, item.target_min, item.rollup) == ("Jumlah laporan yang selesai", 12, "sum")


def test_the_script_gets_the_new_version_and_what_is_missing(client, draft):
    form = opened(client, draft)
    answer = client.post(form.action, form.values | {"text": "Tersusunnya laporan triwulanan"}, headers=JSON)
    draft.refresh_from_db()
    given = answer.json()
    assert (answer.status_code, given["version"]) == (200, draft.version)
    assert given["message"] == "Tersimpan 09.00"
    assert given["opens"] == str(first(draft).result_id)
    assert "2 hal belum lengkap" in given["missing"]
    assert "belum terhubung" in given["completeness"]
    again = client.post(
        form.action,
        form.values | {"text": "Tersusunnya laporan", "version": given["version"], "base": given["base"]},
        headers=JSON,
    )
    assert again.status_code == 200


def test_a_section_sent_twice_is_saved_once(client, draft):
    form = opened(client, draft)
    sent = form.values | {"text": "Tersusunnya laporan triwulanan"}
    assert client.post(form.action, sent, headers=JSON).status_code == 200
    draft.refresh_from_db()
    version = draft.version
    assert client.post(form.action, sent, headers=JSON).json()["version"] == version
    assert client.post(form.action, sent).status_code == 302
    draft.refresh_from_db()
    assert draft.version == version


def test_a_new_result_sent_twice_is_written_once(client, people, period):
    skp = started(people.owner, period)
    form = fields_of(client.get(plan_of(skp), {"buka": "baru"}))
    for _ in range(2):
        assert client.post(form.action, form.values | RESULT, headers=JSON).status_code == 200
    assert PlannedResult.objects.count() == PlannedIndicator.objects.count() == 1


def test_a_change_of_another_section_is_no_conflict(client, draft):
    form = opened(client, draft)
    other = opened(client, draft, "lampiran")
    assert client.post(other.action, other.values | {"resources": "Dua orang"}).status_code == 302
    assert client.post(form.action, form.values | {"text": "Tersusunnya rekap"}).status_code == 302
    assert first(draft).text == "Tersusunnya rekap"


def test_two_versions_are_shown_and_nothing_is_overwritten(client, draft):
    form = opened(client, draft)
    changed_elsewhere(client, draft)
    mine = form.values | {"text": "Versi saya", "i0-target_min": "24"}
    assert client.post(form.action, mine, headers=JSON).status_code == 409
    answer = client.post(form.action, mine)
    page = text_of(answer)
    assert answer.status_code == 409
    for shown in ("Versi dari perangkat lain", "Versi saya", "Indikator 1: Target"):
        assert shown in page
    assert "Satuan" not in page
    assert first(draft).text == "Versi dari perangkat lain"


def resolving(client, draft, mine: dict[str, str]) -> Form:
    """The conflict page's form, as it stands after another device has saved its version."""
    form = opened(client, draft)
    changed_elsewhere(client, draft)
    page = client.post(form.action, form.values | mine)
    text = text_of(page).replace('data-plan="', 'id="dua-versi" data-plan="', 1)
    page.content = text.encode()
    return fields_of(page, "dua-versi")


def test_each_field_is_chosen_for_itself(client, draft):
    form = resolving(client, draft, {"text": "Versi saya", "i0-target_min": "24"})
    chosen = {"pilih-text": "tersimpan", "pilih-i0-target_min": "saya"}
    assert client.post(form.action, form.values | chosen).status_code == 302
    row = first(draft)
    assert (row.text, row.indicators.get().target_min) == ("Versi dari perangkat lain", 24)


def test_all_of_mine_is_taken_at_once(client, draft):
    form = resolving(client, draft, {"text": "Versi saya", "i0-target_min": "24"})
    chosen = {"pilih-text": "tersimpan", "semua": "saya"}
    assert client.post(form.action, form.values | chosen).status_code == 302
    row = first(draft)
    assert (row.text, row.indicators.get().target_min) == ("Versi saya", 24)


@pytest.mark.parametrize(("choice", "count"), [("saya", 2), ("tersimpan", 1)])
def test_an_indicator_of_one_version_only_is_chosen_as_a_whole(client, draft, choice, count):
    added = {"i1-text": "Ketepatan waktu penyampaian", "i1-target_min": "5", "i1-unit": "hari"}
    form = resolving(client, draft, added)
    chosen = {"pilih-text": "tersimpan", "pilih-i1-key": choice}
    assert client.post(form.action, form.values | chosen).status_code == 302
    assert first(draft).indicators.count() == count


def test_a_result_removed_elsewhere_comes_back_with_what_was_typed(client, draft):
    form = opened(client, draft)
    planned = first(draft)
    draft.refresh_from_db()
    client.post(reverse("skp:result_remove", args=[draft.pk, planned.pk]), {"version": draft.version})
    answer = client.post(form.action, form.values | {"text": "Tersusunnya laporan baru"})
    assert (answer.status_code, "sudah dihapus dari draf" in text_of(answer)) == (409, True)
    draft.refresh_from_db()
    again = form.values | {"text": "Tersusunnya laporan baru", "version": draft.version, "base": ""}
    assert client.post(form.action, again).status_code == 302
    texts = PlannedResult.objects.filter(revision=draft.open_revision).values_list("text", flat=True)
    assert set(texts) == {"Tersusunnya laporan baru", "Terlayaninya permintaan data"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "tidak boleh kosong"),
        ({"kind": "side"}, "pilihan yang"),
        ({"parent_id": "999999"}, "pilihan yang"),
        ({"cascade_method": "half"}, "pilihan yang"),
        ({"scope": "4"}, "pilihan yang"),
        ({"text": "x" * 2001}, "2000"),
        ({"assigned_by": "x" * 201}, "200"),
        ({"text": "Hasil \x00 kosong"}, "null"),
        ({"i0-target_min": "dua belas"}, "Tulis angka"),
        ({"i0-target_min": "-3"}, "Tulis angka"),
        ({"i0-target_min": "1e5"}, "Tulis angka"),
        ({"i0-target_min": "NaN"}, "Tulis angka"),
        ({"i0-target_min": "1,23456"}, "4 angka di belakang koma"),
        ({"i0-target_min": "9" * 20}, "terlalu besar"),
        ({"i0-target_min": "5", "i0-target_max": "4"}, "Batas atas"),
        ({"i0-target_min": "", "i0-target_max": "4"}, "batas bawahnya"),
        ({"i0-target_min": "", "i0-direction": "special"}, "Angka 0 berarti"),
        ({"i0-aspect": "luck"}, "pilihan yang"),
        ({"i0-text": ""}, "tidak boleh kosong"),
        ({"i0-key": "x"}, "UUID"),
    ],
)
def test_bad_input_is_told_and_nothing_written(client, people, period, change, said):
    skp = started(people.owner, period)
    form = fields_of(client.get(plan_of(skp), {"buka": "baru"}))
    given = form.values | RESULT | {"agreement_text": "Yang lain tetap ada"} | change
    by_script = client.post(form.action, given, headers=JSON)
    assert by_script.status_code == 422
    assert list(by_script.json()["errors"]) == [list(change)[-1]] or said in str(by_script.json())
    assert said in str(by_script.json()["errors"])
    answer = client.post(form.action, given)
    assert answer.status_code == 422
    if change.keys() & {"text", "i0-target_min", "i0-target_max", "i0-text", "parent_id"}:
        assert said in text_of(answer)
    assert "Jumlah rekap yang selesai" in text_of(answer) or "i0-text" in change
    assert not PlannedResult.objects.exists()


def test_errors_are_listed_with_links_to_their_fields(client, draft):
    form = opened(client, draft)
    page = text_of(client.post(form.action, form.values | {"text": "", "i0-target_min": "dua"}))
    for anchor in ("id_text", "id_i0_target_min"):
        assert f'<a href="#{anchor}">' in page
        assert f'id="{anchor}"' in page


def test_a_missing_target_may_wait_and_is_asked_for(client, people, period):
    skp = started(people.owner, period)
    form = fields_of(client.get(plan_of(skp), {"buka": "baru"}))
    client.post(form.action, form.values | RESULT | {"i0-target_min": "", "i0-unit": ""})
    page = text_of(client.get(plan_of(skp)))
    assert "Hasil 1: target belum diisi; target 0 hanya untuk arah khusus." in page
    assert "Hasil 1: satuan target belum diisi." in page
    assert opened(client, skp).values["i0-target_min"] == ""


def test_after_the_deadline_what_was_typed_can_still_be_copied(client, draft, at):
    form = opened(client, draft)
    at(DECEMBER)
    sent = form.values | {"text": "Terlambat diketik"}
    answer = client.post(form.action, sent)
    assert answer.status_code == 403
    assert "Tenggat perencanaan sudah lewat" in text_of(answer)
    assert "Terlambat diketik" in text_of(answer)
    assert "Simpan pilihan" not in text_of(answer)
    by_script = client.post(form.action, sent, headers=JSON)
    assert (by_script.status_code, "sudah lewat" in by_script.json()["message"]) == (403, True)
    assert first(draft).text == "Tersusunnya laporan kinerja"


def test_a_submitted_plan_takes_nothing_more(client, people, period):
    skp = submitted(people.owner, period)
    key = first(skp).result.key
    address = reverse("skp:section_result", args=[skp.pk, key])
    answer = client.post(address, RESULT | {"version": skp.version, "base": ""})
    assert (answer.status_code, "Tarik kembali" in text_of(answer)) == (403, True)


def test_the_key_of_another_s_result_is_of_no_use(client, people, period, draft):
    theirs = first(drafted(people.section_head, period))
    address = reverse("skp:section_result", args=[draft.pk, theirs.result.key])
    answer = client.post(address, RESULT | {"version": draft.version, "base": ""})
    assert answer.status_code == 409
    theirs.refresh_from_db()
    assert theirs.text == "Tersusunnya laporan kinerja"
    mine = reverse("skp:section_result", args=[draft.pk, uuid4()])
    stolen = RESULT | {"i0-key": str(theirs.indicators.get().indicator.key)}
    draft.refresh_from_db()
    assert client.post(mine, stolen | {"version": draft.version, "base": ""}).status_code == 409
    assert theirs.indicators.get().text == "Jumlah laporan yang selesai"


def test_saving_goes_on_to_the_section_that_was_asked_for(client, draft):
    form = opened(client, draft)
    second = PlannedResult.objects.filter(revision=draft.open_revision).latest("order").result_id
    answer = client.post(form.action, form.values | {"lanjut": str(second)})
    assert answer.url == f"{plan_of(draft)}?buka={second}#hasil-{second}"
    form = opened(client, draft)
    assert client.post(form.action, form.values | {"lanjut": "x\r\ny"}).url == plan_of(draft)
    form = opened(client, draft)
    answer = client.post(form.action, form.values | {"lanjut": "baru&jenis=additional&evil=1"})
    assert answer.url == f"{plan_of(draft)}?buka=baru&jenis=additional#hasil-baru"
    assert client.get(answer.url).status_code == 200


def test_an_indicator_is_removed_by_its_button(client, draft):
    form = opened(client, draft)
    answer = client.post(form.action, form.values | {"buang": form.values["i0-key"]})
    assert answer.url == f"{plan_of(draft)}?buka={first(draft).result_id}#hasil-{first(draft).result_id}"
    assert not first(draft).indicators.exists()
