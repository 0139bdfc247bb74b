"""
Money: currencies, amounts, rates, rounding, and what providers take.

Nothing here is rounded without a name for it, and nothing is ever a float.
"""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.money.amount import Money as Money
    from paidevents.money.amount_rules import AmountRule as AmountRule
    from paidevents.money.amount_rules import Availability as Availability
    from paidevents.money.amount_rules import WireForm as WireForm
    from paidevents.money.currency import AUD as AUD
    from paidevents.money.currency import CAD as CAD
    from paidevents.money.currency import CHF as CHF
    from paidevents.money.currency import CZK as CZK
    from paidevents.money.currency import DKK as DKK
    from paidevents.money.currency import EUR as EUR
    from paidevents.money.currency import GBP as GBP
    from paidevents.money.currency import HKD as HKD
    from paidevents.money.currency import HUF as HUF
    from paidevents.money.currency import ILS as ILS
    from paidevents.money.currency import JPY as JPY
    from paidevents.money.currency import MXN as MXN
    from paidevents.money.currency import NOK as NOK
    from paidevents.money.currency import NZD as NZD
    from paidevents.money.currency import PHP as PHP
    from paidevents.money.currency import PLN as PLN
    from paidevents.money.currency import RON as RON
    from paidevents.money.currency import SEK as SEK
    from paidevents.money.currency import SGD as SGD
    from paidevents.money.currency import THB as THB
    from paidevents.money.currency import USD as USD
    from paidevents.money.currency import Currency as Currency
    from paidevents.money.format import currency_name as currency_name
    from paidevents.money.format import format_money as format_money
    from paidevents.money.format import format_rate as format_rate
    from paidevents.money.parse import parse_money as parse_money
    from paidevents.money.provider_facts import PROVIDERS as PROVIDERS
    from paidevents.money.provider_facts import ProviderLimits as ProviderLimits
    from paidevents.money.provider_facts import amount_rule as amount_rule
    from paidevents.money.provider_facts import provider_limits as provider_limits
    from paidevents.money.provider_facts import provider_rules as provider_rules
    from paidevents.money.rate import Rate as Rate
    from paidevents.money.rounding import Rounding as Rounding
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "amount": "Money",
            "amount_rules": "AmountRule Availability WireForm",
            "currency": "AUD CAD CHF CZK DKK EUR GBP HKD HUF ILS JPY MXN NOK NZD PHP PLN RON SEK SGD THB USD Currency",
            "format": "currency_name format_money format_rate",
            "parse": "parse_money",
            "provider_facts": "PROVIDERS ProviderLimits amount_rule provider_limits provider_rules",
            "rate": "Rate",
            "rounding": "Rounding",
        },
    )
