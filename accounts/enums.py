"""Vocabularies of identity: what is audited here, and the states of a message on its way out."""

from django.db.models import TextChoices


class AuditKind(TextChoices):
    """What accounts itself records; upper apps bring their own kinds to ``audit.record``."""

    USER_CREATED = "user.created", "Akun dibuat"
    USER_UPDATED = "user.updated", "Data akun diubah"
    SIGNED_IN = "sign_in.done", "Masuk"
    SIGN_IN_FAILED = "sign_in.failed", "Gagal masuk"
    SIGN_IN_LOCKED = "sign_in.locked", "Masuk dikunci sementara"
    SIGNED_OUT = "sign_in.ended", "Keluar"
    SESSIONS_ENDED = "sessions.ended", "Sesi diakhiri"
    ACTIVATION_ISSUED = "activation.issued", "Kode aktivasi diterbitkan"
    ACTIVATED = "activation.redeemed", "Akun diaktifkan"
    PASSWORD_CHANGED = "password.changed", "Kata sandi diganti"
    PASSWORD_RESET = "password.reset", "Kata sandi direset"
    EMAIL_CHANGED = "email.changed", "Alamat e-mail diganti"
    EMAIL_CONFIRMED = "email.confirmed", "Alamat e-mail dikonfirmasi"
    MESSAGE_REQUEUED = "message.requeued", "Pesan dikirim ulang"


class Channel(TextChoices):
    EMAIL = "email", "E-mail"


class OutboxState(TextChoices):
    """``UNCERTAIN``: the sender died between handing the message over and noting it; never sent again."""

    WAITING = "waiting", "Menunggu"
    SENDING = "sending", "Sedang dikirim"
    SENT = "sent", "Terkirim"
    FAILED = "failed", "Gagal"
    UNCERTAIN = "uncertain", "Tidak pasti"
