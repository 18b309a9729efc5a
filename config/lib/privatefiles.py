"""Files in the private storage (docs/adr/0007): random names there, and answers that only download.

The bytes are written before the row that names them and removed again when the row is refused.
"""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header


def private_save(folder: str, data: bytes) -> str:
    """Write the bytes under a random name without an ending in ``folder``; answers that name."""
    return default_storage.save(f"{folder}/{uuid.uuid4().hex}", ContentFile(data))


def private_delete(stored_name: str) -> None:
    """Remove the file; one that is gone already is no fault."""
    default_storage.delete(stored_name)


def private_response(stored_name: str, *, name: str, content_type: str) -> HttpResponse:
    """The file as a download called ``name``, never shown in place nor kept by the browser.

    Raises Http404 when the storage has lost it.
    """
    try:
        with default_storage.open(stored_name, "rb") as stored:
            data = stored.read()
    except FileNotFoundError as error:
        raise Http404("Berkas tidak ditemukan di penyimpanan. Hubungi BKPSDM.") from error
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
