"""The password hash: argon2id, sized for thousands of sign-ins on the last evening."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class TunedArgon2Hasher(Argon2PasswordHasher):
    """OWASP's first recommendation: 19 MiB of memory, two passes, one lane (docs/adr/0008-sign-in.md)."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
