"""Other numbers of scoring: typed, simulated on the scores there are, then stored as long as they may be."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.enums import FourPredicate
from assessments.forms.scoring_settings import REASON, ScoringForm
from assessments.permissions import can_simulate
from assessments.schemes.settings import ScoringSettings
from assessments.selectors.scoring_settings import ScoringState, scoring_open, scoring_state
from assessments.selectors.simulation import Simulation, at_once, simulate
from assessments.services.scoring_settings import scoring_change
from assessments.services.simulating import simulation_start
from assessments.views.rules import changes_told, settings_address
from config.lib.errors import DomainError, NotAllowed
from config.lib.http import answers_refusals, posted_int
from orgunits.middleware import viewer_of
from orgunits.services.common import Effect
from orgunits.services.preview import effect_apply, effect_digest, effect_preview
from orgunits.viewer import Viewer
from skp.models import Period
from skp.permissions import can_manage_periods

NOT_SENT = frozenset({"csrfmiddlewaretoken", "version", "digest", "confirm", "simulate"})


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def scoring_edit(request: HttpRequest, year: int) -> HttpResponse:
    """Type other numbers, see what they would do, store them where they may still change."""
    viewer = viewer_of(request)
    can_simulate(viewer).enforce()
    period = Period.objects.filter(year=year).first()
    if period is None:
        raise Http404("Periode tidak ditemukan.")
    state = scoring_state(period)
    stores = can_manage_periods(viewer).allowed and scoring_open(period).allowed
    form = ScoringForm(request.POST or None, settings=state.settings, asks_reason=stores)
    page = _Page(request, viewer, period, state, form, stores)
    if request.method != "POST":
        return page.form_page()
    if not form.is_valid():
        return page.form_page(status=422)
    try:
        if "simulate" in request.POST:
            return page.start()
        return page.store() if "confirm" in request.POST else page.preview()
    except NotAllowed:
        raise
    except DomainError as error:
        form.add_error(None, str(error))
        return page.form_page(status=error.status)


class _Page:
    """One request on the numbers of a period; ``stores``: whether this viewer may store them now."""

    def __init__(
        self,
        request: HttpRequest,
        viewer: Viewer,
        period: Period,
        state: ScoringState,
        form: ScoringForm,
        stores: bool,
    ) -> None:
        self.request, self.viewer, self.period = request, viewer, period
        self.state, self.form, self.stores = state, form, stores

    def form_page(self, status: int = 200) -> HttpResponse:
        """The numbers as they stand or were typed."""
        return self._render("assessments/settings_edit.html", {"version": self.state.number}, status)

    def preview(self) -> HttpResponse:
        """What the numbers would do; nothing is stored."""
        settings = self.form.settings()
        told = changes_told(self.state.settings, settings)
        if not told:
            raise DomainError("Tidak ada ketentuan yang berubah.")
        version = posted_int(self.request, "version")
        effect = effect_preview(lambda: self._change(version)) if self.stores else Effect(notes=told)
        sent = self.request.POST.lists()
        context = {
            "effect": effect,
            **self._simulation(settings),
            "words": list(FourPredicate),
            "sent": [(name, value) for name, values in sent for value in values if name not in NOT_SENT],
            "version": version,
            "digest": effect_digest(effect),
        }
        return self._render("assessments/settings_preview.html", context, 200)

    def _simulation(self, settings: ScoringSettings) -> dict[str, object]:
        """Worked out where the page can wait for it; None where a job does it."""
        if not at_once(self.viewer, self.period, self.state, settings):
            return {"simulation": None}
        simulation = simulate(self.viewer, self.period, self.state, settings)
        return {"simulation": simulation, "matrix": matrix_rows(simulation)}

    def start(self) -> HttpResponse:
        """Have a job work the simulation out, and show it."""
        job = simulation_start(
            actor=self.viewer, period_id=self.period.pk, settings=self.form.settings(), now=self.viewer.now
        )
        return redirect("documents:job", job.public_id)

    def store(self) -> HttpResponse:
        """Store what was shown."""
        if not self.stores:
            scoring_open(self.period).enforce()
            can_manage_periods(self.viewer).enforce()
        version = posted_int(self.request, "version")
        digest = self.request.POST.get("digest", "")
        effect = effect_apply(lambda: self._change(version), digest=digest)
        messages.success(self.request, " ".join(effect.notes))
        return redirect(settings_address(self.period))

    def _change(self, version: int) -> Effect:
        return scoring_change(
            actor=self.viewer,
            period_id=self.period.pk,
            version=version,
            settings=self.form.settings(),
            reason=self.form.cleaned_data[REASON],
            now=self.viewer.now,
        )

    def _render(self, template: str, more: dict[str, object], status: int) -> HttpResponse:
        title = "Ubah ketentuan penilaian" if self.stores else "Simulasi ketentuan penilaian"
        context = {
            "title": title,
            "period": self.period,
            "crumbs": [("Ketentuan penilaian", settings_address(self.period))],
            "back": settings_address(self.period),
            "form": self.form,
            "stores": self.stores,
            "locked": scoring_open(self.period).reason,
            "current_place": "periods",
        }
        return render(self.request, template, context | more, status=status)


def matrix_rows(simulation: Simulation) -> list[tuple[FourPredicate, list[tuple[int, bool]]]]:
    """Old words by new words, best first; each number with whether the word stays."""
    return [
        (old, [(simulation.matrix.get((old, new), 0), old == new) for new in FourPredicate])
        for old in FourPredicate
    ]
