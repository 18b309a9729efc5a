"""Why a plan ends when its post does: read from what is known of the post's end."""

from skp.enums import CloseReason

# Words with which offices give the end of a post, in the order in which they are looked for.
WORDS = (
    (CloseReason.DEATH, ("meninggal", "wafat")),
    (CloseReason.RETIREMENT, ("pensiun", "purnatugas", "purna tugas")),
    (CloseReason.DISMISSAL, ("diberhentikan", "pemberhentian", "pemecatan", "mengundurkan diri")),
)


def reason_of_end(end_reason: str, *, retired: bool, moved_on: bool) -> CloseReason:
    """The reason of closing: a transfer unless the words of the end or the legal position say otherwise.

    ``moved_on``: a further post of the person begins then or later; ``retired``: the legal position says so.
    """
    if moved_on:
        return CloseReason.TRANSFER
    words = end_reason.casefold()
    for reason, signs in WORDS:
        if any(sign in words for sign in signs):
            return reason
    return CloseReason.RETIREMENT if retired else CloseReason.TRANSFER
