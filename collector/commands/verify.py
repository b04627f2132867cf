"""`footfall verify`: count again what sites hold, and name what is not as it should be."""

import sys
from argparse import ArgumentParser, Namespace

import msgspec

from collector.sealing.nightly import Nightly
from collector.sealing.segment_file import Workbench
from collector.sealing.work import wall_clock_ms
from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.sites import Sites
from collector.storage.verifications import Verification


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--site", help="only this one; default: all")
    parser.add_argument("--json", action="store_true", help="for programs")


def main(settings: Settings, arguments: Namespace) -> None:
    """Verify, keep the reports, and print them. Ends with status 1 when anything differs. Raises Problem."""
    client = connect(settings)
    sites = [Sites(client).find(arguments.site)] if arguments.site else Sites(client).read_all()
    bench = Workbench(settings.data_dir / "sealing")
    try:
        nightly = Nightly(client, bench, settings.verify_hour, wall_clock_ms)
        reports = {site.id: nightly.verify(site) for site in sites}
    finally:
        bench.close()
    if arguments.json:
        print(msgspec.json.encode(reports).decode())
    else:
        for site_id, report in reports.items():
            _print(site_id, report)
    if any(report.found for report in reports.values()):
        sys.exit(1)


def _print(site_id: str, report: Verification) -> None:
    """One line, and one for each difference."""
    print(
        f"{site_id}\t{report.events} events\t{report.segments} segments\t{report.bytes} bytes\t"
        f"{report.entries} entries wait\t{report.found} differences"
    )
    for each in report.differences:
        print(f"{site_id}\t{each.kind}\t{each.where}\t{each.says}")
