"""The plan and its life."""

from skp.models.deadlines import Duty, Exemption, Extension, ExtensionPerson
from skp.models.imports import RhkUpload
from skp.models.periods import Period, SettingsVersion, Window
from skp.models.plans import (
    AppendixItem,
    BehaviourExpectation,
    Indicator,
    PlannedIndicator,
    PlannedResult,
    Revision,
    Skp,
    WorkResult,
)
from skp.models.progress import Evidence, Feedback, Progress
from skp.models.proposals import ExemptionProposal, ExtensionProposal
from skp.models.records import AnnualRealisation, Move, Receipt, ReturnNote

__all__ = [
    "AnnualRealisation",
    "AppendixItem",
    "BehaviourExpectation",
    "Duty",
    "Evidence",
    "Exemption",
    "ExemptionProposal",
    "Extension",
    "ExtensionPerson",
    "ExtensionProposal",
    "Feedback",
    "Indicator",
    "Move",
    "Period",
    "PlannedIndicator",
    "PlannedResult",
    "Progress",
    "Receipt",
    "ReturnNote",
    "Revision",
    "RhkUpload",
    "SettingsVersion",
    "Skp",
    "Window",
    "WorkResult",
]
