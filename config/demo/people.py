"""Units and people of the demo, as rows of the national export: they enter by the same import."""

from collections.abc import Sequence
from dataclasses import dataclass

from orgunits.enums import ImportKind
from orgunits.imports.reading import SourceFile
from orgunits.imports.results import RawRow

# What tells a demo regency from a real one.
MARK = "DEMO-"
DIGEST = "0" * 64
ROOT, SETDA, INSPECTORATE, BKPSDM, ARCHIVE = "KAB", "SETDA", "INSP", "BKPSDM", "ARSIP"


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit; ``head`` is the key of its definitive head, empty for a vacant one."""

    key: str
    name: str
    parent: str
    head_title: str
    echelon: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody; ``since`` is TMT JABATAN as DD-MM-YYYY, ``job`` 1 structural, 2 functional, 4 executive."""

    key: str
    nip: str
    name: str
    titles: tuple[str, str]
    grade: str
    unit: str
    title: str
    since: str
    job: str = "4"
    echelon: str = ""
    kind: str = "PNS"


UNITS = (
    DemoUnit(SETDA, "Sekretariat Daerah", ROOT, "Sekretaris Daerah", "21", "sekda"),
    DemoUnit("ORG", "Bagian Organisasi", SETDA, "Kepala Bagian Organisasi", "31", "kabag"),
    DemoUnit(INSPECTORATE, "Inspektorat Daerah", ROOT, "Inspektur", "22", "inspektur"),
    DemoUnit(
        BKPSDM,
        "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        ROOT,
        "Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "22",
        "kaban",
    ),
    DemoUnit("SEKR", "Sekretariat", BKPSDM, "Sekretaris Badan", "31", "sekretaris"),
    DemoUnit(
        "UMUM",
        "Sub Bagian Umum dan Kepegawaian",
        "SEKR",
        "Kepala Sub Bagian Umum dan Kepegawaian",
        "41",
        "kasubbag",
    ),
    DemoUnit(
        "MUTASI", "Bidang Mutasi dan Promosi", BKPSDM, "Kepala Bidang Mutasi dan Promosi", "32", "kabid"
    ),
    DemoUnit(
        "BANGKOM",
        "Bidang Pengembangan Kompetensi Aparatur",
        BKPSDM,
        "Kepala Bidang Pengembangan Kompetensi Aparatur",
        "32",
    ),
    DemoUnit(
        ARCHIVE,
        "Dinas Perpustakaan dan Kearsipan",
        ROOT,
        "Kepala Dinas Perpustakaan dan Kearsipan",
        "22",
        "kadis",
    ),
    DemoUnit(
        "LAYANAN",
        "Bidang Layanan Perpustakaan",
        ARCHIVE,
        "Kepala Bidang Layanan Perpustakaan",
        "32",
        "kabid2",
    ),
)

PEOPLE = (
    DemoPerson(
        "sekda",
        "196803121993031004",
        "ABDUL RAHMAN",
        ("Drs. H.", "M.Si."),
        "IV/d",
        SETDA,
        "Sekretaris Daerah",
        "04-01-2021",
        "1",
        "21",
    ),
    DemoPerson(
        "kabag",
        "198206152001122001",
        "LESTARI WULANDARI",
        ("", "S.STP., M.A.P."),
        "IV/a",
        "ORG",
        "Kepala Bagian Organisasi",
        "03-01-2022",
        "1",
        "31",
    ),
    DemoPerson(
        "staf_org",
        "199004172014021003",
        "DIMAS PRASETYO",
        ("", "S.E."),
        "III/c",
        "ORG",
        "Penelaah Teknis Kebijakan",
        "01-02-2019",
    ),
    DemoPerson(
        "inspektur",
        "196911051994031005",
        "GUNTUR WIBISONO",
        ("Ir.", "M.M."),
        "IV/c",
        INSPECTORATE,
        "Inspektur",
        "10-01-2022",
        "1",
        "22",
    ),
    DemoPerson(
        "auditor",
        "198503212010012006",
        "RATIH PERMATASARI",
        ("", "S.Ak., CGCAE"),
        "III/d",
        INSPECTORATE,
        "Auditor Ahli Muda",
        "01-04-2020",
        "2",
    ),
    DemoPerson(
        "kaban",
        "197104251996032002",
        "SITI AMINAH",
        ("Dr. Hj.", "S.H., M.H."),
        "IV/c",
        BKPSDM,
        "Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "05-07-2021",
        "1",
        "22",
    ),
    DemoPerson(
        "sekretaris",
        "197509101999031003",
        "BAMBANG HARYANTO",
        ("", "S.Sos., M.Si."),
        "IV/b",
        "SEKR",
        "Sekretaris Badan",
        "05-07-2021",
        "1",
        "31",
    ),
    DemoPerson(
        "kasubbag",
        "198311202008012005",
        "RINA MARLINA",
        ("", "S.A.P."),
        "III/d",
        "UMUM",
        "Kepala Sub Bagian Umum dan Kepegawaian",
        "03-01-2022",
        "1",
        "41",
    ),
    DemoPerson(
        "agus",
        "197908142007011006",
        "AGUS SALIM",
        ("", ""),
        "II/d",
        "UMUM",
        "Pengadministrasi Perkantoran",
        "01-03-2016",
    ),
    DemoPerson(
        "nurul",
        "199305272021212008",
        "NURUL HIDAYAH",
        ("", "A.Md."),
        "VII",
        "UMUM",
        "Arsiparis Terampil",
        "01-02-2021",
        "2",
        kind="PPPK",
    ),
    DemoPerson(
        "kabid",
        "197807052003121004",
        "HENDRA GUNAWAN",
        ("", "S.I.P., M.Si."),
        "IV/a",
        "MUTASI",
        "Kepala Bidang Mutasi dan Promosi",
        "03-01-2022",
        "1",
        "32",
    ),
    DemoPerson(
        "dewi",
        "198612092010012007",
        "DEWI KARTIKA",
        ("", "S.Kom."),
        "III/d",
        "MUTASI",
        "Analis Sumber Daya Manusia Aparatur Ahli Muda",
        "01-04-2020",
        "2",
    ),
    DemoPerson(
        "yusuf",
        "199202182018011002",
        "YUSUF MAULANA",
        ("", "S.H."),
        "III/b",
        "MUTASI",
        "Analis Sumber Daya Manusia Aparatur Ahli Pertama",
        "01-03-2020",
        "2",
    ),
    DemoPerson(
        "fajar",
        "199907302025041001",
        "FAJAR NUGROHO",
        ("", "S.Tr.I.P."),
        "III/a",
        "MUTASI",
        "Analis Sumber Daya Manusia Aparatur Ahli Pertama",
        "01-04-2025",
        "2",
        kind="CPNS",
    ),
    DemoPerson(
        "megawati",
        "198801142022212005",
        "MEGAWATI PUTRI",
        ("", "S.E."),
        "IX",
        "MUTASI",
        "Penata Layanan Operasional",
        "01-03-2022",
        kind="PPPK",
    ),
    DemoPerson(
        "sri",
        "197601232000032003",
        "SRI WAHYUNI",
        ("", "S.Psi., M.Psi."),
        "IV/a",
        "BANGKOM",
        "Analis Sumber Daya Manusia Aparatur Ahli Madya",
        "01-10-2019",
        "2",
    ),
    DemoPerson(
        "rizky",
        "199106082015031004",
        "RIZKY RAMADHAN",
        ("", "S.Pd."),
        "III/c",
        "BANGKOM",
        "Penelaah Teknis Kebijakan",
        "01-03-2019",
    ),
    DemoPerson(
        "teguh",
        "198409172009041002",
        "TEGUH SANTOSO",
        ("", "S.I.P."),
        "III/d",
        "BANGKOM",
        "Analis Sumber Daya Manusia Aparatur Ahli Muda",
        "01-04-2020",
        "2",
    ),
    DemoPerson(
        "anita",
        "199512112023212010",
        "ANITA SARI",
        ("", "A.Md.Kom."),
        "VII",
        "BANGKOM",
        "Operator Layanan Operasional",
        "01-02-2023",
        kind="PPPK Paruh Waktu",
    ),
    DemoPerson(
        "kadis",
        "197210171998032001",
        "NI LUH AYU KUSUMA",
        ("Dra.", "M.Hum."),
        "IV/b",
        ARCHIVE,
        "Kepala Dinas Perpustakaan dan Kearsipan",
        "10-01-2022",
        "1",
        "22",
    ),
    DemoPerson(
        "kabid2",
        "198105232005011007",
        "MARTHEN LUMENTUT",
        ("", "S.S., M.I.Kom."),
        "III/d",
        "LAYANAN",
        "Kepala Bidang Layanan Perpustakaan",
        "03-01-2022",
        "1",
        "32",
    ),
    DemoPerson(
        "pustakawan",
        "199408022019032009",
        "KARTINI HUTAPEA",
        ("", "S.I.Pus."),
        "III/b",
        "LAYANAN",
        "Pustakawan Ahli Pertama",
        "01-03-2021",
        "2",
    ),
    DemoPerson(
        "staf_arsip",
        "198702252011011005",
        "ROBERTUS WAKUM",
        ("", ""),
        "II/c",
        "LAYANAN",
        "Pengadministrasi Perkantoran",
        "01-02-2018",
    ),
)


def sources(
    regency: str, units: Sequence[DemoUnit] = (), people: Sequence[DemoPerson] = ()
) -> list[SourceFile]:
    """The cast, and whoever else there is, as two workbooks of the export, ready for ``import_sources``."""
    root = RawRow("unit", 1, {"ID": MARK + ROOT, "NAMA UNOR": f"Pemerintah {regency}"})
    tree = [root, *(_unit_row(number, unit) for number, unit in enumerate((*UNITS, *units), start=2))]
    rows = [_person_row(number, person) for number, person in enumerate((*PEOPLE, *people), start=1)]
    return [
        SourceFile("unit", ImportKind.UNITS, DIGEST, tree),
        SourceFile("pegawai", ImportKind.EMPLOYEES, DIGEST, rows),
    ]


def _unit_row(number: int, unit: DemoUnit) -> RawRow:
    cells = {
        "ID": MARK + unit.key,
        "NAMA UNOR": unit.name,
        "ID ATASAN": MARK + unit.parent,
        "NAMA JABATAN": unit.head_title,
        "ESELON ID": unit.echelon,
        "PEMIMPIN PNS ID": MARK + unit.head if unit.head else "",
    }
    return RawRow("unit", number, cells)


def _person_row(number: int, person: DemoPerson) -> RawRow:
    nip = person.nip
    candidate = person.kind == "CPNS"
    contract = person.kind.startswith("PPPK")
    cells = {
        "PNS ID": MARK + person.key,
        "NIP BARU": nip,
        "NAMA": person.name,
        "GELAR DEPAN": person.titles[0],
        "GELAR BELAKANG": person.titles[1],
        "TANGGAL LAHIR": f"{nip[6:8]}-{nip[4:6]}-{nip[:4]}",
        "JENIS KELAMIN": "F" if nip[14] == "2" else "M",
        "JENIS PEGAWAI NAMA": "PNS" if candidate else person.kind,
        "STATUS CPNS PNS": "C" if candidate else "P",
        "KEDUDUKAN HUKUM NAMA": "PPPK Aktif" if contract else "Aktif",
        "TMT CPNS": person.since if contract else f"01-{nip[12:14]}-{nip[8:12]}",
        "GOL AKHIR NAMA": person.grade,
        "JENIS JABATAN ID": person.job,
        "JABATAN NAMA": person.title,
        "TMT JABATAN": person.since,
        "UNOR ID": MARK + person.unit,
        "ESELON ID": person.echelon,
    }
    return RawRow("pegawai", number, cells)
