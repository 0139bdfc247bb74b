"""
Why a code did not apply, in the order in which it is told; why an order cannot be placed; and what each line is.

The first reasons share one sentence: who tries codes learns nothing from the answer.
"""

from paidevents.reason import Reason

_NOT_VALID = "This code is not valid here."

CODE_UNKNOWN = Reason("code_unknown", _NOT_VALID)
CODE_DISABLED = Reason("code_disabled", _NOT_VALID)
WRONG_EVENT = Reason("wrong_event", _NOT_VALID)
CUSTOMER_NOT_ENTITLED = Reason("customer_not_entitled", _NOT_VALID)
# A person is told only that sentence where one of these is among the reasons.
CONCEALED = frozenset(reason.code for reason in (CODE_UNKNOWN, CODE_DISABLED, WRONG_EVENT, CUSTOMER_NOT_ENTITLED))

MIXED_SCRIPT = Reason("mixed_script", "The code mixes letters of several alphabets that look alike.")
DUPLICATE_CODE = Reason("duplicate_code", "This discount was already asked for.")
TOO_MANY_CODES = Reason("too_many_codes", "At most {most} codes can be used in one order.")
TOO_MANY_PROMOTIONS = Reason("too_many_promotions", "At most {most} discounts are considered together.")
NOT_STARTED = Reason("not_started", "It starts on {starts_at}.")
EXPIRED = Reason("expired", "It ended on {ends_at}.")
WRONG_CHANNEL = Reason("wrong_channel", "It is not offered here.")
CURRENCY_MISMATCH = Reason("promotion_currency", "It is offered in {need}, not in {have}.")
NO_MATCHING_TICKETS = Reason("no_matching_tickets", "None of the chosen tickets has this discount.")
MIN_SUBTOTAL = Reason("min_subtotal", "Tickets worth {missing} more are needed for it.")
MIN_UNITS = Reason("min_units", "More places needed for it: {missing}.")
IDENTITY_REQUIRED = Reason("identity_required", "It will be checked who is buying.")
NOT_FIRST_PURCHASE = Reason("not_first_purchase", "It is for a first purchase.")
CUSTOMER_LIMIT = Reason("customer_limit", "Each customer can have it only so often: {limit}.")
EXHAUSTED = Reason("exhausted", "It has been used up.")
BUDGET_EXHAUSTED = Reason("budget_exhausted", "Not enough of it is left for this order.")
NOT_COMBINABLE = Reason("not_combinable", "It cannot be combined with {others}.")
SCOPE_OVERLAP = Reason("scope_overlap", "It is taken off some of the same tickets as {others}.")
SUPERSEDED = Reason("superseded", "The price is as low without it: {others}.")
NO_EFFECT = Reason("no_effect", "It takes nothing off this order.")

# The phases of a price.
PERCENT_OFF = Reason("percent_off", "{rate} off")
AMOUNT_OFF = Reason("amount_off", "{amount} off")
SET_PRICE = Reason("set_price", "Special price {amount}")
RAISED_TO_MINIMUM = Reason("raised_to_minimum", "Raised to the least online payment, {minimum}")
WAIVED = Reason("waived", "Waived: less than the least online payment, {minimum}")
PAYMENT_SWITCHED_OFF = Reason("payment_switched_off", "Free while payment is switched off")
PAYMENT_DISCONNECTED = Reason("payment_disconnected", "Free: no payment account is connected")
FEE_PASSED_ON = Reason("fee_passed_on", "{name} ({rate})")
FEE_WITH_FIXED_PART = Reason("fee_with_fixed_part", "{name} ({rate} + {fixed})")
FIXED_FEE = Reason("fixed_fee", "{name}")
FEE_SHARED = Reason("fee_shared", "{name} (your share: {share})")
TAX_ADDED = Reason("tax_added", "{name} ({rate})")

# Why an order cannot be placed as it is.
TICKET_HIDDEN = Reason("ticket_hidden", "A code is needed to buy this ticket: {ticket}.")
SALE_NOT_STARTED = Reason("sale_not_started", "{ticket} is on sale from {starts_at}.", retryable=True)
SALE_ENDED = Reason("sale_ended", "{ticket} is no longer on sale.")
LEAST_PER_ORDER = Reason("least_per_order", "At least this many of {ticket} are sold together: {least}.")
MOST_PER_ORDER = Reason("most_per_order", "At most this many of {ticket} are sold in one order: {most}.")
MOST_PLACES = Reason("most_places", "At most this many places are sold in one order: {most}.")
MOST_PER_CUSTOMER = Reason("most_per_customer", "Each customer can have at most this many of {ticket}: {most}.")
DONATION_TOO_SMALL = Reason("donation_too_small", "{ticket} is at least {minimum}.")
PROVIDER_CANNOT = Reason("provider_cannot", "{provider} does not take {currency}.")
