"""Login names: a NIP as it is typed or pasted, or the plain name of a service account. Pure."""

import re

# Spreadsheets mark a NIP as text with an apostrophe; word processors turn it into a curly one.
_DROPPED = re.compile(r"[\s'’‘`\u200b\ufeff]+")


def clean_nip(text: str) -> str:
    """``text`` without apostrophes and blanks (rules.md section 14); says nothing about its validity."""
    return _DROPPED.sub("", text)


def login_name(text: str) -> str:
    """The login name meant by ``text``: cleaned like a NIP, plain names in lower case."""
    return clean_nip(text).lower()
