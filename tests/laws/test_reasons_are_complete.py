"""A code is credited or says why not: never both, never neither, and never with half of the reasons."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from pricing.carts import AT, Cart, carts, quote_of

from paidevents import EUR, Money, Rate, Window
from paidevents.catalog import (
    FREE,
    AmountOff,
    Event,
    EventKind,
    Limit,
    LimitOf,
    LimitPer,
    Match,
    Percent,
    Pick,
    Policy,
    PromoCode,
    Promotion,
    Scope,
    Selection,
    SetPrice,
    Ticket,
    code_key,
)
from paidevents.errors import InvalidValueError
from paidevents.money import USD
from paidevents.pricing import Buyer, Plan, Quote

DAY = timedelta(days=1)
TEN = Percent(Rate.of("10 %"))
PAST, COMING = Window(None, AT), Window(AT + DAY)
# §13, with the names of the house: two that it has besides stand where they belong.
TOLD = (
    "code_empty",
    "code_malformed",
    "code_unknown",
    "mixed_script",
    "code_disabled",
    "wrong_event",
    "duplicate_code",
    "too_many_codes",
    "too_many_promotions",
    "not_started",
    "expired",
    "wrong_channel",
    "promotion_currency",
    "no_matching_tickets",
    "min_subtotal",
    "min_units",
    "identity_required",
    "customer_not_entitled",
    "not_first_purchase",
    "customer_limit",
    "exhausted",
    "temporarily_held",
    "budget_exhausted",
    "not_combinable",
    "scope_overlap",
    "superseded",
    "no_effect",
    "below_minimum",
)


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def promotion(id: str, effect: Percent | AmountOff | SetPrice | None = TEN, **changed: Any) -> Promotion:
    return Promotion(**{"id": id, "effect": effect, "codes": (PromoCode(id),), **changed})


PROMOTIONS = (
    promotion("ten"),
    promotion("auto", automatic=True, codes=()),
    promotion("vip_auto", automatic=True, codes=(), match=Match(tickets=("vip",))),
    promotion("high", SetPrice((euros("500.00"),))),
    promotion("later", window=COMING),
    promotion("gone", window=PAST),
    promotion("gone_code", codes=(PromoCode("gone_code", window=PAST),)),
    promotion("web", channels=("web",)),
    promotion("dollars", AmountOff((Money.of("5.00", USD),))),
    promotion("in_dollars", currencies=(USD,)),
    promotion("vips", match=Match(tickets=("vip",))),
    promotion("five", least_units=5),
    promotion("rich", least_subtotal=(euros("70.00"),)),
    promotion("members", customers=("ana",)),
    promotion("first", first_purchase=True),
    promotion("once", limits=(Limit(LimitOf.ORDERS, 1, LimitPer.CUSTOMER),)),
    promotion("few", limits=(Limit(LimitOf.UNITS, 2),)),
    promotion("budget", limits=(Limit(LimitOf.AMOUNT, 400),)),
    promotion("uses", codes=(PromoCode("uses", uses=3),)),
    promotion("off", enabled=False),
    promotion("code_off", codes=(PromoCode("code_off", enabled=False),)),
    promotion("elsewhere", match=Match(events=("other",))),
    promotion("alone", combines_with=()),
    promotion("order_all", scope=Scope.ORDER),
    promotion("order_vip", scope=Scope.ORDER, match=Match(tickets=("vip",))),
    promotion("third", FREE, pick=Pick(count=1, every=3)),
    promotion("two", codes=(PromoCode("two_a"), PromoCode("two_b"))),
    promotion("opens", None, opens=("hidden",)),
)
OPENS = "opens"
EVENT = Event(
    id="talk",
    title="Talk",
    zone="Europe/Paris",
    currency=EUR,
    kind=EventKind.ON_DEMAND,
    tickets=(
        Ticket(id="standard", name="Standard", price=euros("20.00")),
        Ticket(id="vip", name="VIP", price=euros("50.00")),
        Ticket(id="hidden", name="Hidden", price=euros("10.00"), hidden=True),
    ),
    promotions=PROMOTIONS,
)
POLICIES = (Policy(), Policy(selection=Selection.BEST), Policy(max_codes=2), Policy(codes_enabled=False))
PLANS = tuple(Plan(evolve(EVENT, policy=policy), remember=0) for policy in POLICIES)
OWNER = {code.key: each for each in PROMOTIONS for code in each.codes}
WORDS = (
    *(code.text for each in PROMOTIONS for code in each.codes),
    "nope",
    "Nope",
    "sаve",
    "",
    "\0",
    "x" * 70,
    " TEN ",
)
orders = st.fixed_dictionaries(
    {
        "plan": st.sampled_from(PLANS),
        "basket": st.dictionaries(st.sampled_from(("standard", "vip", "hidden")), st.integers(1, 4), min_size=1),
        "codes": st.lists(st.sampled_from(WORDS), max_size=9),
        "channel": st.sampled_from((None, "web", "app")),
        "buyer": st.sampled_from((None, Buyer(identities=("ana",)), Buyer(identities=("bob",), orders_before=1))),
        "at": st.sampled_from((AT - DAY, AT, AT + DAY)),
        "taken": st.dictionaries(
            st.sampled_from(
                (
                    "promotion/few/units",
                    "promotion/budget/amount",
                    "promotion/uses/code/uses/orders",
                    *(f"promotion/once/customer/{mark}/orders" for mark in Buyer(identities=("ana",)).marks),
                )
            ),
            st.integers(0, 400),
        ),
    }
)


def answer(order: dict[str, Any]) -> Quote:
    asked = {name: order[name] for name in ("channel", "buyer", "at", "taken")}
    found: Quote = order["plan"].quote(order["basket"], order["codes"], **asked)
    return found


def read(text: str) -> tuple[str, str]:
    """The key of a code, or nothing and why not."""
    try:
        return code_key(text), ""
    except InvalidValueError as error:
        return "", error.reason.code


@given(order=orders)
def test_a_code_is_credited_or_has_a_reason(order: dict[str, Any]) -> None:
    """Law 24, reasons: never both, never neither. A code that opens a ticket of the order has done its work."""
    quote = answer(order)
    credited = {code_key(line.code) for line in quote.lines if line.code}
    skipped = {code_key(each.code) for each in quote.skipped if each.promotion and each.code}
    strangers = [[reason.code for reason in each.reasons] for each in quote.skipped if not each.promotion]
    unknown = {code_key(each.code) for each in quote.skipped if each.reasons[0].code == "code_unknown"}
    assert not credited & skipped
    for text in order["codes"]:
        key, unreadable = read(text)
        if unreadable:
            assert [unreadable] in strangers
        elif key not in OWNER:
            assert key in unknown
        elif OWNER[key].id == OPENS and "hidden" in order["basket"] and key not in skipped:
            assert not quote.refusals
        else:
            assert (key in credited) != (key in skipped), key
    assert len(strangers) <= len({read(text) for text in order["codes"]})
    for each in quote.skipped:
        assert each.reasons
        assert len({reason.code for reason in each.reasons}) == len(each.reasons)


@given(order=orders)
def test_reasons_are_told_in_one_order(order: dict[str, Any]) -> None:
    """§13: whatever the order in which things were declared and typed."""
    for each in answer(order).skipped:
        places = [TOLD.index(reason.code) for reason in each.reasons]
        assert places == sorted(places)


@given(order=orders)
def test_what_has_to_be_looked_up_is_provisional_and_credited(order: dict[str, Any]) -> None:
    """ "Where pricing meets the rest", 12: the discount is shown, and it is said that the buyer is not known."""
    quote = answer(order)
    named = {each.promotion for each in quote.provisional}
    assert not named & {each.promotion for each in quote.skipped}
    assert named <= {line.promotion for line in quote.lines}
    assert all([reason.code for reason in each.reasons] == ["identity_required"] for each in quote.provisional)
    if order["buyer"] is not None:
        assert not named
    else:
        assert named == {"members", "first", "once"} & {line.promotion for line in quote.lines}


@given(order=orders)
def test_automatic_promotions_say_why_not_as_well(order: dict[str, Any]) -> None:
    """Law 24, of those that need no code."""
    quote = answer(order)
    credited = {line.promotion for line in quote.lines}
    skipped = {each.promotion for each in quote.skipped}
    for id in ("auto", "vip_auto"):
        assert (id in credited) != (id in skipped)


AGAINST = (
    "not_started",
    "wrong_channel",
    "promotion_currency",
    "no_matching_tickets",
    "min_subtotal",
    "min_units",
    "customer_not_entitled",
    "not_first_purchase",
    "customer_limit",
    "exhausted",
    "budget_exhausted",
)


@given(against=st.sets(st.sampled_from(AGAINST)), expired=st.booleans(), turned=st.booleans())
def test_every_reason_is_told(against: set[str], expired: bool, turned: bool) -> None:
    """§13: every refused code returns *all* applicable reasons, in the order of the list, however it was declared."""
    expected = [code for code in AGAINST if code in against]
    if expired:
        expected = [code for code in ("expired", *expected) if code != "not_started"]
    limits = [
        Limit(LimitOf.ORDERS, 0 if "customer_limit" in against else 1, LimitPer.CUSTOMER),
        Limit(LimitOf.UNITS, 0 if "exhausted" in against else 2),
        Limit(LimitOf.AMOUNT, 0 if "budget_exhausted" in against else 10_000),
    ]
    window = Window(None, AT) if expired else COMING if "not_started" in against else Window(AT)
    one = promotion(
        "one",
        window=window,
        channels=("web",) if "wrong_channel" in against else (),
        currencies=(USD,) if "promotion_currency" in against else (EUR, USD),
        match=Match(tickets=("vip",)) if "no_matching_tickets" in against else Match(),
        # Where nothing matches, neither a worth nor a number of it is reached.
        least_subtotal=(euros("20.01" if "min_subtotal" in against else "0.00"),),
        least_units=2 if "min_units" in against else 0,
        customers=("bob",) if "customer_not_entitled" in against else ("ana",),
        first_purchase="not_first_purchase" in against,
        limits=limits[::-1] if turned else limits,
    )
    event = Event(
        id="talk",
        title="Talk",
        zone="UTC",
        currency=EUR,
        kind=EventKind.ON_DEMAND,
        tickets=EVENT.tickets,
        promotions=(one,),
    )
    buyer = Buyer(identities=("ana",), orders_before=1)
    quote = Plan(event).quote({"standard": 1}, ["one"], at=AT, buyer=buyer, channel="app")
    assert [[reason.code for reason in each.reasons] for each in quote.skipped] == ([expected] if expected else [])
    assert quote.charged == (euros("20.00") if expected else euros("18.00"))


@given(cart=carts(groups=True, rejects=True), best=st.booleans())
def test_of_every_kind_of_order_each_promotion_is_accounted_for(cart: Cart, best: bool) -> None:
    """Law 24: and those without effect, which match nothing, or which lost."""
    quote = quote_of(replace(cart, best=best))
    credited = [line.promotion for line in quote.lines if line.promotion]
    skipped = [each.promotion for each in quote.skipped]
    assert sorted(credited + skipped) == sorted(deal.id for deal in cart.deals)
