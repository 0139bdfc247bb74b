"""Taxes: rates that are missing, and prices that contain a tax which is not exact."""

from collections.abc import Iterator
from datetime import datetime

from attrs import evolve

from paidevents.catalog.event import Event
from paidevents.catalog.taxes import TaxMode, TaxPlace, TaxTable
from paidevents.check.findings import note, warning
from paidevents.check.goods import Good, goods_of, last_moment, sale_of
from paidevents.money.amount import Money
from paidevents.money.rounding import Rounding
from paidevents.pricing.stages.tax import tax_of
from paidevents.pricing.taxation import Taxation, taxation_of
from paidevents.reason import Finding, Reason

TAX_RATE_MISSING = Reason("tax_rate_missing", "There is no rate of tax for {country} in the category {category}.")
TAX_RATE_LATER = Reason(
    "tax_rate_later", "When the sale begins there is no rate of tax yet for {country} in the category {category}."
)
TAX_ELSEWHERE = Reason("tax_elsewhere", "There are rates of tax for {countries} only; buyers elsewhere pay none.")
TAX_ROUNDED = Reason(
    "tax_rounded", "No price before tax comes to {price} with its tax: the tax in it, {tax}, is rounded."
)
TAX_TIE = Reason(
    "tax_tie",
    "The tax in {price} lies halfway between two amounts: {tax} is charged, other systems may show {other}.",
)


def check_rates(event: Event) -> Iterator[Finding]:
    """Tickets and passed-on fees that no rate of the seller's country is for."""
    table = event.tax
    if table is None:
        return
    categories = [(f"tickets[{place}]", ticket.tax_category) for place, ticket in enumerate(event.tickets)]
    for place, fee in enumerate(event.fees):
        if fee.tax_category is not None and fee.buyer_share.fraction:
            categories.append((f"fees[{place}]", fee.tax_category))
    sale = sale_of(event)
    opens = None if sale is None else sale.starts_at
    for path, category in categories:
        values = {"country": table.seller, "category": category}
        if not _has_rate(event, table, category, last_moment(event)):
            yield warning(f"{path}.tax_category", TAX_RATE_MISSING.given(**values))
        elif opens is not None and not _has_rate(event, table, category, opens):
            yield warning(f"{path}.tax_category", TAX_RATE_LATER.given(**values))
    countries = sorted({rate.country for rate in table.rates})
    if table.place is TaxPlace.BUYER and countries:
        yield note("tax.rates", TAX_ELSEWHERE.given(countries=", ".join(countries)))


def _has_rate(event: Event, table: TaxTable, category: str, at: datetime) -> bool:
    return bool(table.rates_in(table.seller, category, event.kind, at, event.zone))


def check_exact_taxes(event: Event) -> Iterator[Finding]:
    """Prices that contain a tax which is rounded, the first one of each ticket."""
    if event.tax is None or event.tax.mode is not TaxMode.INCLUSIVE:
        return
    taxation = taxation_of(event, last_moment(event), None, None)
    told: set[str] = set()
    for good in goods_of(event):
        reason = None if good.ticket.id in told else _rounded(good, taxation)
        if reason is not None:
            told.add(good.ticket.id)
            yield note(good.where, reason)


def _rounded(good: Good, taxation: Taxation) -> Reason | None:
    """Why the tax in a price is not exact: it lies halfway, or no price before tax makes that price."""
    key = taxation.keys[taxation.key_of[good.ticket.tax_category]]
    if not good.price or not key.numerator:
        return None
    gross, currency = good.price.minor, good.price.currency
    ways = {way: tax_of(gross, key, evolve(taxation, rounding=way), 1) for way in Rounding}
    tax = ways[taxation.rounding]
    if ways[Rounding.HALF_UP] != ways[Rounding.HALF_DOWN]:
        other = ways[Rounding.UP] + ways[Rounding.DOWN] - tax
        return TAX_TIE.given(price=good.price, tax=Money(tax, currency), other=Money(other, currency))
    added = evolve(taxation, exclusive=True)
    nets = {gross - each for each in ways.values()}
    if any(net + tax_of(net, key, added, 1) == gross for net in nets):
        return None
    return TAX_ROUNDED.given(price=good.price, tax=Money(tax, currency))
