"""Promotions and hidden tickets: whom they reach, and whether they do anything in this event."""

from collections.abc import Iterator

from paidevents.catalog.effects import AmountOff, SetPrice, amount_in
from paidevents.catalog.event import Event
from paidevents.catalog.policies import MOST_CANDIDATES
from paidevents.catalog.promotion import Promotion
from paidevents.check.findings import error, note, warning
from paidevents.check.goods import goods_of, in_use
from paidevents.pricing.eligibility import is_of_other_event
from paidevents.reason import Finding, Reason

CODES_SWITCHED_OFF = Reason("codes_switched_off", "Codes are switched off.")
PROMOTION_SWITCHED_OFF = Reason("promotion_switched_off", "{promotion} is switched off.")
ALL_CODES_SWITCHED_OFF = Reason("all_codes_switched_off", "All codes of {promotion} are switched off.")
PROMOTION_ELSEWHERE = Reason("promotion_elsewhere", "{promotion} is for other events.")
PROMOTION_OTHER_CURRENCIES = Reason("promotion_other_currencies", "{promotion} does not hold in {currency}.")
PROMOTION_WITHOUT_CODES = Reason(
    "promotion_without_codes", "{promotion} is not automatic and has no codes: nobody gets it."
)
PROMOTION_MATCHES_NOTHING = Reason("promotion_matches_nothing", "{promotion} can be taken off no ticket of this event.")
NO_AMOUNT_IN_CURRENCY = Reason("no_amount_in_currency", "{promotion} has no amount in {currency}: it never applies.")
OPENS_WHAT_IS_OPEN = Reason("opens_what_is_open", "{promotion} opens the ticket {ticket}, which is not hidden.")
HIDDEN_FOR_GOOD = Reason("hidden_for_good", "The ticket {ticket} is hidden, and nothing opens it.")
TOO_MANY_AUTOMATIC = Reason(
    "too_many_automatic", "There are {count} automatic promotions; at most {most} discounts are considered together."
)


def check_switches(event: Event) -> Iterator[Finding]:
    """Promotions and codes that are switched off, or meant for other events."""
    if not event.policy.codes_enabled and any(promotion.codes for promotion in event.promotions):
        yield note("policy.codes_enabled", CODES_SWITCHED_OFF)
    for place, promotion in enumerate(event.promotions):
        path = f"promotions[{place}]"
        if not promotion.enabled:
            yield note(f"{path}.enabled", PROMOTION_SWITCHED_OFF.given(promotion=promotion.id))
        elif is_of_other_event(promotion, event):
            yield note(f"{path}.match.events", PROMOTION_ELSEWHERE.given(promotion=promotion.id))
        elif promotion.codes and not any(code.enabled for code in promotion.codes):
            yield note(f"{path}.codes", ALL_CODES_SWITCHED_OFF.given(promotion=promotion.id))


def check_promotions(event: Event) -> Iterator[Finding]:
    """Promotions that nobody gets."""
    goods = goods_of(event)
    for place, promotion in in_use(event):
        path = f"promotions[{place}]"
        if not (promotion.automatic or promotion.codes):
            yield warning(f"{path}.codes", PROMOTION_WITHOUT_CODES.given(promotion=promotion.id))
        if promotion.effect is not None and not any(good.has(promotion) for good in goods):
            yield warning(f"{path}.match", PROMOTION_MATCHES_NOTHING.given(promotion=promotion.id))
        yield from _currency(event, promotion, path)
    automatic = sum(promotion.automatic and promotion.effect is not None for _, promotion in in_use(event))
    if automatic > MOST_CANDIDATES:
        yield warning("promotions", TOO_MANY_AUTOMATIC.given(count=automatic, most=MOST_CANDIDATES))


def _currency(event: Event, promotion: Promotion, path: str) -> Iterator[Finding]:
    currency, effect = event.currency, promotion.effect
    values = {"promotion": promotion.id, "currency": currency}
    if promotion.currencies and currency not in promotion.currencies:
        yield note(f"{path}.currencies", PROMOTION_OTHER_CURRENCIES.given(**values))
        return
    if isinstance(effect, AmountOff | SetPrice) and amount_in(effect.amounts, currency) is None:
        yield error(f"{path}.effect", NO_AMOUNT_IN_CURRENCY.given(**values))
    if promotion.least_subtotal and amount_in(promotion.least_subtotal, currency) is None:
        yield error(f"{path}.least_subtotal", NO_AMOUNT_IN_CURRENCY.given(**values))


def check_hidden(event: Event) -> Iterator[Finding]:
    """Hidden tickets that nothing opens, and promotions that open what is not hidden."""
    hidden = {ticket.id for ticket in event.tickets if ticket.hidden}
    for place, promotion in in_use(event):
        path = f"promotions[{place}]"
        for number, ticket in enumerate(promotion.opens):
            if ticket not in hidden:
                values = {"promotion": promotion.id, "ticket": ticket}
                yield warning(f"{path}.opens[{number}]", OPENS_WHAT_IS_OPEN.given(**values))
    opened = {ticket for _, each in in_use(event) if _can_be_had(each) for ticket in each.opens}
    for place, one in enumerate(event.tickets):
        if one.hidden and one.id not in opened:
            yield warning(f"tickets[{place}].hidden", HIDDEN_FOR_GOOD.given(ticket=one.id))


def _can_be_had(promotion: Promotion) -> bool:
    return promotion.automatic or any(code.enabled for code in promotion.codes)
