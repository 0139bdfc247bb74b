"""
Hypothesis strategies for every value type of the library.

With Hypothesis installed, `st.from_type(Money)` and `@given(amount=...)` with a
type annotation find them without any import of ours: Hypothesis imports this
package when it is imported itself. Called by hand they take bounds. Every value
they make is one that the library accepts; `events` makes whole events in which
everything fits together.
"""

from collections.abc import Callable
from typing import Any

from paidevents.errors import MissingExtraError

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtraError("testing") from error

from paidevents.access.parts import Device, Visit
from paidevents.access.pass_ import Pass
from paidevents.access.recording import Recording
from paidevents.cancellation.due import CancellationDue
from paidevents.catalog.cancellation import Cancellation, RefundStep
from paidevents.catalog.code import PromoCode
from paidevents.catalog.effects import AmountOff, Percent, SetPrice
from paidevents.catalog.event import Event
from paidevents.catalog.fees import Fee
from paidevents.catalog.form import Disclaimer, Question, RegistrationForm
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import Actor
from paidevents.catalog.places import Capacity, EventSession
from paidevents.catalog.policies import ChargeMinimum, Policy, ProviderCurrencies
from paidevents.catalog.promotion import Limit, Match, Pick, Promotion
from paidevents.catalog.provider import Provider
from paidevents.catalog.taxes import TaxRate, TaxTable
from paidevents.catalog.ticket import Donation, Ticket, Tier
from paidevents.ledger.book import Book
from paidevents.ledger.entry import Entry, Posting
from paidevents.machine import Move
from paidevents.money.amount import Money
from paidevents.money.amount_rules import AmountRule
from paidevents.money.currency import Currency
from paidevents.money.provider_facts import ProviderLimits
from paidevents.money.rate import Rate
from paidevents.payments.due import Due
from paidevents.payments.payment import Payment
from paidevents.payments.refund import Refund
from paidevents.payments.snapshot import PaymentRef, RefundSnapshot, Snapshot
from paidevents.ports.connection import Connection
from paidevents.ports.dossier import Dossier
from paidevents.ports.obligation import Obligation
from paidevents.pricing.basket import Basket, Item
from paidevents.pricing.buyer import Buyer
from paidevents.pricing.counters import Take
from paidevents.pricing.given_back import RefundDue, UnitRefund
from paidevents.pricing.parts import FeeSettlement, Line, TaxSettlement, Totals, Unit
from paidevents.pricing.quote import Quote
from paidevents.pricing.refunds import Clawback
from paidevents.reason import Finding, Reason, Skipped
from paidevents.registration.hold import Hold
from paidevents.registration.order import Order
from paidevents.registration.parts import Change, Given, Repriced
from paidevents.registration.person import Answer, Attendee, Person
from paidevents.registration.registration import Registration
from paidevents.registration.waiting import Offer, WaitingEntry
from paidevents.testing.strategies.admission import devices, passes, recordings, visits
from paidevents.testing.strategies.amounts import Prices, usual_currencies
from paidevents.testing.strategies.bookkeeping import books, entries, postings
from paidevents.testing.strategies.cancelling import cancellations_due
from paidevents.testing.strategies.discounts import (
    amounts_off,
    codes,
    effects,
    matches,
    percents,
    picks,
    promotion_limits,
    promotions,
    set_prices,
)
from paidevents.testing.strategies.keeping import connections, dossiers, obligations
from paidevents.testing.strategies.moving import histories, moves
from paidevents.testing.strategies.offers import donations, tickets, tiers
from paidevents.testing.strategies.orders import changes, givens, holds, orders, registrations, repricings
from paidevents.testing.strategies.paying import dues, payment_refs, payments, refund_snapshots, refunds, snapshots
from paidevents.testing.strategies.people import answers, attendees, persons
from paidevents.testing.strategies.prices import (
    baskets,
    buyers,
    clawbacks,
    fee_settlements,
    items,
    lines,
    quotes,
    refunds_due,
    takes,
    tax_settlements,
    totals,
    unit_refunds,
    units,
)
from paidevents.testing.strategies.registering import (
    actors,
    cancellations,
    disclaimers,
    questions,
    refund_steps,
    registration_forms,
)
from paidevents.testing.strategies.terms import (
    charge_minimums,
    fees,
    policies,
    provider_currencies,
    providers,
    tax_rates,
    tax_tables,
)
from paidevents.testing.strategies.values import (
    amount_rules,
    currencies,
    days,
    deadlines,
    findings,
    instants,
    limits,
    moneys,
    rates,
    reason_values,
    reasons,
    recurrences,
    rules,
    skipped,
    spans,
    wall_times,
    weights,
    windows,
    zoned_instants,
    zones,
)
from paidevents.testing.strategies.waiting import listings, offers_held, waiting_entries
from paidevents.testing.strategies.whole import capacities, event_sessions, events
from paidevents.timing.deadline import Deadline, Span
from paidevents.timing.recurrence import Recurrence
from paidevents.timing.window import Window

__all__ = [
    "BY_TYPE",
    "Prices",
    "actors",
    "amount_rules",
    "amounts_off",
    "answers",
    "attendees",
    "baskets",
    "books",
    "buyers",
    "cancellations",
    "cancellations_due",
    "capacities",
    "changes",
    "charge_minimums",
    "clawbacks",
    "codes",
    "connections",
    "currencies",
    "days",
    "deadlines",
    "devices",
    "disclaimers",
    "donations",
    "dossiers",
    "dues",
    "effects",
    "entries",
    "event_sessions",
    "events",
    "fee_settlements",
    "fees",
    "findings",
    "givens",
    "histories",
    "holds",
    "instants",
    "items",
    "limits",
    "lines",
    "listings",
    "matches",
    "moneys",
    "moves",
    "obligations",
    "offers_held",
    "orders",
    "passes",
    "payment_refs",
    "payments",
    "percents",
    "persons",
    "picks",
    "policies",
    "postings",
    "promotion_limits",
    "promotions",
    "provider_currencies",
    "providers",
    "questions",
    "quotes",
    "rates",
    "reason_values",
    "reasons",
    "recordings",
    "recurrences",
    "refund_snapshots",
    "refund_steps",
    "refunds",
    "refunds_due",
    "registration_forms",
    "registrations",
    "repricings",
    "rules",
    "set_prices",
    "skipped",
    "snapshots",
    "spans",
    "takes",
    "tax_rates",
    "tax_settlements",
    "tax_tables",
    "tickets",
    "tiers",
    "totals",
    "unit_refunds",
    "units",
    "usual_currencies",
    "visits",
    "waiting_entries",
    "wall_times",
    "weights",
    "windows",
    "zoned_instants",
    "zones",
]

BY_TYPE: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    Actor: actors,
    AmountOff: amounts_off,
    AmountRule: amount_rules,
    Answer: answers,
    Attendee: attendees,
    Basket: baskets,
    Book: books,
    Buyer: buyers,
    Cancellation: cancellations,
    CancellationDue: cancellations_due,
    Capacity: capacities,
    Change: changes,
    ChargeMinimum: charge_minimums,
    Clawback: clawbacks,
    Connection: connections,
    Currency: currencies,
    Deadline: deadlines,
    Device: devices,
    Disclaimer: disclaimers,
    Donation: donations,
    Dossier: dossiers,
    Due: dues,
    Entry: entries,
    Event: events,
    EventSession: event_sessions,
    Fee: fees,
    FeeSettlement: fee_settlements,
    Finding: findings,
    Given: givens,
    Hold: holds,
    Item: items,
    Limit: promotion_limits,
    Line: lines,
    Listing: listings,
    Match: matches,
    Money: moneys,
    Move: moves,
    Obligation: obligations,
    Offer: offers_held,
    Order: orders,
    Pass: passes,
    Payment: payments,
    PaymentRef: payment_refs,
    Percent: percents,
    Person: persons,
    Pick: picks,
    Policy: policies,
    Posting: postings,
    PromoCode: codes,
    Promotion: promotions,
    Provider: providers,
    ProviderCurrencies: provider_currencies,
    ProviderLimits: limits,
    Question: questions,
    Quote: quotes,
    Rate: rates,
    Reason: reasons,
    Recording: recordings,
    Recurrence: recurrences,
    Refund: refunds,
    RefundDue: refunds_due,
    RefundSnapshot: refund_snapshots,
    RefundStep: refund_steps,
    Registration: registrations,
    RegistrationForm: registration_forms,
    Repriced: repricings,
    SetPrice: set_prices,
    Skipped: skipped,
    Snapshot: snapshots,
    Span: spans,
    Take: takes,
    TaxRate: tax_rates,
    TaxSettlement: tax_settlements,
    TaxTable: tax_tables,
    Ticket: tickets,
    Tier: tiers,
    Totals: totals,
    Unit: units,
    UnitRefund: unit_refunds,
    Visit: visits,
    WaitingEntry: waiting_entries,
    Window: windows,
}


def _resolve(strategy: Callable[[], st.SearchStrategy[Any]]) -> Callable[[type], st.SearchStrategy[Any]]:
    return lambda _: strategy()


for kind, strategy in BY_TYPE.items():
    st.register_type_strategy(kind, _resolve(strategy))
