"""Names and NIP of invented people; the same seed gives the same people."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

MALE = (
    "ADI",
    "AHMAD",
    "ALFIAN",
    "ANDI",
    "ARIEF",
    "ASEP",
    "BAYU",
    "BENNY",
    "DANI",
    "DARMAWAN",
    "DEDI",
    "EDY",
    "FADHIL",
    "FERDINAN",
    "GALIH",
    "HARIS",
    "HERMAN",
    "IDRIS",
    "IMAM",
    "IRFAN",
    "IWAN",
    "JAMAL",
    "KADEK",
    "LUKMAN",
    "MADE",
    "MUHAMMAD",
    "NASRUL",
    "OKTAVIANUS",
    "PUTU",
    "RAHMAT",
    "REZA",
    "RIDWAN",
    "ROBBY",
    "SAMUEL",
    "SLAMET",
    "SUKARNO",
    "SYAHRUL",
    "TAUFIK",
    "TONI",
    "USMAN",
    "WAHYU",
    "WAYAN",
    "YANTO",
    "YOHANES",
    "ZAINAL",
)
FEMALE = (
    "AISYAH",
    "AMELIA",
    "ANGGUN",
    "ASTUTI",
    "AYU",
    "CITRA",
    "DEWI",
    "DIAN",
    "EKA",
    "ELISABETH",
    "ENDANG",
    "FATIMAH",
    "FITRIANI",
    "HALIMAH",
    "HESTI",
    "IDA",
    "INDAH",
    "INTAN",
    "JULIANA",
    "KARTIKA",
    "KOMANG",
    "LAILA",
    "LINDA",
    "MARIA",
    "MAYA",
    "NENENG",
    "NI MADE",
    "NINGSIH",
    "NOVITA",
    "NUR",
    "PUSPITA",
    "RATNA",
    "RINI",
    "ROSMAWATI",
    "SALMA",
    "SARI",
    "SITI",
    "SRI",
    "SULASTRI",
    "TINI",
    "VERONIKA",
    "WULAN",
    "YANI",
    "YULIA",
    "ZAHRA",
)
LAST = (
    "ADITYA", "ANGGRAINI", "ARIFIN", "BASRI", "DAMANIK", "DARMA", "EFENDI", "FAUZI", "GINTING", "GUNAWAN",
    "HAKIM", "HANDAYANI", "HARAHAP", "HASIBUAN", "HIDAYAT", "INDRAWAN", "IRAWAN", "ISKANDAR", "JUNAEDI",
    "KURNIAWAN", "LESTARI", "LUBIS", "MAHENDRA", "MANURUNG", "MARPAUNG", "MULYANI", "MUSTOFA", "NASUTION",
    "NA'IM", "NUGRAHA", "PERMANA", "PRATAMA", "PURNOMO", "RACHMAN", "RAMADHANI", "SANJAYA", "SAPUTRA",
    "SETIAWAN", "SIAHAAN", "SIMANJUNTAK", "SINAGA", "SISWANTO", "SUBAGYO", "SUDARSONO", "SUHENDRA",
    "SURYANI", "SUSANTO", "SUTRISNO", "SYAHPUTRA", "TANJUNG", "UTAMI", "WARDANA", "WIBOWO", "WIDODO",
    "WIJAYA", "YULIANTO", "YUSRI", "ZULKARNAIN",
)  # fmt: skip
DEGREES = {1: ("S.E.", "S.H.", "S.Sos.", "S.A.P.", "S.Kom.", "S.T.", "S.P."), 2: ("A.Md.",), 3: ("",)}


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody's name, title behind it, and NIP."""

    name: str
    title_after: str
    nip: str


class People:
    """Gives one new person after the other; names may repeat as they do in life, NIP never."""

    def __init__(self, chance: Random, until_year: int) -> None:
        self.chance = chance
        self.until_year = until_year
        self.given = 0

    def one(self, *, contract: bool = False, senior: bool = False, title_after: str = "") -> Identity:
        """A new person; ``contract`` for PPPK, ``senior`` for heads, born earlier."""
        self.given += 1
        chance = self.chance
        woman = chance.random() < 0.52
        name = f"{chance.choice(FEMALE if woman else MALE)} {chance.choice(LAST)}"
        oldest, youngest = (57, 40) if senior else (55, 27)
        birth = date(self.until_year - chance.randint(youngest, oldest), 1, 1)
        born = birth + timedelta(days=chance.randrange(365))
        since = min(born.year + chance.randint(23, 26), self.until_year - 3)
        middle = f"{max(since, 2021)}21" if contract else f"{since}{chance.choice((1, 3, 4, 12)):02d}"
        # Digits 16 to 18 number those of one birthday and entry; with the count nobody shares a NIP.
        nip = f"{born:%Y%m%d}{middle}{2 if woman else 1}{self.given % 999 + 1:03d}"
        return Identity(name, title_after or chance.choice(DEGREES[chance.choice((1, 1, 1, 2, 3))]), nip)
