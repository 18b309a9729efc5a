"""The documents of a delivered score as files, one for each document."""

from collections.abc import Iterator
from datetime import datetime

from assessments.services.issuing import score_documents_ensure
from documents.enums import DocumentKind
from documents.services import document_bytes
from skp.selectors.plans import read_plan
from skp.services.plan_files import PlanFile, plan_file


def score_files(*, skp_id: int, actor_id: int | None, now: datetime) -> Iterator[PlanFile]:
    """D6, D7 and, with numbers, D8 of one plan, issued now if they never were; none before a delivery.

    Call it outside a transaction, since it renders; the caller may read the score. Raises
    FileNotFoundError when the storage has lost an issued document.
    """
    issued = score_documents_ensure(skp_id=skp_id, actor_id=actor_id, now=now)
    if issued:
        skp = read_plan(skp_id)
        for document in issued:
            yield plan_file(skp, DocumentKind(document.kind), document_bytes(document), draft=False)
