"""What people type of plans and periods."""

from skp.forms.documents import OpdDocumentsForm
from skp.forms.periods import PeriodForm, ReopenForm, SettingsForm, WindowForm, window_initial
from skp.forms.plans import RealisationForm, realisation_field

__all__ = [
    "OpdDocumentsForm",
    "PeriodForm",
    "RealisationForm",
    "ReopenForm",
    "SettingsForm",
    "WindowForm",
    "realisation_field",
    "window_initial",
]
