"""`footfall retention`: take out the days that sites keep no longer, now and not on Sunday at 02:00."""

from argparse import ArgumentParser, Namespace

from collector.sealing.retention import Gone, Retention
from collector.sealing.segment_file import Workbench
from collector.sealing.work import wall_clock_ms
from collector.settings import Settings
from collector.storage.connect import connect
from collector.storage.dead_letters import DeadLetters
from collector.storage.segments import Segments
from collector.storage.sites import Site, Sites


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--site", help="only this one; default: every site that keeps a number of days")
    parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")


def main(settings: Settings, arguments: Namespace) -> None:
    """Apply it, and print what went. Raises Problem."""
    client = connect(settings)
    sites = [Sites(client).find(arguments.site)] if arguments.site else Sites(client).read_all()
    bench = Workbench(settings.data_dir / "sealing")
    retention = Retention(Segments(client), DeadLetters(client), bench)
    try:
        for site in sites:
            if site.retention_days is None:
                print(f"{site.id}\tkeeps everything")
                continue
            for shard in site.all_shards():
                gone = retention.apply(site, shard, wall_clock_ms(), dry_run=arguments.dry_run)
                _report(site, shard.number, gone, "would go" if arguments.dry_run else "went")
    finally:
        bench.close()


def _report(site: Site, shard: int, gone: Gone, went: str) -> None:
    """One line a day, and one for the shard."""
    where = f"{site.id}.{shard}"
    for day, of_day in gone.days.items():
        print(f"{where}\t{day}\t{of_day.rows} events\t{of_day.bytes} bytes\t{went}")
    rows = sum(of_day.rows for of_day in gone.days.values())
    size = sum(of_day.bytes for of_day in gone.days.values())
    print(
        f"{where}\tkeeps {site.retention_days} days\t{rows} events\t{size} bytes\t{went}: "
        f"{gone.segments_dropped} segments dropped, {gone.segments_rewritten} rewritten, "
        f"{gone.dead_letters} dead letters"
    )
