"""Errors whose text a user can read; services raise them, views answer with their status."""


class DomainError(Exception):
    """A refusal by a rule of the product; ``str(error)`` is a sentence for the user, HTTP status 400."""

    status = 400


class NotAllowed(DomainError):
    """The actor may see the thing but not do this with it (403)."""

    status = 403


class Conflict(DomainError):
    """The page was stale, the move was already made or two actors met (409)."""

    status = 409

    def __init__(self, message: str = "Data sudah diubah orang lain. Muat ulang halaman.") -> None:
        super().__init__(message)


class Incomplete(DomainError):
    """Something asked for before the move is missing (422); ``problems`` are sentences, one for each part."""

    status = 422

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems
