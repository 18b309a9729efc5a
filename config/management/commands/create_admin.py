"""Make the first BKPSDM admin, who then grants every other role in the application."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.lib import clock
from config.lib.dates import format_moment
from config.lib.errors import DomainError
from orgunits.services.operators import bkpsdm_admin_create


class Command(BaseCommand):
    """``create_admin NIP`` for an imported person, ``create_admin LOGIN --name NAME`` for a new account."""

    help = "Menjadikan seseorang admin BKPSDM dan mencetak kode aktivasinya."

    def add_arguments(self, parser: CommandParser) -> None:
        """The login name, and for a new account the person's name."""
        parser.add_argument("username")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, username: str, name: str, **options: Any) -> None:
        """Print the code once; raises CommandError with the reason when it is refused."""
        try:
            issued = bkpsdm_admin_create(username=username, name=name, now=clock.now())
        except DomainError as error:
            raise CommandError(str(error)) from error
        if issued is None:
            self.stdout.write("Peran diberikan. Akun ini sudah memiliki kata sandi.")
            return
        until = format_moment(issued.expires_at)
        self.stdout.write(
            f"Peran diberikan kepada {issued.user}. Kode aktivasi (sampai {until}): {issued.code}"
        )
