"""The organisation in time."""

from orgunits.models.imports import ImportBatch, ImportRow
from orgunits.models.lines import AppraisalLine, AppraiserOverride, UnitHeadLine
from orgunits.models.people import Assignment, Employee, EmployeeNip, LegalPositionSpan
from orgunits.models.roles import CorrectionRequest, RoleGrant
from orgunits.models.units import OrgUnit, OrgUnitSpan

__all__ = [
    "AppraisalLine",
    "AppraiserOverride",
    "Assignment",
    "CorrectionRequest",
    "Employee",
    "EmployeeNip",
    "ImportBatch",
    "ImportRow",
    "LegalPositionSpan",
    "OrgUnit",
    "OrgUnitSpan",
    "RoleGrant",
    "UnitHeadLine",
]
