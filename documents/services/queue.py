"""The queue's own table, in which tasks stay after they ended."""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

# Long enough to look into what failed last week.
KEPT = timedelta(days=14)


def queue_prune(*, now: datetime) -> int:
    """Forget tasks that ended, well or not, 14 days ago or earlier; answers how many.

    What a person asked for is kept in ``Job``; these rows only carried it to the worker.
    """
    count: int = DBTaskResult.objects.finished().filter(finished_at__lte=now - KEPT).delete()[0]
    return count
