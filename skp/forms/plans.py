"""What people type of the year's realisation; rules stay in the services."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from config.lib.fields import DecimalText
from config.lib.numbers import show_decimal
from skp.content import IndicatorContent, PlanContent


class RealisationForm(forms.Form):
    """The year's realisation, one field for each indicator in force.

    ``hints``: what the quarters say of the year, by indicator.
    """

    def __init__(self, *args: Any, content: PlanContent, hints: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for result in content.results:
            for item in result.indicators:
                self.fields[realisation_field(item.indicator_id)] = DecimalText(
                    label=item.text,
                    help_text=f"{_target_help(item)} {hints.get(item.indicator_id, '')}".strip(),
                    required=False,
                )

    def values(self) -> dict[int, Decimal | None]:
        """What was typed of every indicator; None for a field left or made empty."""
        return {int(name.removeprefix("i")): value for name, value in self.cleaned_data.items()}


def _target_help(item: IndicatorContent) -> str:
    low, high = show_decimal(item.target_min), show_decimal(item.target_max)
    target = low if low == high else f"{low} – {high}"
    expected = f"ekspektasi: {item.target_text}" if item.target_text else f"target {target} {item.unit}"
    return f"{item.aspect.label}, {expected}. Isi dalam {item.unit}."


def realisation_field(indicator_id: int) -> str:
    """The name of an indicator's field."""
    return f"i{indicator_id}"
