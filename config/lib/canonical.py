"""Canonical text: the one form in which contents are hashed and kept.

Sorted keys, Unicode NFC, decimals as plain strings, dates in ISO 8601, and a
``schema_version``; the same content gives the same bytes on every machine.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum


def _plain(value: object) -> object:
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return _plain(value.value)
        case str():
            return unicodedata.normalize("NFC", value)
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
        case Mapping():
            return {str(_plain(key)): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical_text(content: Mapping[str, object], *, schema_version: int) -> str:
    """The text that is hashed and stored for ``content``; raises TypeError on floats and unknown types."""
    return json.dumps(
        _plain({**content, "schema_version": schema_version}),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def text_hash(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
