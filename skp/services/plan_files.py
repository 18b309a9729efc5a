"""The documents of many plans as files: one for each document, issued or marked as a draft."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import slugify

from config.lib.dates import office_date
from documents.enums import DocumentKind
from documents.services import document_bytes, draft_bytes
from skp.documents.contents import frozen, open_head, plan_documents, thawed
from skp.enums import Scheme
from skp.models import Skp
from skp.selectors.content import read_content
from skp.selectors.plans import plan_facts, read_plan
from skp.services.issuing import plan_documents_ensure

# A file system takes 255 bytes of a name; the rest of ours is shorter than 60.
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class PlanFile:
    """One document of a plan as a file.

    ``name`` is unique among all plans, of letters, digits, "-", "_" and "." alone; ``draft`` says
    that it carries the mark DRAF, and ``draft_name`` is what it was called, or would be, as a draft.
    """

    name: str
    draft_name: str
    draft: bool
    data: bytes


def plan_files(*, skp_id: int, actor_id: int | None, now: datetime) -> Iterator[PlanFile]:
    """D1 or D2 and D5 of one plan: of an agreed one as issued, issued now if they never were; else drafts.

    Call it outside a transaction, since it renders; the caller has found the plan in the visible set.
    Raises FileNotFoundError when the storage has lost an issued document.
    """
    skp = read_plan(skp_id)
    issued = plan_documents_ensure(skp_id=skp_id, actor_id=actor_id, now=now)
    for document in issued:
        yield plan_file(skp, DocumentKind(document.kind), document_bytes(document), draft=False)
    if not issued:
        yield from _drafts(skp, now)


def _drafts(skp: Skp, now: datetime) -> Iterator[PlanFile]:
    revision = skp.open_revision
    if revision is None:
        return
    facts = plan_facts(skp, today=office_date(now))
    head = open_head(skp, facts.appraiser_assignment_id, office_date(now))
    content = read_content(revision, Scheme(skp.scheme))
    for kind, _title, values in plan_documents(skp, revision, content, head):
        yield plan_file(skp, kind, draft_bytes(kind, thawed(frozen(values))), draft=True)


def plan_file(skp: Skp, kind: DocumentKind, data: bytes, *, draft: bool) -> PlanFile:
    """A document about the plan as a file.

    The name begins with the person, so that a folder sorted by name keeps a person's documents together.
    """
    name = slugify(skp.owner.name)[:NAME_LENGTH].strip("-_") or "tanpa-nama"
    stem = f"{name}_{slugify(skp.owner.nip or 'tanpa-nip')}_SKP-{skp.period.year}-{skp.pk}_{kind}"
    drafted = f"{stem}_DRAF.pdf"
    return PlanFile(drafted if draft else f"{stem}.pdf", drafted, draft, data)
