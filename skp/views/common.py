"""What the pages of a plan share: the plan from the visible set, and its decisions as shown."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from config.lib.decisions import Decision
from orgunits.middleware import viewer_of
from orgunits.models import Employee
from orgunits.viewer import Viewer
from skp.content import PlanContent
from skp.facts import PlanFacts
from skp.models import Revision, Skp
from skp.permissions import can_do, parties_of
from skp.selectors.content import read_content
from skp.selectors.plans import visible_plan
from skp.states import Action, Party


@dataclass(frozen=True, slots=True)
class PlanHead:
    """A visible plan with its facts, as the head of a page shows it."""

    viewer: Viewer
    skp: Skp
    facts: PlanFacts

    @property
    def is_owner(self) -> bool:
        """Whether the viewer looks at their own plan."""
        return Party.OWNER in parties_of(self.viewer, self.facts)

    @property
    def is_appraiser(self) -> bool:
        """Whether the viewer is the plan's appraiser today."""
        return Party.APPRAISER in parties_of(self.viewer, self.facts)

    @property
    def place(self) -> str:
        """The place of the navigation from which this viewer comes to the plan."""
        return "plan" if self.is_owner else "inbox" if self.is_appraiser else "board"


@dataclass(frozen=True, slots=True)
class PlanPage(PlanHead):
    """A plan as a page needs it; ``content`` is that of ``revision``."""

    revision: Revision
    content: PlanContent
    appraiser: Employee | None

    def may(self, action: Action) -> Decision:
        """The decision on a move, with the sentence that its disabled button shows."""
        return can_do(self.viewer, self.facts, action)


def plan_head(request: HttpRequest, skp_id: int) -> PlanHead:
    """The plan from the viewer's visible set, without its content; 404 for everybody else."""
    viewer = viewer_of(request)
    found = visible_plan(viewer, skp_id)
    if found is None:
        raise Http404("SKP tidak ditemukan.")
    return PlanHead(viewer, *found)


def plan_page(request: HttpRequest, skp_id: int, *, in_force: bool = False) -> PlanPage:
    """The plan from the viewer's visible set; 404 for everybody else.

    The owner and the appraiser read the open revision; all others, and pages that ask for the one
    ``in_force``, read that as long as there is one.
    """
    head = plan_head(request, skp_id)
    viewer, skp, facts = head.viewer, head.skp, head.facts
    negotiating = not in_force and bool(parties_of(viewer, facts) & {Party.OWNER, Party.APPRAISER})
    newest, agreed = skp.open_revision, skp.in_force
    revision = (newest or agreed) if negotiating else (agreed or newest)
    if revision is None:
        raise Http404("SKP tidak ditemukan.")
    return PlanPage(
        viewer=viewer,
        skp=skp,
        facts=facts,
        revision=revision,
        content=read_content(revision, facts.scheme),
        appraiser=Employee.objects.filter(pk=facts.appraiser_id).first() if facts.appraiser_id else None,
    )
