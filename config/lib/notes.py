"""What stands behind a typed setting: its default, its basis and how people read it. Pure.

A class of settings is a frozen dataclass whose fields are ``Annotated[kind, Note]``; the pages that
list settings read the notes, so that no number is without its source.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from typing import TYPE_CHECKING, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Basis(Enum):
    """What stands behind a default: no number of a regulation itself is a setting."""

    PRACTICE = "praktik"
    OURS = "ketentuan kabupaten"


@dataclass(frozen=True, slots=True)
class Note:
    """What the settings page says of one setting.

    ``label``: its name, ``text`` the sentence below it; ``unit``: of the number, as "hari";
    ``low`` and ``high``: inclusive bounds of a whole number; ``choices``: the only values, if not all
    between the bounds.
    """

    basis: Basis
    text: str
    label: str = ""
    unit: str = ""
    low: int = 0
    high: int = 0
    choices: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting as its page lists it."""

    name: str
    default: object
    value: object
    note: Note

    @property
    def changed(self) -> bool:
        """Whether the value is another than the default."""
        return self.value != self.default

    @property
    def value_words(self) -> str:
        """The value as people read it, with its unit."""
        return f"{setting_words(self.value)} {self.note.unit}".rstrip()

    @property
    def default_words(self) -> str:
        """The default as people read it, with its unit."""
        return f"{setting_words(self.default)} {self.note.unit}".rstrip()


def setting_lines(settings: "DataclassInstance") -> tuple[SettingLine, ...]:
    """All settings in the order in which their class declares them, with their values here."""
    return tuple(_lines(settings))


def _lines(settings: "DataclassInstance") -> Iterator[SettingLine]:
    kind = type(settings)
    hints = get_type_hints(kind, include_extras=True)
    defaults = kind()
    for item in fields(settings):
        yield SettingLine(
            name=item.name,
            default=getattr(defaults, item.name),
            value=getattr(settings, item.name),
            note=hints[item.name].__metadata__[0],
        )


def setting_words(value: object) -> str:
    """A whole number or a switch as people read it."""
    return ("ya" if value else "tidak") if isinstance(value, bool) else str(value)
