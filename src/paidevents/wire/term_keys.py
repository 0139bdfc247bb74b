"""Keys of a file with an event: fees, ways to pay, taxes, and policies."""

from itertools import chain
from typing import Any

from attrs import evolve, frozen

from paidevents.catalog.cancellation import Refunding
from paidevents.catalog.decisions import Approval, BelowMinimum, Capture, LatePayment, PercentMode, Selection
from paidevents.catalog.fees import NOTHING, WHOLE, Fee, FeeBase, FeeTaker
from paidevents.catalog.kinds import EventKind
from paidevents.catalog.policies import ChargeMinimum, Policy, ProviderCurrencies
from paidevents.catalog.provider import Provider
from paidevents.catalog.taxes import TaxMode, TaxPlace, TaxRate, TaxTable, WhenRateDiffers
from paidevents.money.rounding import Rounding
from paidevents.presets.by_name import PRESETS, preset
from paidevents.presets.ruleset import Preset
from paidevents.wire.keys import Ground, Reader, Shape, by_name, choice, either, leaf, made, many, needed, one_of, table
from paidevents.wire.offer_keys import names
from paidevents.wire.written import amount, amounts, currency, day, flag, number, rate, span, words

kinds = many(one_of(EventKind))

BEARER = Shape({"buyer": needed(rate)}, lambda values, _: values["buyer"])

FEE = Shape(
    {
        "id": needed(words),
        "name": words,
        "taker": one_of(FeeTaker),
        "rate": rate,
        "base": one_of(FeeBase),
        "per_order": amount,
        "per_unit": amount,
        "unit_floor": amount,
        "unit_cap": amount,
        "floor": amount,
        "cap": amount,
        "bearer": either(dict, table(BEARER), choice({"organizer": NOTHING, "buyer": WHOLE})).to("buyer_share"),
        "tax": words.then(lambda name: None if name == "none" else name).to("tax_category"),
        "refundable": flag,
        "free_units_exempt": flag,
        "at_source": flag,
        "provider": words,
    },
    made(Fee),
    Fee,
)

PROVIDER = Shape({"name": needed(words), "declared": flag, "minimum": amount, "step": number}, made(Provider), Provider)

TAX_RATE = Shape(
    {
        "country": needed(words),
        "rate": needed(rate),
        "from": day.to("starts_on"),
        "category": words,
        "name": words,
        "compound": flag,
        "kinds": kinds,
    },
    made(TaxRate),
    TaxRate,
)

TAX = Shape(
    {
        "mode": needed(one_of(TaxMode)),
        "seller": needed(words),
        "place": one_of(TaxPlace),
        "when_rate_differs": one_of(WhenRateDiffers),
        "rounding": one_of(Rounding),
        "reverse_charge": flag,
        "rates": many(table(TAX_RATE)),
    },
    made(TaxTable),
    TaxTable,
)


@frozen
class Rules:
    """A policy, and the preset that it comes from."""

    policy: Policy = Policy()
    preset: Preset | None = None


def _rules(values: dict[str, Any], _: Ground) -> Rules:
    chosen: Preset | None = values.pop("preset", None)
    return Rules(evolve(Policy() if chosen is None else chosen.policy, **values), chosen)


def _charge_minimums(provider: str) -> Reader:
    return amounts.then(lambda least: tuple(ChargeMinimum(provider, amount) for amount in least))


def _some_currencies(provider: str) -> Reader:
    return many(currency).then(lambda some: ProviderCurrencies(provider, some))


POLICY = Shape(
    {
        "preset": leaf(preset, {"enum": sorted(PRESETS)}),
        "codes_enabled": flag,
        "tiers_enabled": flag,
        "max_codes": number,
        "percent_mode": one_of(PercentMode),
        "below_minimum": one_of(BelowMinimum),
        "selection": one_of(Selection),
        "step": number,
        "list_minimums": amounts,
        "list_maximums": amounts,
        "charge_minimums": by_name(_charge_minimums, amounts.schema).then(lambda each: tuple(chain(*each))),
        "currencies": many(currency),
        "provider_currencies": by_name(_some_currencies, many(currency).schema),
        "kinds": kinds,
        "providers": names,
        "max_capacity": number,
        "attendance_limit": number,
        "most_per_order": number,
        "price_locked": flag,
        "sells_recording": flag,
        "approval": one_of(Approval),
        "capture": one_of(Capture),
        "decide_within": span,
        "quote_lasts": span,
        "hold": span,
        "longest_hold": span,
        "late_payments": one_of(LatePayment),
        "refunds": one_of(Refunding),
        "devices": number,
        "one_per_person": flag,
        "transferable": flag,
        "offer_lasts": span,
        "absentees_see_recording": flag,
        "recording_lasts": span,
    },
    _rules,
    Policy,
)
