"""The answer to "may this person do it now": allowed, or refused with the sentence that says why."""

from dataclasses import dataclass

from config.lib.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or not; ``reason`` is empty when allowed and a full Indonesian sentence when refused."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raise NotAllowed with the reason when refused."""
        if not self.allowed:
            raise NotAllowed(self.reason)


ALLOWED = Decision(True)


def refused(reason: str) -> Decision:
    """A refusal with its sentence."""
    return Decision(False, reason)
