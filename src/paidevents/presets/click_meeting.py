"""
The rules of ClickMeeting, from the pages on paid webinars in its knowledge base.

Source: https://knowledge.clickmeeting.com, "Webinaires payants", read in French
in 2026. The ids in the comments are those of the acceptance tests: one for each
answer of the page.
"""

from paidevents.catalog.cancellation import Refunding
from paidevents.catalog.decisions import BelowMinimum
from paidevents.catalog.fees import Fee, FeeBase, FeeTaker
from paidevents.catalog.kinds import EventKind
from paidevents.catalog.policies import ChargeMinimum, Policy, ProviderCurrencies
from paidevents.checks import INT64_MAX, between, optional
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.presets.ruleset import Preset

# The most that a ticket can be declared at. Source: CM-14; the French page names the limits, its German twin has the
# table: https://knowledge.clickmeeting.com/de/knowledge-base/event-typen/kostenpflichtige-webinare/
# The lev, 4000 there, is left out: it ended on 2026-01-01.
_MOST = (
    "USD 2000, EUR 2000, GBP 2000, CHF 2000, PLN 8000, RUB 200000, AUD 3000, CAD 3000, NZD 3000, CZK 46000, "
    "DKK 13000, HKD 20000, ILS 74000, MXN 40000, NOK 17000, PHP 106000, SGD 2800, SEK 18000, THB 66000"
)
_MOST_WITH_STRIPE_ONLY = "HUF 700000, RON 8000"
# Where PayPal charges 1.00 at least. Source: CM-13, "Comment créer des codes promo ?"
_ONE_WITH_PAYPAL = "USD EUR PLN GBP AUD BRL CAD CHF CZK DKK HKD ILS INR MXN MYR NOK NZD PHP RUB SEK SGD"


def _amounts(table: str) -> tuple[Money, ...]:
    return tuple(Money.of(amount, code) for code, amount in (entry.split() for entry in table.split(", ")))


_WITH_EITHER = _amounts(_MOST)
_MAXIMUMS = _WITH_EITHER + _amounts(_MOST_WITH_STRIPE_ONLY)
_CURRENCIES = tuple(amount.currency for amount in _MAXIMUMS)
_FEE = Fee(
    id="service_fee",
    name="ClickMeeting",
    taker=FeeTaker.PLATFORM,
    rate=Rate.of("5 %"),  # CM-24
    base=FeeBase.GROSS,
    at_source=False,  # the buyer pays into the organizer's own account (CM-22), so it is billed afterwards
)


def clickmeeting(*, plan_size: int | None = None) -> Preset:
    """
    The rules of ClickMeeting.

    Prices are locked once an event is scheduled (CM-17). A ticket is declared
    at 1 at least, and at no more than its currency's ceiling (CM-14); a
    discounted charge below a provider's minimum is raised to it (CM-13). PayPal
    and Stripe can be used, forints and lei with Stripe only. The platform takes
    5 % of the gross price of a ticket (CM-24). Refunds are owed until the
    organizer makes them (CM-21).

    Args:
        plan_size: How many tickets the organizer's plan allows, 50 or 200, say
            (CM-23); None leaves it open.

    Raises:
        InvalidValueError: *plan_size* is no positive int.

    Source:
        https://knowledge.clickmeeting.com, "Webinaires payants": CM-01 to CM-31.

    Example:
        >>> from paidevents import Currency
        >>> rules = clickmeeting(plan_size=50)
        >>> rules.policy.max_capacity, rules.policy.price_locked
        (50, True)
        >>> [provider.name for provider in rules.providers(Currency("HUF"))]
        ['stripe']
    """
    policy = Policy(
        below_minimum=BelowMinimum.RAISE,  # CM-13
        list_minimums=tuple(Money.of("1", currency) for currency in _CURRENCIES),  # CM-14
        list_maximums=_MAXIMUMS,  # CM-14
        charge_minimums=tuple(ChargeMinimum("paypal", Money.of("1", code)) for code in _ONE_WITH_PAYPAL.split()),
        currencies=_CURRENCIES,  # CM-14
        # Live, automated (a recording that is broadcast), permanent and on demand: CM-07, CM-11, CM-15.
        kinds=(EventKind.LIVE, EventKind.RECORDED, EventKind.PERMANENT, EventKind.ON_DEMAND),
        providers=("paypal", "stripe"),  # CM-01
        provider_currencies=(ProviderCurrencies("paypal", tuple(amount.currency for amount in _WITH_EITHER)),),
        max_capacity=optional(between(1, INT64_MAX))(plan_size, "plan_size"),  # CM-23
        price_locked=True,  # CM-17
        refunds=Refunding.OWED,  # CM-21
    )
    return Preset(name="clickmeeting", policy=policy, takes=(_FEE,))
