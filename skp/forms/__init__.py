"""What people type of plans and periods."""

from skp.forms.periods import PeriodForm
from skp.forms.plans import (
    IndicatorForm,
    RealisationForm,
    ResultForm,
    indicator_initial,
    realisation_field,
    result_initial,
)

__all__ = [
    "IndicatorForm",
    "PeriodForm",
    "RealisationForm",
    "ResultForm",
    "indicator_initial",
    "realisation_field",
    "result_initial",
]
