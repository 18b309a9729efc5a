"""The crowd as units and posts of the national export, ready for the same import as the cast."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from config.demo.crowd.agencies import Agency, Division
from config.demo.crowd.names import People
from config.demo.crowd.offices import INSPECTORATE, LIBRARY, SECRETARIAT_OF_THE_REGENCY
from config.demo.crowd.services import DISTRICT, HEALTH, ROADS, SCHOOLS
from config.demo.people import ROOT, DemoPerson, DemoUnit

AGENCIES: tuple[Agency, ...] = (
    SECRETARIAT_OF_THE_REGENCY,
    INSPECTORATE,
    LIBRARY,
    HEALTH,
    SCHOOLS,
    ROADS,
    DISTRICT,
)
SINCE = "03-01-2022"
GRADES = ("II/c", "II/d", "III/a", "III/b", "III/c", "III/d")
CONTRACT_GRADES = ("V", "VII", "IX")
# Of a hundred people without a unit of their own.
CONTRACT_SHARE, PART_TIME_SHARE = 16, 12
# What somebody studied who works as this; others studied this and that.
STUDIED = {
    "Guru": "S.Pd.",
    "Dokter": "dr.",
    "Perawat": "S.Kep.",
    "Bidan": "A.Md.Keb.",
    "Apoteker": "S.Farm.",
    "Nutrisionis": "S.Gz.",
    "Sanitarian": "A.Md.KL.",
    "Auditor": "S.Ak.",
    "Teknik": "S.T.",
    "Penata Bangunan": "S.T.",
    "Arsiparis": "A.Md.",
}


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who was made: rows for the import, and for the plans who leads and who works where.

    ``heads``: the key of a unit's head by the unit's key, vacant units missing; ``staff``: the keys of
    the people of each division.
    """

    units: tuple[DemoUnit, ...]
    people: tuple[DemoPerson, ...]
    heads: dict[str, str]
    staff: dict[str, tuple[str, ...]]


def crowd_make(*, size: int, year: int, seed: int) -> Crowd:
    """Exactly ``size`` people, at least the heads, the same for the same ``seed``."""
    chance = Random(seed)  # noqa: S311 invented people need no secrecy
    maker = _Maker(People(chance, year), chance)
    for agency in AGENCIES:
        maker.lead(agency)
    places = list(_places(max(size - len(maker.people), 0)))
    for division, count in places:
        maker.fill(division, count)
    return Crowd(tuple(maker.units), tuple(maker.people), maker.heads, maker.staff)


def _places(staff: int) -> Iterator[tuple[Division, int]]:
    """How many people each division has; what rounding leaves over goes to the first."""
    weights = [
        (division, agency.size * division.share / sum(item.share for item in agency.divisions))
        for agency in AGENCIES
        for division in agency.divisions
    ]
    whole = sum(weight for _, weight in weights)
    counts = [(division, int(staff * weight / whole)) for division, weight in weights]
    left = staff - sum(count for _, count in counts)
    for number, (division, count) in enumerate(counts):
        yield division, count + (1 if number < left else 0)


class _Maker:
    """Collects units and people while they are made."""

    def __init__(self, names: People, chance: Random) -> None:
        self.names = names
        self.chance = chance
        self.units: list[DemoUnit] = []
        self.people: list[DemoPerson] = []
        self.heads: dict[str, str] = {}
        self.staff: dict[str, tuple[str, ...]] = {}

    def lead(self, agency: Agency) -> None:
        """The agency's units and their heads; those of the cast are there already."""
        if not agency.cast:
            key = self._head(agency.key, agency.head_title, agency.echelon, "IV/c")
            self.units.append(DemoUnit(agency.key, agency.name, ROOT, agency.head_title, agency.echelon, key))
        for division in agency.divisions:
            key = "" if division.vacant else self._head_of(division)
            self.units.append(
                DemoUnit(division.key, division.name, agency.key, division.head_title, division.echelon, key)
            )

    def _head_of(self, division: Division) -> str:
        return self._head(division.key, division.head_title, division.echelon, "IV/a")

    def _head(self, unit: str, title: str, echelon: str, grade: str) -> str:
        who = self.names.one(senior=True, title_after="S.E., M.Si.")
        key = f"kepala-{unit.lower()}"
        job = "1" if echelon else "2"
        self.people.append(
            DemoPerson(key, who.nip, who.name, ("", who.title_after), grade, unit, title, SINCE, job, echelon)
        )
        self.heads[unit] = key
        return key

    def fill(self, division: Division, count: int) -> None:
        """``count`` people who work in the division."""
        keys = []
        for number in range(count):
            key = f"{division.key.lower()}-{number + 1}"
            self.people.append(self._worker(key, division))
            keys.append(key)
        self.staff[division.key] = tuple(keys)

    def _worker(self, key: str, division: Division) -> DemoPerson:
        dice = self.chance.randrange(100)
        contract = dice < CONTRACT_SHARE + PART_TIME_SHARE
        kind = "PNS" if not contract else "PPPK" if dice < CONTRACT_SHARE else "PPPK Paruh Waktu"
        title = self.chance.choice(division.posts)
        studied = next((degree for word, degree in STUDIED.items() if title.startswith(word)), "")
        who = self.names.one(contract=contract, title_after=studied)
        functional = any(word in title for word in ("Ahli", "Terampil", "Guru"))
        return DemoPerson(
            key,
            who.nip,
            who.name,
            ("dr.", "") if who.title_after == "dr." else ("", who.title_after),
            self.chance.choice(CONTRACT_GRADES if contract else GRADES),
            division.key,
            title,
            f"01-02-{who.nip[8:12]}" if contract else SINCE,
            "2" if functional else "4",
            kind=kind,
        )
