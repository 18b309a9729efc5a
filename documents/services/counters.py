"""Numbers that are dense and unique per kind, unit and year."""

from django.db import connection, transaction
from django.db.models import F

from config.lib.prepared import Given, Prepared
from documents.models import Counter

LAST = Prepared(
    lambda: Counter.objects.filter(kind=Given("kind"), key=Given("key"), year=Given("year")).values_list(
        "last", flat=True
    )
)


def counter_next(*, kind: str, key: str, year: int) -> int:
    """Take the next number, from 1, inside the caller's transaction.

    Call it as the last statement of the move: the counter's row stays locked until the commit,
    and a rollback gives the number back, so no number is lost or given twice. Raises
    TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "counter_next needs the transaction of the move it numbers"
        )
    row = Counter.objects.filter(kind=kind, key=key, year=year)
    if not row.update(last=F("last") + 1):
        Counter.objects.bulk_create([Counter(kind=kind, key=key, year=year)], ignore_conflicts=True)
        row.update(last=F("last") + 1)
    (last,) = LAST.rows(kind=kind, key=key, year=year)
    return last
