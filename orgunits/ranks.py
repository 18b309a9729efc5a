"""Ranks (pangkat) of the grades (golongan), rules.md section 14. Pure."""

from orgunits.enums import EmploymentKind

PNS_RANKS = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tk. I",
    "I/c": "Juru",
    "I/d": "Juru Tk. I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tk. I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tk. I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tk. I",
    "III/c": "Penata",
    "III/d": "Penata Tk. I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tk. I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
PPPK_GRADES = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
    *("X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"),
)
_SPELLINGS = {grade.upper(): grade for grade in (*PNS_RANKS, *PPPK_GRADES)}
_CONTRACT = frozenset({EmploymentKind.PPPK, EmploymentKind.PPPK_PART})


def normal_grade(text: str) -> str:
    """The grade in its usual spelling ("iii/D" → "III/d"); empty when no such grade exists."""
    return _SPELLINGS.get("".join(text.split()).upper(), "")


def grade_fits(kind: EmploymentKind, grade: str) -> bool:
    """Whether people of this kind hold such grades: PNS and CPNS I/a–IV/e, PPPK I–XVII."""
    return grade in (PPPK_GRADES if kind in _CONTRACT else PNS_RANKS)


def rank_name(grade: str) -> str:
    """The rank of a PNS grade, "Penata Tk. I"; empty for PPPK, whose grades have no rank name."""
    return PNS_RANKS.get(grade, "")


def shown_rank(grade: str) -> str:
    """Rank and grade as documents print them: "Penata Tk. I (III/d)", for PPPK "Golongan IX"."""
    name = rank_name(grade)
    if name:
        return f"{name} ({grade})"
    return f"Golongan {grade}" if grade else ""
