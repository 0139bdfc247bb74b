"""
Look for what will go wrong with an event, before anybody buys.

Status 1 if something will not work.
"""

import argparse
import json

from paidevents.check.table import check
from paidevents.cli.event_files import HELP, read_event_file
from paidevents.explain import phrases
from paidevents.explain.documents import finding_document
from paidevents.explain.sentences import explain
from paidevents.explain.translated import translated
from paidevents.money.format import locale_of
from paidevents.reason import Severity

HEADINGS = {Severity.ERROR: phrases.ERROR, Severity.WARNING: phrases.WARNING, Severity.NOTE: phrases.NOTE}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    parser.add_argument("event", metavar="EVENT", help=HELP)
    parser.add_argument("--locale", default="en", help="language of the answer (default: en)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    locale_of(asked.locale)
    findings = check(read_event_file(asked.event))
    if asked.json:
        print(
            json.dumps([finding_document(finding, asked.locale) for finding in findings], ensure_ascii=False, indent=2)
        )
    else:
        for finding in findings:
            heading = translated(HEADINGS[finding.severity], asked.locale)
            print("  ".join(filter(None, (heading, finding.where, explain(finding, asked.locale)))))
        if not findings:
            print(translated(phrases.NOTHING_FOUND, asked.locale))
    return 1 if any(finding.severity is Severity.ERROR for finding in findings) else 0
