"""
Sell access to online events: prices, seats and payments, exact to the cent.

Everything is loaded when it is first used; `import paidevents` costs next to nothing.
"""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.catalog.code import PromoCode as PromoCode
    from paidevents.catalog.effects import AmountOff as AmountOff
    from paidevents.catalog.effects import Percent as Percent
    from paidevents.catalog.effects import SetPrice as SetPrice
    from paidevents.catalog.event import Event as Event
    from paidevents.catalog.fees import Fee as Fee
    from paidevents.catalog.policies import Policy as Policy
    from paidevents.catalog.promotion import Promotion as Promotion
    from paidevents.catalog.provider import Provider as Provider
    from paidevents.catalog.ticket import Ticket as Ticket
    from paidevents.catalog.ticket import Tier as Tier
    from paidevents.errors import AmountRefusedError as AmountRefusedError
    from paidevents.errors import IllegalTransitionError as IllegalTransitionError
    from paidevents.errors import InvalidValueError as InvalidValueError
    from paidevents.errors import PaidEventsError as PaidEventsError
    from paidevents.errors import PriceChangedError as PriceChangedError
    from paidevents.errors import RefusedError as RefusedError
    from paidevents.machine import Guard as Guard
    from paidevents.machine import Machine as Machine
    from paidevents.machine import Row as Row
    from paidevents.money.amount import Money as Money
    from paidevents.money.amount_rules import AmountRule as AmountRule
    from paidevents.money.currency import EUR as EUR
    from paidevents.money.currency import GBP as GBP
    from paidevents.money.currency import USD as USD
    from paidevents.money.currency import Currency as Currency
    from paidevents.money.format import format_money as format_money
    from paidevents.money.parse import parse_money as parse_money
    from paidevents.money.provider_facts import amount_rule as amount_rule
    from paidevents.money.provider_facts import provider_limits as provider_limits
    from paidevents.money.rate import Rate as Rate
    from paidevents.money.rounding import Rounding as Rounding
    from paidevents.pricing.basket import Basket as Basket
    from paidevents.pricing.basket import Item as Item
    from paidevents.pricing.buyer import Buyer as Buyer
    from paidevents.pricing.plan import Plan as Plan
    from paidevents.pricing.quote import Quote as Quote
    from paidevents.reason import Finding as Finding
    from paidevents.reason import Reason as Reason
    from paidevents.reason import Skipped as Skipped
    from paidevents.timing.deadline import Deadline as Deadline
    from paidevents.timing.deadline import Span as Span
    from paidevents.timing.recurrence import Recurrence as Recurrence
    from paidevents.timing.window import Window as Window
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "catalog.code": "PromoCode",
            "catalog.effects": "AmountOff Percent SetPrice",
            "catalog.event": "Event",
            "catalog.fees": "Fee",
            "catalog.policies": "Policy",
            "catalog.promotion": "Promotion",
            "catalog.provider": "Provider",
            "catalog.ticket": "Ticket Tier",
            "errors": "AmountRefusedError IllegalTransitionError InvalidValueError PaidEventsError PriceChangedError "
            "RefusedError",
            "machine": "Guard Machine Row",
            "money.amount": "Money",
            "money.amount_rules": "AmountRule",
            "money.currency": "EUR GBP USD Currency",
            "money.format": "format_money",
            "money.parse": "parse_money",
            "money.provider_facts": "amount_rule provider_limits",
            "money.rate": "Rate",
            "money.rounding": "Rounding",
            "pricing.basket": "Basket Item",
            "pricing.buyer": "Buyer",
            "pricing.plan": "Plan",
            "pricing.quote": "Quote",
            "reason": "Finding Reason Skipped",
            "timing.deadline": "Deadline Span",
            "timing.recurrence": "Recurrence",
            "timing.window": "Window",
        },
    )
