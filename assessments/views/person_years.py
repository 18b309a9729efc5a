"""A person's results through the years."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessments.permissions import can_open_years
from assessments.schemes.two_years import two_year_view
from assessments.selectors.years_of import opens_years, years_of
from config.lib.http import answers_refusals
from orgunits.middleware import viewer_of
from orgunits.models import Employee
from orgunits.selectors.people import employees_visible_to
from orgunits.viewer import Viewer


@require_safe
def my_years(request: HttpRequest) -> HttpResponse:
    """One's own years; 404 for an account that is no employee."""
    viewer = viewer_of(request)
    if viewer.employee_id is None:
        raise Http404("Halaman ini untuk pegawai.")
    return _page(request, viewer, Employee.objects.get(pk=viewer.employee_id))


@require_safe
@answers_refusals
def years_of_person(request: HttpRequest, employee_id: int) -> HttpResponse:
    """The years of somebody whose results the viewer may read."""
    viewer = viewer_of(request)
    employee = get_object_or_404(employees_visible_to(viewer), pk=employee_id)
    can_open_years(reads=opens_years(viewer, employee)).enforce()
    return _page(request, viewer, employee)


def _page(request: HttpRequest, viewer: Viewer, employee: Employee) -> HttpResponse:
    years = years_of(viewer, employee)
    own = viewer.employee_id == employee.pk
    context = {
        "employee": employee,
        "own": own,
        "years": years,
        "two_years": two_year_view({row.year: row.word for row in years}),
        "current_place": "results" if own else "people",
    }
    return render(request, "assessments/years.html", context)
