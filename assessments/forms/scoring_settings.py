"""The numbers of scoring as BKPSDM types them: fields by the kind of each setting."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from assessments.enums import AspectSet, Category
from assessments.schemes.setting_rules import DECIMALS, numbers_of, scoring_problems, value_words
from assessments.schemes.settings import DEFAULTS, ByCategory, ScoringSettings
from config.lib.fields import DecimalText
from config.lib.notes import SettingLine, setting_lines

REASON = "reason"


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """A setting with its fields: one, or one for each of its numbers."""

    line: SettingLine
    help: str
    fields: tuple[BoundField, ...]


class ScoringForm(forms.Form):
    """Every setting with its bounds; ``reason`` is asked for only where the numbers may be stored."""

    def __init__(self, data: Any = None, *, settings: ScoringSettings, asks_reason: bool) -> None:
        super().__init__(data, use_required_attribute=False)
        self.lines = setting_lines(settings)
        for line in self.lines:
            self.fields |= _fields(line)
        if asks_reason:
            self.fields[REASON] = forms.CharField(
                label="Alasan perubahan", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
            )

    def clean(self) -> dict[str, Any]:
        """The rules between the numbers, each at the first field of the setting to mend."""
        if not self.errors:
            for problem in scoring_problems(self.settings()):
                self.add_error(next(iter(_names(problem.name))), problem.text)
        return self.cleaned_data

    def settings(self) -> ScoringSettings:
        """The settings as typed."""
        data = self.cleaned_data
        return ScoringSettings(
            **{
                line.name: _value(line.default, [data[name] for name in _names(line.name)])
                for line in self.lines
            }
        )

    def groups(self) -> Iterator[SettingGroup]:
        """The settings in the order of the rules, with their bound fields."""
        for line in self.lines:
            yield SettingGroup(line, _help(line), tuple(self[name] for name in _names(line.name)))


def _help(line: SettingLine) -> str:
    note = line.note
    bounds = "" if isinstance(line.default, AspectSet) else f"{note.low} sampai {note.high}."
    basis = f"Baku: {value_words(line.default)}. Dasar: {note.basis.value}."
    return " ".join(part for part in (note.text, bounds, basis) if part)


def _names(name: str) -> list[str]:
    """The names of a setting's fields."""
    default = getattr(DEFAULTS, name)
    if isinstance(default, ByCategory):
        return [f"{name}_{word}" for word in Category.values]
    if isinstance(default, tuple):
        return [f"{name}_{number}" for number in range(1, len(default) + 1)]
    return [name]


def _fields(line: SettingLine) -> dict[str, forms.Field]:
    names = _names(line.name)
    match line.value:
        case AspectSet():
            return {
                line.name: forms.TypedChoiceField(
                    label=line.note.label, choices=AspectSet.choices, coerce=AspectSet, initial=line.value
                )
            }
        case ByCategory():
            labels = [str(word.label) for word in Category]
            values = list(line.value.items().values())
        case tuple():
            labels, values = [f"Lingkup {number}" for number in (1, 2, 3)], list(line.value)
        case _:
            labels, values = [line.note.label], list(numbers_of(line.value))
    found: dict[str, forms.Field] = {
        name: DecimalText(label=label, initial=value, whole=3, decimals=DECIMALS)
        for name, label, value in zip(names, labels, values, strict=True)
    }
    if len(found) > 1:
        # Many settings have a number for "Baik": away from its place the setting is named too.
        for field in found.values():
            field.widget.attrs["aria-label"] = f"{line.note.label}, {field.label}"
    return found


def _value(default: object, typed: list[Any]) -> Any:
    if isinstance(default, ByCategory):
        return ByCategory(*typed)
    return tuple(typed) if isinstance(default, tuple) else typed[0]
