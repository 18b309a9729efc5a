"""One-time activation codes: made, shown, read back, and kept only as a keyed hash."""

import re
import secrets

from django.utils.crypto import salted_hmac

# Crockford's base 32: no I, L, O, U, so a printed code cannot be misread or spell a word.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4
BITS = LENGTH * 5

_SEPARATORS = re.compile(r"[\s\-–—.]+")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A fresh random code of 80 bits, without separators."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def format_code(code: str) -> str:
    """The code as printed on a slip: groups of four, "7KQF-2M9D-XW4H-8TRC"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """The code meant by what was typed: any case, with or without separators, O for 0 and I or L for 1."""
    return _SEPARATORS.sub("", typed).upper().translate(_MISREAD)


def code_digest(code: str) -> str:
    """The keyed hash under which ``code`` is stored, 64 hexadecimal digits; useless without SECRET_KEY."""
    return salted_hmac("accounts.activation", code, algorithm="sha256").hexdigest()


def name_digest(name: str) -> str:
    """The keyed hash of a login name as typed: people type passwords into that field by mistake."""
    return salted_hmac("accounts.login-guard", name, algorithm="sha256").hexdigest()
