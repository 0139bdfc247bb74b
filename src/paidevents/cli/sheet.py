"""A price as a table for people, its amounts one under the other."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from paidevents.catalog.event import Event
from paidevents.explain import phrases
from paidevents.explain.prices import Names, grouped, signed
from paidevents.explain.translated import sentences, translated
from paidevents.explain.words import word
from paidevents.money.format import format_money
from paidevents.pricing.quote import Quote
from paidevents.reason import Reason, Skipped

INDENT = "  "


@frozen
class Row:
    """What it is, what one of it costs, and what it comes to."""

    what: str
    each: str
    amount: str


class Sheet:
    """
    The table of one quote in one language.

    Args:
        quote: The price.
        event: Its event, for names and the time zone.
        locale: The language.
    """

    def __init__(self, quote: Quote, event: Event, locale: str) -> None:
        self._quote = quote
        self._event = event
        self._locale = locale
        self._names = Names(event)

    def lines(self) -> Iterable[str]:
        """The places, the steps, the total, what the organizer keeps, and what did not apply."""
        yield self._event.title
        facts = [word(self._quote.at.astimezone(self._event.zone), self._locale)]
        if self._quote.provider is not None and not self._quote.is_free:
            facts.append(self._say(phrases.PAID_WITH.given(provider=self._quote.provider)))
        yield " · ".join(facts)
        yield ""
        price, total, settlement = aligned([[*self._places(), *self._steps()], [*self._total()], [*self._settlement()]])
        yield from price
        yield INDENT + "─" * (max(map(len, price)) - len(INDENT))
        yield from total
        if settlement:
            yield ""
            yield from settlement
        for note in self._notes():
            yield ""
            yield from note

    def compact(self) -> Iterable[str]:
        """The same without headings, gaps and date: for one of several prices."""
        rows = [*self._places(), *self._steps(), *self._total(), *self._settlement()]
        yield from aligned([rows])[0]
        skipped = (*self._quote.skipped, *self._quote.provisional)
        if skipped:
            yield from self._reasons(skipped)
        for reason in (*self._quote.refusals, *self._remarks()):
            yield INDENT + self._say(reason)

    def _say(self, reason: Reason) -> str:
        return translated(reason, self._locale)

    def _places(self) -> Iterable[Row]:
        groups = grouped(self._quote)
        for group in groups:
            each = format_money(group.unit.list_price, self._locale) if group.count > 1 else ""
            amount = format_money(group.amount, self._locale)
            yield Row(f"{group.count} × {self._names.place(group.unit)}", each, amount)
        if len(groups) > 1:
            yield Row(self._say(phrases.LIST_PRICE), "", format_money(self._quote.totals.list, self._locale))

    def _steps(self) -> Iterable[Row]:
        for line in self._quote.lines:
            yield Row(self._names.line(line, self._locale), "", signed(line.amount, self._locale))

    def _total(self) -> Iterable[Row]:
        yield Row(self._say(phrases.TOTAL), "", format_money(self._quote.charged, self._locale))
        for tax in self._quote.taxes:
            contained = phrases.TAX_CONTAINED.given(name=tax.name, rate=tax.rate, country=tax.country)
            yield Row(self._say(contained), "", format_money(tax.amount, self._locale))

    def _settlement(self) -> Iterable[Row]:
        totals = self._quote.totals
        shown = [
            (phrases.PLATFORM_FEES, totals.platform_fees),
            (phrases.PROVIDER_FEES, totals.provider_fees),
            (phrases.ORGANIZER_KEEPS, totals.organizer_keeps),
        ]
        if totals.payout != totals.organizer_keeps:
            shown.append((phrases.PAYOUT, totals.payout))
        for phrase, amount in shown:
            if amount or (phrase is phrases.ORGANIZER_KEEPS and not self._quote.is_free):
                yield Row(self._say(phrase), "", format_money(amount, self._locale))

    def _notes(self) -> Iterable[list[str]]:
        quote = self._quote
        for heading, skipped in ((phrases.NOT_APPLIED, quote.skipped), (phrases.CONDITIONAL, quote.provisional)):
            if skipped:
                yield [self._say(heading), *self._reasons(skipped)]
        if quote.refusals:
            yield [self._say(phrases.NOT_ORDERABLE), *(INDENT + self._say(reason) for reason in quote.refusals)]
        good_until = phrases.GOOD_UNTIL.given(at=quote.good_until.astimezone(self._event.zone))
        yield [self._say(reason) for reason in (*self._remarks(), good_until)]

    def _remarks(self) -> Iterable[Reason]:
        if self._quote.is_reverse_charged:
            yield phrases.REVERSE_CHARGE
        if self._quote.differs:
            yield phrases.OTHER_TOTAL.given(providers=", ".join(self._quote.differs))

    def _reasons(self, skipped: Iterable[Skipped]) -> Iterable[str]:
        told = [(self._names.skipped(one), sentences(one.reasons, self._locale)) for one in skipped]
        widest = max(len(name) for name, _ in told)
        return [f"{INDENT}{name:{widest}}  {why}" for name, why in told]


def aligned(blocks: Sequence[Sequence[Row]]) -> list[list[str]]:
    """The lines of each block, the columns of all of them in line."""
    rows = [row for block in blocks for row in block]
    what, each, amount = (max(len(getattr(row, name)) for row in rows) for name in ("what", "each", "amount"))

    def line(row: Row) -> str:
        middle = f"  {row.each:>{each}}" if each else ""
        return f"{INDENT}{row.what:{what}}{middle}  {row.amount:>{amount}}"

    return [[line(row) for row in block] for block in blocks]
