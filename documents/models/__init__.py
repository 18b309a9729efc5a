"""Numbers, issued documents, long work."""

from documents.models.issued import IssuedDocument
from documents.models.jobs import Counter, Job, JobItem, private_name

__all__ = ["Counter", "IssuedDocument", "Job", "JobItem", "private_name"]
