"""Form fields that several apps use."""

from decimal import Decimal
from typing import Any

from django import forms

from config.lib.numbers import parse_decimal, show_decimal
from config.lib.widgets import PlainSelect, PlainText


class FilterText(forms.CharField):
    """What the names of a list must contain; empty when nothing was typed."""

    widget = PlainText

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)


class FilterChoice(forms.ChoiceField):
    """What a list is narrowed to; empty when nothing was chosen."""

    widget = PlainSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)


class FilterNumber(forms.TypedChoiceField):
    """What a list is narrowed to, by number; None when nothing was chosen."""

    widget = PlainSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, coerce=int, empty_value=None, **options)


class DecimalText(forms.CharField):
    """A number, 0 or more, typed with Indonesian or plain separators.

    ``whole`` and ``decimals`` bound the digits before and behind the comma; ``most`` the value.
    """

    def __init__(
        self, *, whole: int = 14, decimals: int = 4, most: Decimal | None = None, **options: Any
    ) -> None:
        self.whole, self.decimals, self.most = whole, decimals, most
        options.setdefault("max_length", 30)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number as people write it; typed text stays as it was typed."""
        return show_decimal(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """The Decimal, or None when empty and not required; raises ValidationError otherwise."""
        text = super().clean(value)
        if not text:
            return None
        try:
            number = parse_decimal(text)
        except ValueError as error:
            raise forms.ValidationError("Tulis angka, misalnya 12 atau 1.250,5.") from error
        self._check(number)
        return number

    def _check(self, number: Decimal) -> None:
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.decimals:
            raise forms.ValidationError(f"Paling banyak {self.decimals} angka di belakang koma.")
        if number >= Decimal(10) ** self.whole:
            raise forms.ValidationError("Angka terlalu besar.")
        if self.most is not None and number > self.most:
            raise forms.ValidationError(f"Paling tinggi {show_decimal(self.most)}.")


def called(field: forms.BoundField) -> str:
    """What a field is called away from its place: the name that is spoken, else its label."""
    return str(field.field.widget.attrs.get("aria-label") or field.label)
