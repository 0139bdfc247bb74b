"""Show the price of each ticket over time and over places sold, and why it changes."""

import argparse
import json
from collections.abc import Iterable
from typing import Any

from paidevents.catalog.event import Event
from paidevents.cli.as_json import amount_document
from paidevents.cli.event_files import HELP, read_event_file
from paidevents.explain import phrases
from paidevents.explain.documents import reason_document
from paidevents.explain.translated import translated
from paidevents.money.format import format_money, locale_of
from paidevents.pricing.timelines import Rung, Stretch, timeline
from paidevents.reason import Reason


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command is asked with."""
    parser.add_argument("event", metavar="EVENT", help=HELP)
    parser.add_argument("--ticket", metavar="ID", help="only this ticket")
    parser.add_argument("--locale", default="en", help="language of the answer (default: en)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(asked: argparse.Namespace) -> int:
    """Print the answer; the exit status."""
    locale_of(asked.locale)
    event = read_event_file(asked.event)
    stretches = timeline(event, asked.ticket)
    if asked.json:
        documents = [_document(stretch, event, asked.locale) for stretch in stretches]
        print(json.dumps(documents, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(stretches, event, asked.locale)))
    return 0


def lines(stretches: Iterable[Stretch], event: Event, locale: str) -> Iterable[str]:
    """The stretches as a table: each with its reasons, and below it the prices in the order in which they are sold."""
    ticket = ""
    for stretch in stretches:
        if stretch.ticket != ticket:
            ticket = stretch.ticket
            yield ("" if ticket == event.tickets[0].id else "\n") + _ticket_name(event, ticket)
        heading = " ".join(_heading(stretch, event, locale))
        yield f"  {heading[0].upper()}{heading[1:]}"
        rows = [_row(rung, event, stretch.ticket, locale) for rung in stretch.rungs]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for places, name, amount in rows:
            yield f"    {places:>{widths[0]}}  {name:{widths[1]}}  {amount:>{widths[2]}}"


def _heading(stretch: Stretch, event: Event, locale: str) -> Iterable[str]:
    starts_at, ends_at = stretch.window.starts_at, stretch.window.ends_at
    if starts_at is not None:
        yield _said(phrases.FROM.given(at=starts_at.astimezone(event.zone)), locale)
    if ends_at is not None:
        yield _said(phrases.UNTIL.given(at=ends_at.astimezone(event.zone)), locale)
    if starts_at is None and ends_at is None:
        yield _said(phrases.ALWAYS, locale)
    if not stretch.rungs:
        yield _said(phrases.NOT_ON_SALE, locale)
    for reason in stretch.reasons:
        yield f"({_said(reason, locale)})"


def _row(rung: Rung, event: Event, ticket: str, locale: str) -> tuple[str, str, str]:
    places = "" if rung.places is None else f"{rung.places} ×"
    return places, _tier_name(event, ticket, rung.tier), format_money(rung.charged, locale)


def _ticket_name(event: Event, id: str) -> str:
    return next(ticket.name for ticket in event.tickets if ticket.id == id)


def _tier_name(event: Event, ticket: str, id: str) -> str:
    tiers = next(each.tiers for each in event.tickets if each.id == ticket)
    return next((tier.name or tier.id for tier in tiers if tier.id == id), _ticket_name(event, ticket))


def _said(reason: Reason, locale: str) -> str:
    return translated(reason, locale)


def _document(stretch: Stretch, event: Event, locale: str) -> dict[str, Any]:
    starts_at, ends_at = stretch.window.starts_at, stretch.window.ends_at
    return {
        "ticket": stretch.ticket,
        "starts_at": None if starts_at is None else starts_at.astimezone(event.zone).isoformat(),
        "ends_at": None if ends_at is None else ends_at.astimezone(event.zone).isoformat(),
        "reasons": [reason_document(reason, locale) for reason in stretch.reasons],
        "rungs": [
            {
                "tier": rung.tier or None,
                "sold_from": rung.sold_from,
                "places": rung.places,
                "list": amount_document(rung.list_price),
                "charged": amount_document(rung.charged),
                "reason": None if rung.reason is None else reason_document(rung.reason, locale),
            }
            for rung in stretch.rungs
        ],
    }
