"""Strict reading of JSON objects: every fault names the field, unknown fields and doubled keys are faults.

Numbers may be JSON numbers or strings of digits with a decimal point, and are read as ``Decimal``.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from django.db.models import TextChoices

from assessments.schemes.arithmetic import WIDE
from config.lib.errors import DomainError

C = TypeVar("C", bound=TextChoices)
T = TypeVar("T")

# Wider than any unit of measure needs, narrow enough that no digit is lost on the way.
INTEGER_DIGITS, DECIMALS = 15, 8
TOO_BIG, SMALLEST = Decimal(10) ** INTEGER_DIGITS, Decimal(10) ** -DECIMALS
# What messages call the whole input.
ROOT = "masukan"
_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class InputFault(DomainError):
    """The input can't be used; the text begins with the field, as ``results[0].indicators[1].target``."""


def parsed(text: str) -> object:
    """The JSON value in ``text``, numbers as ``Decimal``; raises InputFault."""
    try:
        return json.loads(
            text,
            parse_float=_literal,
            parse_int=_literal,
            parse_constant=Decimal,
            object_pairs_hook=_unique_keys,
        )
    except json.JSONDecodeError as error:
        raise InputFault(
            f"{ROOT}: bukan JSON yang sah (baris {error.lineno}, kolom {error.colno})."
        ) from error
    except RecursionError as error:
        raise InputFault(f"{ROOT}: susunan JSON terlalu dalam.") from error


def _literal(text: str) -> Decimal:
    """The number; one too long for any Decimal becomes infinite, so that its field can name the fault."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InputFault(f"{key}: ditulis dua kali dalam satu objek.")
        found[key] = value
    return found


class _Absent:
    """Marks a field that is not there, as against one that is null."""


ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class Field:
    """A value with the path under which messages name it."""

    path: str
    value: object

    def fault(self, text: str) -> InputFault:
        """The fault of this field, to be raised."""
        return InputFault(f"{self.path}: {text}")

    @property
    def given(self) -> bool:
        """Whether it is there and not null."""
        return self.value is not None and self.value is not ABSENT

    def require(self) -> None:
        """A fault when the field is not there or null."""
        if self.value is ABSENT:
            raise self.fault("wajib diisi.")
        if self.value is None:
            raise self.fault("wajib diisi, tidak boleh null.")

    def mapping(self) -> Mapping[str, object]:
        """The object's members."""
        self.require()
        if not isinstance(self.value, dict):
            raise self.fault("harus berupa objek JSON.")
        return self.value

    def member(self, key: str) -> "Field":
        """One member of an object, whatever else it holds."""
        return Field(self._below(key), self.mapping().get(key, ABSENT))

    def _below(self, key: str) -> str:
        return key if self.path == ROOT else f"{self.path}.{key}"

    def keys(self, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, "Field"]:
        """The known fields of an object; a fault on an unknown or a missing one."""
        found = self.mapping()
        for key in found:
            if key not in required and key not in optional:
                raise InputFault(f"{self._below(key)}: isian tidak dikenal.")
        fields = {key: self.member(key) for key in (*required, *optional)}
        for key in required:
            fields[key].require()
        return fields

    def items(self, empty: str) -> list["Field"]:
        """The members of a list; ``empty`` is the fault of a list without any."""
        self.require()
        if not isinstance(self.value, list):
            raise self.fault("harus berupa daftar.")
        if not self.value:
            raise self.fault(empty)
        return [Field(f"{self.path}[{index}]", value) for index, value in enumerate(self.value)]

    def choice(self, choices: type[C]) -> C:
        """One of the values of ``choices``."""
        self.require()
        if not isinstance(self.value, str) or self.value not in choices.values:
            raise self.fault(f"harus salah satu dari {', '.join(choices.values)}.")
        return choices(self.value)

    def flag(self) -> bool:
        """True or false; numbers are a fault."""
        self.require()
        if not isinstance(self.value, bool):
            raise self.fault("harus true atau false.")
        return self.value

    def number(self, highest: Decimal | None = None) -> Decimal:
        """A number from 0 to ``highest``."""
        self.require()
        value = self.value
        if isinstance(value, str) and _DIGITS.fullmatch(value):
            value = _literal(value)
        if not isinstance(value, Decimal) or value.is_nan():
            raise self.fault("harus berupa angka, dengan titik sebagai tanda desimal.")
        if value < 0:
            raise self.fault("tidak boleh negatif.")
        if highest is not None and value > highest:
            raise self.fault(f"paling tinggi {highest}.")
        return self._bounded(value)

    def _bounded(self, value: Decimal) -> Decimal:
        if value == 0:
            return Decimal(0)
        if value >= TOO_BIG:
            raise self.fault(f"paling banyak {INTEGER_DIGITS} angka di depan tanda desimal.")
        if value != value.quantize(SMALLEST, context=WIDE):
            raise self.fault(f"paling banyak {DECIMALS} angka di belakang tanda desimal.")
        return value

    def otherwise(self, read: Callable[["Field"], T], absent: T) -> T:
        """What ``read`` makes of the field, or ``absent`` when it is not there or null."""
        return read(self) if self.given else absent
