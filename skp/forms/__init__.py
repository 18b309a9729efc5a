"""What people type of plans and periods."""

from skp.forms.periods import PeriodForm
from skp.forms.plans import RealisationForm, realisation_field

__all__ = ["PeriodForm", "RealisationForm", "realisation_field"]
