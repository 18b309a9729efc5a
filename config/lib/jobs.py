"""Long work by name: the queue, the kinds of jobs allowed, and the wish of this process to stop.

The queue is a table of the same database, so a message written inside a transaction exists
exactly when that transaction commits: nothing is started for work that was rolled back and
nothing committed is forgotten. Names instead of imports let a lower app start what an upper one
does; what may be named is listed in ``settings.JOB_KINDS``.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks.base import Task


class Stop:
    """Whether this process was asked to stop; running work obeys at its next safe point.

    A plain flag: a lock, such as an Event holds, must not be taken by a signal handler.
    """

    requested = False


stop = Stop()


def enqueue(task_name: str, *args: object) -> None:
    """Queue the task at the dotted ``task_name``; ``args`` are plain JSON values.

    A task may be delivered more than once and must bear it; work of more than a minute belongs
    in a job. Raises ImportError when the name leads nowhere and TypeError when it is no task.
    """
    task = import_string(task_name)
    if not isinstance(task, Task):
        raise TypeError(f"{task_name} is not a task")
    task.enqueue(*args)


def check_kind(kind: str) -> None:
    """Raise LookupError unless ``kind`` is a listed kind of job."""
    if kind not in settings.JOB_KINDS:
        raise LookupError(f"{kind} is not listed in JOB_KINDS")


def resolve_kind(kind: str) -> Callable[[Any], None]:
    """The function that does jobs of ``kind``; raises LookupError when unlisted, ImportError when gone."""
    check_kind(kind)
    function: Callable[[Any], None] = import_string(kind)
    return function
