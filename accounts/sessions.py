"""Sessions in the database, read with a query kept ready, since every request asks it (docs/adr/0011)."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models.functions import Now  # noqa: TID251 sessions end by Django's own clock

from config.lib.prepared import Given, Prepared

OPEN = Prepared(
    lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Now()).values_list(
        "session_data", flat=True
    )
)


class SessionStore(DatabaseStore):
    """Django's sessions in the database; an open one is read by a prepared query."""

    def load(self) -> dict[str, object]:
        """What the session holds; empty, with the key forgotten, when it has ended or never was."""
        data = OPEN.first(key=self.session_key)
        if data is None:
            self._session_key = None
            return {}
        return dict(self.decode(data))
