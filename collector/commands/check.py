"""`footfall check`: whether the store and this machine are fit, on one screen."""

import sys
import time
from argparse import ArgumentParser, Namespace

import msgspec

from collector.health.checks import check
from collector.health.facts import read_facts
from collector.health.finding import Finding, Status, worst
from collector.health.sites import shorten
from collector.settings import Settings

VERDICTS: dict[Status, str] = {
    "ok": "everything is fit",
    "warning": "it works; see the warnings",
    "wrong": "something is wrong",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def main(settings: Settings, arguments: Namespace) -> None:
    """Print what was found. Ends with status 1 when something is wrong."""
    findings = check(read_facts(settings, time.time_ns() // 1_000_000))
    status = worst(findings)
    if arguments.json:
        print(msgspec.json.encode({"status": status, "findings": findings}).decode())
    else:
        print_screen(shorten(findings))
        print(f"\n{VERDICTS[status]}")
    if status == "wrong":
        sys.exit(1)


def print_screen(findings: list[Finding]) -> None:
    """A line a finding, and one below it for what to do."""
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        print(f"{finding.status:8} {finding.name:{width}}  {finding.says}")
        if finding.todo:
            print(f"{'':8} {'':{width}}  → {finding.todo}")
