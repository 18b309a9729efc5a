"""Numbers as people type them: Indonesian and plain separators are both understood."""

import re
from decimal import Decimal, InvalidOperation

_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
_PLAIN = re.compile(r"\d+(\.\d+)?")


def parse_decimal(text: str) -> Decimal:
    """The number that ``text`` writes, not negative: "1.234,5", "1234.5" and "12" are understood.

    A point between groups of three digits separates thousands, as in Indonesian. Raises ValueError
    for anything else, signs and exponents included.
    """
    cleaned = "".join(text.split())
    if "," in cleaned:
        whole, _, fraction = cleaned.rpartition(",")
        if whole and not (whole.isdecimal() or _THOUSANDS.fullmatch(whole)):
            raise ValueError(text)
        cleaned = f"{whole.replace('.', '') or '0'}.{fraction}"
    elif _THOUSANDS.fullmatch(cleaned):
        cleaned = cleaned.replace(".", "")
    if not cleaned.isascii() or not _PLAIN.fullmatch(cleaned):
        raise ValueError(text)
    try:
        return Decimal(cleaned)
    except InvalidOperation as error:
        raise ValueError(text) from error


def trimmed(number: Decimal) -> Decimal:
    """The same number without the trailing zeros that a database column adds: 12.0000 becomes 12."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def show_decimal(number: Decimal) -> str:
    """ "1.234,5": Indonesian separators, no trailing zeros."""
    text = format(number, ",f")
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def show_percent(share: Decimal | None) -> str:
    """A share in percent points with one decimal, "92,3 %" with a blank that never breaks; None: a dash."""
    return "–" if share is None else f"{share:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}%"


def show_score(score: Decimal) -> str:
    """A score as it is printed, "108,20": always two decimals."""
    return f"{score:.2f}".replace(".", ",")
