"""Tell the apps above that posts, units or legal positions have changed."""

from collections.abc import Collection

from config.lib.jobs import enqueue
from orgunits.selectors.units import people_ever_below

# Upper apps can't be imported here; the queue runs it once this transaction has committed.
TASK = "skp.tasks.organisation_changed"
# From so many people on, looking at everybody is as quick.
EVERYBODY_FROM = 2000


def organisation_told(*, unit_ids: Collection[int] = (), employee_ids: Collection[int] = ()) -> None:
    """Announce a change of these units and all below them, and of these people; of nobody, nothing."""
    people = set(employee_ids) | people_ever_below(unit_ids)
    if people:
        enqueue(TASK, sorted(people) if len(people) < EVERYBODY_FROM else None)
