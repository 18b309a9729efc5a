"""The unit tree on a day: who is below whom."""

from collections.abc import Collection
from datetime import date

from django.db import connection

_BELOW = """
    WITH RECURSIVE below(unit_id) AS (
        SELECT id FROM orgunits_orgunit WHERE id IN ({places})
        UNION
        SELECT span.unit_id FROM orgunits_orgunitspan span JOIN below ON span.parent_id = below.unit_id
        WHERE span.start <= %s AND (span.until IS NULL OR span.until > %s)
    )
    SELECT unit_id FROM below
"""


def subtree_ids(unit_ids: Collection[int], day: date) -> set[int]:
    """These units and all below them on ``day``, with one query."""
    if not unit_ids:
        return set()
    moment = connection.ops.adapt_datefield_value(day)
    sql = _BELOW.format(places=", ".join(["%s"] * len(unit_ids)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*unit_ids, moment, moment])
        return {row[0] for row in cursor.fetchall()}
