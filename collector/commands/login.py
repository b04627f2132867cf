"""`footfall login`: an address that logs in to the dashboard, once, within the hour."""

from argparse import ArgumentParser, Namespace

from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.tokens import Tokens


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def main(settings: Settings, arguments: Namespace) -> None:
    """Print the address."""
    print(f"{settings.local_url}/login?token={Tokens(connect(settings)).create_login()}")
