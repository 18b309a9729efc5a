"""Who gets what answer from which address: rules.md §15 as a table.

One row for each named address; ``tests/test_urls_access.py`` asks every one as every person and
fails for an address without a row. The people are those of ``tests/people.py``; the thing asked for
is the owner's, his unit's or his OPD's unless the row says otherwise, so a member of the other OPD
gets 404 for what they may not know of, and 403 stands for what one may see but not do.

The rows stand by app in ``tests/access/``; new addresses go there.
"""

from tests.access.board import COMPLIANCE
from tests.access.cascade import CASCADE
from tests.access.deadlines import DEADLINES
from tests.access.documents import PLAN_DOCUMENTS
from tests.access.editor import EDITOR
from tests.access.frame import ACCOUNTS, DOCUMENTS, FRAME
from tests.access.history import HISTORY_ROWS
from tests.access.judged import JUDGED
from tests.access.moves import MOVES
from tests.access.organisation import ORGUNITS
from tests.access.periods import PERIODS
from tests.access.plans import ASSESSMENTS, SKP
from tests.access.progress import PROGRESS
from tests.access.regimes import REGIMES
from tests.access.rhk import RHK
from tests.access.row import COLUMNS, Row
from tests.access.workbook import WORKBOOK

ROWS: tuple[Row, ...] = (
    *FRAME,
    *ACCOUNTS,
    *DOCUMENTS,
    *ORGUNITS,
    *SKP,
    *MOVES,
    *EDITOR,
    *DEADLINES,
    *WORKBOOK,
    *CASCADE,
    *PLAN_DOCUMENTS,
    *PERIODS,
    *PROGRESS,
    *RHK,
    *HISTORY_ROWS,
    *ASSESSMENTS,
    *REGIMES,
    *JUDGED,
    *COMPLIANCE,
)

__all__ = ["COLUMNS", "ROWS", "Row"]
