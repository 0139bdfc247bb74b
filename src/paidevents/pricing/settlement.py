"""A price that does not change any more: its record, and what is owed out of it to whom, every fee and every tax."""

from collections.abc import Sequence

from paidevents.catalog.event import Event
from paidevents.catalog.fees import FeeBase
from paidevents.money.alloc import alloc
from paidevents.pricing.draft import Draft
from paidevents.pricing.pipeline import Pipeline
from paidevents.pricing.record import Context, FeeRecord, Record, TaxRecord
from paidevents.pricing.stages.fees import BoundFee, fee_total, grosses


def record_of(event: Event, pipeline: Pipeline, draft: Draft, context: Context) -> Record:
    """What a quote is made of: the price, and what it says besides."""
    lasts = event.policy.quote_lasts
    return Record(
        event.id,
        event.currency,
        pipeline.terms.provider,
        context.until,
        lasts.days * 24 * 60 + lasts.minutes,
        pipeline.terms.quantum,
        context.places,
        tuple(draft.list_prices),
        tuple(draft.prices),
        tuple(draft.fees),
        tuple(draft.tax),
        tuple(draft.on_top),
        tuple(draft.gross_ups),
        tuple(draft.rates),
        draft.taxation,
        tuple(draft.rows),
        fee_records(pipeline.fees, draft),
        tax_records(draft),
        *context[2:],
    )


def fee_records(fees: Sequence[BoundFee], draft: Draft) -> tuple[FeeRecord, ...]:
    """Every fee: those passed on as they were added, the others on what they are a share of."""
    added = {id(fee.fee): (total, passed_on) for fee, total, passed_on in draft.fee_rows}
    taxes = _taxes_of_fees(draft)
    nothing = (0,) * len(draft.prices)
    records = []
    for fee in fees:
        declared = fee.fee
        total, passed_on = added.get(id(declared), (None, nothing))
        if total is None:
            amount = _on_all(fee, draft) if declared.base is FeeBase.CHARGED else fee_total(fee, draft)
            weights = grosses(draft) if any(draft.prices) else draft.charges
            total = tuple(alloc(amount, weights, draft.quantum)) if amount else nothing
        records.append(
            FeeRecord(
                fee=declared.id,
                taker=declared.taker,
                at_source=declared.at_source,
                refundable=declared.refundable,
                tax=taxes.get(id(declared), 0),
                order_part=min(fee.passed_on(fee.fixed_per_order), sum(passed_on)),
                amounts=total,
                passed_on=passed_on,
            )
        )
    return tuple(records)


def tax_records(draft: Draft) -> tuple[TaxRecord, ...]:
    """Every tax, by the rate that it is owed at."""
    rates = [(draft.taxation.keys[key].rates[part], row) for key, part, row in draft.tax_rows]
    return tuple(TaxRecord(rate.name, rate.country, rate.rate, row) for rate, row in rates)


def _on_all(fee: BoundFee, draft: Draft) -> int:
    charged = draft.charged
    return fee.total([charged], sum(1 for price in draft.prices if price)) if charged else 0


def _taxes_of_fees(draft: Draft) -> dict[int, int]:
    """The tax in what is passed on of each fee: its part of the tax of its key."""
    by_key: dict[int, list[tuple[int, int]]] = {}
    for fee, _, passed_on in draft.fee_rows:
        key = draft.taxation.key_of.get(fee.tax_category)
        if key is not None and any(passed_on):
            by_key.setdefault(key, []).append((id(fee.fee), sum(passed_on)))
    taxes: dict[int, int] = {}
    for key, fees in by_key.items():
        tax = sum(sum(row) for place, _, row in draft.tax_rows if place == key)
        tickets = sum(price for price, rate in zip(draft.prices, draft.rates, strict=True) if rate == key)
        parts = alloc(tax, [tickets, *(amount for _, amount in fees)])[1:]
        taxes.update(zip((fee for fee, _ in fees), parts, strict=True))
    return taxes
