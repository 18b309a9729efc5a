"""Which documents an officer takes at once."""

from collections.abc import Iterable
from typing import Any

from django import forms

from orgunits.models import OrgUnitSpan
from skp.models import Period


class OpdDocumentsForm(forms.Form):
    """An OPD and a period, of those that the viewer may choose."""

    opd = forms.TypedChoiceField(label="OPD", coerce=int)
    period = forms.TypedChoiceField(label="Tahun SKP", coerce=int)

    def __init__(
        self, *args: Any, opds: Iterable[OrgUnitSpan], periods: Iterable[Period], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "opd": [(span.unit_id, span.name) for span in opds],
            "period": [(period.pk, str(period.year)) for period in periods],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]
