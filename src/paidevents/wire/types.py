"""What a document can be: every type that crosses a border by itself, and its name, which is for ever."""

from types import NoneType, UnionType
from typing import Any, get_args, get_origin

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
from paidevents.timing.deadline import Deadline, Span
from paidevents.timing.recurrence import Recurrence
from paidevents.timing.window import Window
from paidevents.wire import forms
from paidevents.wire.leaves import LEAVES
from paidevents.wire.quote_form import QUOTE

TYPES: dict[str, type] = {
    "actor": Actor,
    "amount_off": AmountOff,
    "amount_rule": AmountRule,
    "answer": Answer,
    "attendee": Attendee,
    "basket": Basket,
    "book": Book,
    "buyer": Buyer,
    "cancellation": Cancellation,
    "cancellation_due": CancellationDue,
    "capacity": Capacity,
    "change": Change,
    "charge_minimum": ChargeMinimum,
    "clawback": Clawback,
    "connection": Connection,
    "currency": Currency,
    "deadline": Deadline,
    "device": Device,
    "disclaimer": Disclaimer,
    "donation": Donation,
    "dossier": Dossier,
    "due": Due,
    "entry": Entry,
    "event": Event,
    "event_session": EventSession,
    "fee": Fee,
    "fee_settlement": FeeSettlement,
    "finding": Finding,
    "given": Given,
    "hold": Hold,
    "item": Item,
    "limit": Limit,
    "line": Line,
    "listing": Listing,
    "match": Match,
    "money": Money,
    "move": Move,
    "obligation": Obligation,
    "offer": Offer,
    "order": Order,
    "pass": Pass,
    "payment": Payment,
    "payment_ref": PaymentRef,
    "percent": Percent,
    "person": Person,
    "pick": Pick,
    "policy": Policy,
    "posting": Posting,
    "promo_code": PromoCode,
    "promotion": Promotion,
    "provider": Provider,
    "provider_currencies": ProviderCurrencies,
    "provider_limits": ProviderLimits,
    "question": Question,
    "quote": Quote,
    "rate": Rate,
    "reason": Reason,
    "recording": Recording,
    "recurrence": Recurrence,
    "refund": Refund,
    "refund_due": RefundDue,
    "refund_snapshot": RefundSnapshot,
    "refund_step": RefundStep,
    "registration": Registration,
    "registration_form": RegistrationForm,
    "repriced": Repriced,
    "set_price": SetPrice,
    "skipped": Skipped,
    "snapshot": Snapshot,
    "span": Span,
    "take": Take,
    "tax_rate": TaxRate,
    "tax_settlement": TaxSettlement,
    "tax_table": TaxTable,
    "ticket": Ticket,
    "tier": Tier,
    "totals": Totals,
    "unit": Unit,
    "unit_refund": UnitRefund,
    "visit": Visit,
    "waiting_entry": WaitingEntry,
    "window": Window,
}

# The values whose JSON form is another value.
FORMS: dict[type, forms.Form] = {**forms.FORMS, Quote: QUOTE}

KIND = "kind"  # the key by which a value of a union tells which of its types it is

_NAMES = {kind: name for name, kind in TYPES.items()}
_OBJECTS = {kind: name for kind, name in _NAMES.items() if kind not in LEAVES and kind not in FORMS}


def name_of(kind: object) -> str | None:
    """The name of a type; None if it has none."""
    return _NAMES.get(kind) if isinstance(kind, type) else None


def kinds_of(union: Any) -> dict[str, type]:
    """
    The types of a union such as `Percent | AmountOff | SetPrice | None` by their names.

    Empty for anything else: one type that may be None, or a union with a type
    that has no name here or is not written field by field.
    """
    if get_origin(union) is not UnionType:
        return {}
    members = [member for member in get_args(union) if member is not NoneType]
    if len(members) < 2 or not all(member in _OBJECTS for member in members):
        return {}
    return {_OBJECTS[member]: member for member in members}
