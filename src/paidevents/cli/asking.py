"""What a price is asked with on the command line, and the quote that answers."""

import argparse
import re
import shlex

from attrs import evolve, frozen

from paidevents import checks
from paidevents.catalog.decisions import Selection
from paidevents.catalog.event import Event
from paidevents.catalog.names import UNKNOWN_ID
from paidevents.cli.event_files import HELP, read_event_file
from paidevents.cli.times import instant_or_now
from paidevents.errors import InvalidValueError
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.money.format import locale_of
from paidevents.pricing.basket import Basket, Item
from paidevents.pricing.buyer import Buyer
from paidevents.pricing.counters import sold
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote

_COUNT = re.compile(r"([^=]{1,130})=([0-9]{1,18})")
_AMOUNT = re.compile(r"([^=]{1,64})=([^=]{1,64})")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What a price is asked with."""
    parser.add_argument("event", metavar="EVENT", help=HELP)
    parser.add_argument(
        "-n",
        "--tickets",
        action="append",
        required=True,
        metavar="TICKET=COUNT",
        help="how many places with which ticket; may be repeated",
    )
    parser.add_argument(
        "--code", action="append", default=[], help="a promo code, as a buyer types it; may be repeated"
    )
    parser.add_argument("--at", metavar="INSTANT", help="the moment, 2027-01-01T12:00:00+01:00 (default: now)")
    parser.add_argument(
        "--sold",
        action="append",
        default=[],
        metavar="ID=COUNT",
        help="how many are sold of a tier, or of a ticket at its base price; may be repeated",
    )
    parser.add_argument("--provider", help="whom it will be paid with (default: the event's first)")
    parser.add_argument("--country", help="where the buyer is, such as FR")
    parser.add_argument("--business", metavar="NUMBER", help="the buyer's VAT number, for a business")
    parser.add_argument(
        "--customer", action="append", default=[], metavar="KEY", help="a key the buyer is known by; may be repeated"
    )
    parser.add_argument("--channel", help="where the order comes from")
    parser.add_argument(
        "--session", action="append", default=[], metavar="ID", help="a chosen session; may be repeated"
    )
    parser.add_argument(
        "--amount",
        action="append",
        default=[],
        metavar="TICKET=12.00",
        help="what the buyer gives for each place, where a ticket is a donation",
    )
    parser.add_argument("--best", action="store_true", help="choose the promotions that are best for the buyer")
    parser.add_argument("--locale", default="en", help="language of the answer (default: en)")


@frozen
class Answer:
    """An event, and a price in it."""

    event: Event
    quote: Quote


def answer(asked: argparse.Namespace) -> Answer:
    """
    The quote that was asked for.

    Raises:
        InvalidValueError: A file, an id, a number or a moment that cannot be.
    """
    locale_of(asked.locale)
    event = read_event_file(asked.event)
    if asked.best:
        event = evolve(event, policy=evolve(event.policy, selection=Selection.BEST))
    buyer = Buyer(country=asked.country, business_number=asked.business, identities=tuple(asked.customer))
    quote = Plan(event).quote(
        _basket(asked, event.currency),
        asked.code,
        at=instant_or_now(asked.at, "--at"),
        taken=sold(event, dict(_counted(text, "--sold", "early_bird=48") for text in asked.sold)),
        buyer=buyer,
        channel=asked.channel,
        provider=asked.provider,
    )
    return Answer(event, quote)


def answer_to(command: str, *more: str) -> Answer:
    """
    The quote that the words of *command* ask for, as after `paidevents quote`.

    Raises:
        InvalidValueError: As `answer`.
    """
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return answer(parser.parse_args([*shlex.split(command), *more]))


def _basket(asked: argparse.Namespace, currency: Currency) -> Basket:
    amounts: dict[str, Money] = {}
    for text in asked.amount:
        match = checks.written(text, "--amount", _AMOUNT, "gift=12.00", limit=130)
        amounts[match[1]] = Money.of(match[2], currency)
    wanted = [_counted(text, "-n", "standard=2") for text in asked.tickets]
    for ticket in amounts:
        if ticket not in dict(wanted):
            raise InvalidValueError("--amount", UNKNOWN_ID.given(id=ticket))
    return Basket(tuple(Item(ticket, count, tuple(asked.session), amounts.get(ticket)) for ticket, count in wanted))


def _counted(text: str, field: str, example: str) -> tuple[str, int]:
    match = checks.written(text, field, _COUNT, example, limit=150)
    return match[1], int(match[2])
