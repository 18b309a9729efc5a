"""The NIP, the number that names a civil servant (rules.md section 14). Pure.

``YYYYMMDD YYYYMM G NNN``: birth date, year and month of appointment (PPPK: year and contract
code, digits 13–14 from 21 on), sex 1 or 2, sequence.
"""

from dataclasses import dataclass
from datetime import date

from accounts.names import clean_nip

LENGTH = 18
CONTRACT_FROM = 21
YOUNGEST_APPOINTED = 18
OLDEST_APPOINTED = 70
SEXES = {"1": "M", "2": "F"}


@dataclass(frozen=True, slots=True)
class Nip:
    """A NIP that can be true; ``sex`` is "M", "F" or empty when the digit is neither 1 nor 2."""

    text: str
    birth_date: date
    appointed_year: int
    is_contract: bool
    sex: str

    @property
    def age_at_appointment(self) -> int:
        """Year of appointment minus year of birth."""
        return self.appointed_year - self.birth_date.year

    @property
    def has_likely_age(self) -> bool:
        """Whether the age at appointment lies within 18–70."""
        return YOUNGEST_APPOINTED <= self.age_at_appointment <= OLDEST_APPOINTED


class NipFault(ValueError):
    """Not a NIP: ``code`` names the fault, the text says it to a user."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse_nip(text: str) -> Nip:
    """The NIP meant by ``text``, apostrophes and blanks removed.

    Raises NipFault with code ``nip_empty``, ``nip_digits``, ``nip_length`` or ``nip_birth_date``.
    """
    cleaned = clean_nip(text)
    if not cleaned:
        raise NipFault("nip_empty", "NIP kosong.")
    if not (cleaned.isascii() and cleaned.isdigit()):
        raise NipFault("nip_digits", f"NIP {cleaned} berisi tanda selain angka.")
    if len(cleaned) != LENGTH:
        raise NipFault("nip_length", f"NIP {cleaned} terdiri atas {len(cleaned)} angka, seharusnya {LENGTH}.")
    try:
        born = date(int(cleaned[:4]), int(cleaned[4:6]), int(cleaned[6:8]))
    except ValueError as error:
        message = f"NIP {cleaned} tidak diawali tanggal lahir yang benar ({cleaned[:8]})."
        raise NipFault("nip_birth_date", message) from error
    return Nip(
        text=cleaned,
        birth_date=born,
        appointed_year=int(cleaned[8:12]),
        is_contract=int(cleaned[12:14]) >= CONTRACT_FROM,
        sex=SEXES.get(cleaned[14], ""),
    )
