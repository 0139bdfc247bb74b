"""Which promotions are taken: against brute force, by quoting every set of them by itself."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pricing.carts import AT, SHARES, Cart, Deal, basket_of, carts, event_of, quote_of

from paidevents.pricing import Plan, Quote

STACKING = {"not_combinable", "scope_overlap", "too_many_codes", "superseded"}


def was_applied_whole(quote: Quote) -> bool:
    return not any(reason.code in STACKING for each in quote.skipped for reason in each.reasons)


def cost(quote: Quote, codes: Iterable[str]) -> tuple[int, int, list[str]]:
    return quote.charged.minor, len(set(codes)), sorted(codes)


def with_codes(cart: Cart) -> Cart:
    """*cart* with a code for each of its deals, so that any set of them can be asked for."""
    return replace(cart, deals=tuple(replace(deal, coded=True) for deal in cart.deals))


@given(cart=carts(deals=5, groups=True, rejects=True))
def test_the_best_is_no_dearer_than_any_set_that_may_be_taken(cart: Cart) -> None:
    """Law 21, best: its charge is `<=` that of every feasible subset; then it has the fewest codes, then the first ids."""
    cart = with_codes(cart)
    best = quote_of(replace(cart, best=True))
    plan = Plan(event_of(cart))
    quotes = []
    for count in range(len(cart.deals) + 1):
        for codes in combinations(cart.codes, count):
            quote = plan.quote(basket_of(cart), codes, at=AT)
            if was_applied_whole(quote) and not quote.refusals:
                asked = {each.promotion for each in quote.skipped if each.reasons[0].code == "no_matching_tickets"}
                quotes.append((cost(quote, [code for code in codes if code not in asked]), quote))
    if not quotes:  # refused even without any
        assert best.refusals
        return
    least, winner = min(quotes, key=lambda each: each[0])
    assert best.charged.minor == least[0]
    assert best.charges == winner.charges
    assert {line.promotion for line in best.lines} == {line.promotion for line in winner.lines}


@settings(max_examples=20)
@given(
    shares=st.lists(st.sampled_from(SHARES), min_size=12, max_size=12),
    amounts=st.lists(st.integers(1, 3000), min_size=12, max_size=12),
    kinds=st.lists(st.sampled_from(("percent", "amount", "set")), min_size=12, max_size=12),
    groups=st.lists(st.sampled_from(("standard", "extra", "alone")), min_size=12, max_size=12),
    most=st.sampled_from((None, 1, 3, 6)),
    sets=st.lists(st.integers(0, 4095), min_size=30, max_size=30),
    prices=st.tuples(st.integers(100, 9000), st.integers(100, 9000)),
)
def test_no_set_of_twelve_codes_beats_the_best(
    shares: list[Fraction],
    amounts: list[int],
    kinds: list[str],
    groups: list[str],
    most: int | None,
    sets: list[int],
    prices: tuple[int, int],
) -> None:
    """Law 21, by sampling where there are 4096 sets."""
    deals = tuple(
        Deal(
            f"p{place:02}",
            kind,
            share if kind == "percent" else amount,
            of_order=place % 5 == 4,
            group=group,
            combines=("standard", "extra") if place % 3 else ("standard", "extra", "alone"),
        )
        for place, (kind, share, amount, group) in enumerate(zip(kinds, shares, amounts, groups, strict=True))
    )
    cart = Cart(prices, (Fraction(1, 5),) * 2, (2, 1), deals, max_codes=most)
    best = quote_of(replace(cart, best=True))
    plan = Plan(event_of(cart))
    for chosen in sets:
        codes = [code for place, code in enumerate(cart.codes) if chosen >> place & 1]
        quote = plan.quote(basket_of(cart), codes, at=AT)
        if was_applied_whole(quote):
            assert best.charged <= quote.charged


@given(cart=carts(groups=True))
def test_what_is_asked_for_is_applied_whole_or_the_best_of_it(cart: Cart) -> None:
    """§9, EXPLICIT: a set that may be taken is taken, even where less of it would cost the same."""
    explicit, best = quote_of(cart), quote_of(replace(cart, best=True))
    assert best.charged <= explicit.charged
    if not was_applied_whole(explicit):
        assert best.charged == explicit.charged


@given(cart=carts(groups=True), data=st.data())
def test_a_part_of_what_may_be_taken_may_be_taken(cart: Cart, data: st.DataObject) -> None:
    """Law 20, downward closure: each subset of a feasible selection is feasible."""
    cart = with_codes(cart)
    plan = Plan(event_of(cart))
    taken = [line.code for line in plan.quote(basket_of(cart), cart.codes, at=AT).lines if line.code]
    some = [code for code in taken if data.draw(st.booleans())]
    quote = plan.quote(basket_of(cart), some, at=AT)
    assert was_applied_whole(quote)


@given(cart=carts(groups=True), which=st.integers(0, 255))
def test_whether_a_promotion_applies_is_its_own_affair(cart: Cart, which: int) -> None:
    """Law 20: eligibility of one promotion is independent of the others; only whether it is taken is not."""
    cart = with_codes(cart)
    assume(cart.codes)
    code = cart.codes[which % len(cart.codes)]
    plan = Plan(event_of(cart))
    alone, together = (plan.quote(basket_of(cart), codes, at=AT) for codes in ([code], cart.codes))
    found = [
        [
            reason
            for each in quote.skipped
            if each.code == code
            for reason in each.reasons
            if reason.code not in STACKING
        ]
        for quote in (alone, together)
    ]
    codes = [{reason.code for reason in reasons} - {"no_effect"} for reasons in found]
    assert codes[0] == codes[1]


STAGES = tuple((kind, of_order) for of_order in (False, True) for kind in ("set", "percent", "amount"))


@given(
    prices=st.lists(st.integers(60, 5000), min_size=1, max_size=3).map(tuple),
    deals=st.lists(st.tuples(st.sampled_from(STAGES), st.sampled_from(SHARES), st.integers(0, 3000)), max_size=7),
    minimum=st.sampled_from((0, 50)),
    below=st.sampled_from(("raise", "free")),
)
def test_the_strongest_of_each_stage_are_the_best(
    prices: tuple[int, ...], deals: list[tuple[tuple[str, bool], Fraction, int]], minimum: int, below: str
) -> None:
    """
    Law 11: per-stage greedy equals brute force under §9 (c).

    At most one of each scope and kind, one match set, raise or waive: the least
    set price, the largest percentage and the largest amount of each stage are the best.
    """
    names = [f"{kind}-{'order' if of_order else 'unit'}" for kind, of_order in STAGES]
    some = tuple(
        Deal(
            f"p{place}",
            kind,
            share if kind == "percent" else minor + (kind == "amount"),
            of_order,
            group=names[STAGES.index((kind, of_order))],
            combines=tuple(name for name in names if name != names[STAGES.index((kind, of_order))]),
        )
        for place, ((kind, of_order), share, minor) in enumerate(deals)
    )
    cart = Cart(prices, (Fraction(0),) * len(prices), (1,) * len(prices), some, minimum=minimum, below=below)
    strongest = []
    for kind, of_order in STAGES:
        stage = [deal for deal in some if (deal.kind, deal.of_order) == (kind, of_order)]
        if stage:
            strongest.append((min if kind == "set" else max)(stage, key=lambda deal: deal.share))
    greedy = quote_of(replace(cart, deals=tuple(strongest)))
    assert quote_of(replace(cart, best=True)).charged == greedy.charged
