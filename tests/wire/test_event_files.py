"""Events that people write as TOML: every key, every refusal with its path, and the files in `examples/events`."""

import json
import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from paidevents import Deadline, Money, Rate, Span, Window
from paidevents.catalog import (
    FREE,
    AmountOff,
    Approval,
    Attendance,
    BelowMinimum,
    Cancellation,
    Capacity,
    Capture,
    ChargeMinimum,
    Charging,
    Disclaimer,
    Donation,
    Event,
    EventKind,
    EventSession,
    Fee,
    FeeBase,
    FeesBack,
    FeeTaker,
    LatePayment,
    Limit,
    LimitOf,
    LimitPer,
    Match,
    Order,
    Percent,
    PercentMode,
    Pick,
    Policy,
    PromoCode,
    Promotion,
    Provider,
    ProviderCurrencies,
    Question,
    Refunding,
    RefundStep,
    RegistrationForm,
    Restore,
    Scope,
    Selection,
    SetPrice,
    TaxMode,
    TaxPlace,
    TaxRate,
    TaxTable,
    Ticket,
    Tier,
    WhenRateDiffers,
)
from paidevents.errors import InvalidValueError
from paidevents.money import EUR, JPY, USD, Rounding
from paidevents.presets import clickmeeting
from paidevents.wire import dumps, event_file_schema, loads, read_event
from paidevents.wire.event_file import event_of

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "events").glob("*.toml"))
SCHEMA = event_file_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def plain(text: str) -> Any:
    """A file's values as JSON has them: days and times are text."""
    return json.loads(json.dumps(tomllib.loads(text), default=lambda moment: moment.isoformat()))


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


FULL = """
v = 1

[event]
id = "week"
title = "A week of webinars"
kind = "live"
zone = "Europe/Paris"
currency = "EUR"
capacity = 300
attendance = "chosen_sessions"
charging = "switched_off"
on_sale = { from = 2026-01-01, until = 2026-05-31T12:00:00 }

[policy]
codes_enabled = true
tiers_enabled = false
max_codes = 3
percent_mode = "add"
below_minimum = "reject"
selection = "best"
step = 5
list_minimums = "1.00"
list_maximums = { EUR = "2000.00", USD = "2500.00" }
charge_minimums = { paypal = "1.00", stripe = { EUR = "2.00", USD = "3.00" } }
currencies = ["EUR", "USD"]
provider_currencies = { paypal = ["EUR"] }
kinds = ["live", "webcast"]
providers = ["stripe", "paypal"]
max_capacity = 500
attendance_limit = 50
most_per_order = 20
price_locked = true
sells_recording = true
approval = "manual"
capture = "on_approval"
decide_within = "2 days 12 h"
quote_lasts = "30 min"
hold = "20 min"
longest_hold = "10 days"
late_payments = "review"
refunds = "owed"
devices = 3
one_per_person = true
transferable = false
offer_lasts = "12 h"
absentees_see_recording = false
recording_lasts = "1 month"

[[tickets]]
id = "standard"
name = "Standard"
price = "120.00"
quantity = 200
on_sale = { from = 2026-01-01, until = 2026-05-01 }
hidden = false
least_per_order = 1
most_per_order = 10
most_per_customer = 12
tax = "reduced"

[[tickets.tiers]]
id = "early_bird"
name = "Early bird"
price = "79.00"
quantity = 50
from = 2026-01-01T09:00:00
until = 2026-02-28
enabled = false

[[tickets]]
id = "friend"
name = "Friend of the house"
donation = { minimum = "5.00", suggestion = "20.00", may_be_nothing = true }
hidden = true

[[capacities]]
id = "room"
places = 100
tickets = ["standard", "friend"]

[[sessions]]
id = "monday"
starts_at = 2026-06-01T18:00:00
duration = "90 min"
capacity = 30

[[sessions]]
id = "tuesday"
starts_at = 2026-06-02T18:00:00+02:00
duration = "1 day"

[[promotions]]
id = "save15"
version = 2
name = "Fifteen off"
percent = "15 %"
scope = "order"
tickets = ["standard"]
tiers = ["early_bird"]
events = ["week"]
pick = { cheapest = 1, every = 3 }
from = 2026-01-01
until = 2026-05-31
channels = ["web"]
currencies = ["EUR"]
least_units = 2
least_subtotal = "100.00"
first_purchase = true
customers = ["customer-1"]
enabled = false
codes = ["SAVE15", { text = "Été", enabled = false, from = 2026-02-01, until = 2026-02-28, uses = 5 }]
uses = 100
uses_per_code = 50
uses_per_customer = 1
places = 200
places_per_code = 150
places_per_customer = 4
budget = "500.00"
budget_per_code = "250.00"
budget_per_customer = "20.00"
class = "codes"
combines_with = ["group", "codes"]
priority = -1
restore = "never"

[[promotions]]
id = "ten_off"
amount_off = { EUR = "10.00", USD = "12.00" }
pick = { dearest = 2 }
automatic = true

[[promotions]]
id = "special"
set_price = "0.00"
least_subtotal = { USD = "50.00" }

[[promotions]]
id = "guests"
free = true
opens = ["friend"]

[[promotions.codes]]
text = "GUEST"

[[fees]]
id = "service"
name = "Service"
taker = "provider"
rate = "2.9 %"
base = "net"
per_order = "0.30"
per_unit = "0.50"
unit_floor = "0.10"
unit_cap = "2.00"
floor = "1.00"
cap = "20.00"
bearer = { buyer = "40 %" }
tax = "none"
refundable = false
free_units_exempt = false
at_source = false
provider = "stripe"

[[fees]]
id = "absorbed"
bearer = "organizer"

[[fees]]
id = "passed_on"
bearer = "buyer"
tax = "reduced"

[[providers]]
name = "stripe"
declared = true
minimum = "0.99"
step = 5

[tax]
mode = "exclusive"
seller = "FR"
place = "seller"
when_rate_differs = "keep_net"
rounding = "half_even"
reverse_charge = false

[[tax.rates]]
country = "FR"
rate = "5.5 %"
from = 2014-01-01
category = "reduced"
name = "TVA"
compound = true
kinds = ["live"]

[cancellation]
text = '''
Until a week before: everything.
Then half.'''
steps = [{ until = "7 days before start", share = "100 %" }, { share = "1/2" }]
kept = "5.00"
fees = "none"
tax = false
clawback = true
pro_rata = true
buyer_until = "2 h after end"

[form]
remark = "The link is yours alone."

[form.disclaimer]
text = "No advice."
version = 3

[[form.questions]]
id = "level"
text = "How much do you know?"
required = true
choices = ["Nothing", "A little"]

[[form.questions]]
id = "company"
text = "Where do you work?"
longest = 80
"""

JANUARY = datetime(2025, 12, 31, 23, tzinfo=UTC)  # its first moment in Paris
JUNE = datetime(2026, 5, 31, 22, tzinfo=UTC)


def test_every_key_says_what_its_attribute_is() -> None:
    assert read_event(FULL) == Event(
        id="week",
        title="A week of webinars",
        kind=EventKind.LIVE,
        zone=ZoneInfo("Europe/Paris"),
        currency=EUR,
        capacity=300,
        attendance=Attendance.CHOSEN_SESSIONS,
        charging=Charging.SWITCHED_OFF,
        on_sale=Window(JANUARY, datetime(2026, 5, 31, 10, tzinfo=UTC)),
        policy=Policy(
            codes_enabled=True,
            tiers_enabled=False,
            max_codes=3,
            percent_mode=PercentMode.ADD,
            below_minimum=BelowMinimum.REJECT,
            selection=Selection.BEST,
            step=5,
            list_minimums=(euros("1.00"),),
            list_maximums=(euros("2000.00"), Money.of("2500.00", USD)),
            charge_minimums=(
                ChargeMinimum("paypal", euros("1.00")),
                ChargeMinimum("stripe", euros("2.00")),
                ChargeMinimum("stripe", Money.of("3.00", USD)),
            ),
            currencies=(EUR, USD),
            provider_currencies=(ProviderCurrencies("paypal", (EUR,)),),
            kinds=(EventKind.LIVE, EventKind.WEBCAST),
            providers=("stripe", "paypal"),
            max_capacity=500,
            attendance_limit=50,
            most_per_order=20,
            price_locked=True,
            sells_recording=True,
            approval=Approval.MANUAL,
            capture=Capture.ON_APPROVAL,
            decide_within=Span.of("2 days 12 h"),
            quote_lasts=Span.of("30 min"),
            hold=Span.of("20 min"),
            longest_hold=Span.of("10 days"),
            late_payments=LatePayment.REVIEW,
            refunds=Refunding.OWED,
            devices=3,
            one_per_person=True,
            transferable=False,
            offer_lasts=Span.of("12 h"),
            absentees_see_recording=False,
            recording_lasts=Span.of("1 month"),
        ),
        tickets=(
            Ticket(
                id="standard",
                name="Standard",
                price=euros("120.00"),
                quantity=200,
                on_sale=Window(JANUARY, datetime(2026, 5, 1, 22, tzinfo=UTC)),
                least_per_order=1,
                most_per_order=10,
                most_per_customer=12,
                tax_category="reduced",
                tiers=(
                    Tier(
                        id="early_bird",
                        name="Early bird",
                        price=euros("79.00"),
                        quantity=50,
                        window=Window(datetime(2026, 1, 1, 8, tzinfo=UTC), datetime(2026, 2, 28, 23, tzinfo=UTC)),
                        enabled=False,
                    ),
                ),
            ),
            Ticket(
                id="friend",
                name="Friend of the house",
                donation=Donation(minimum=euros("5.00"), suggestion=euros("20.00"), may_be_nothing=True),
                hidden=True,
            ),
        ),
        capacities=(Capacity(id="room", places=100, tickets=("standard", "friend")),),
        sessions=(
            EventSession(
                id="monday", starts_at=datetime(2026, 6, 1, 16, tzinfo=UTC), duration=Span.of("90 min"), capacity=30
            ),
            EventSession(id="tuesday", starts_at=datetime(2026, 6, 2, 16, tzinfo=UTC), duration=Span.of("1 day")),
        ),
        promotions=(
            Promotion(
                id="save15",
                version=2,
                name="Fifteen off",
                effect=Percent(Rate.of("15 %")),
                scope=Scope.ORDER,
                match=Match(tickets=("standard",), tiers=("early_bird",), events=("week",)),
                pick=Pick(count=1, order=Order.CHEAPEST, every=3),
                window=Window(JANUARY, JUNE),
                channels=("web",),
                currencies=(EUR,),
                least_units=2,
                least_subtotal=(euros("100.00"),),
                first_purchase=True,
                customers=("customer-1",),
                enabled=False,
                codes=(
                    PromoCode("SAVE15"),
                    PromoCode(
                        "Été",
                        enabled=False,
                        window=Window.of_days(date(2026, 2, 1), date(2026, 2, 28), "Europe/Paris"),
                        uses=5,
                    ),
                ),
                limits=(
                    Limit(LimitOf.ORDERS, 100),
                    Limit(LimitOf.ORDERS, 50, LimitPer.CODE),
                    Limit(LimitOf.ORDERS, 1, LimitPer.CUSTOMER),
                    Limit(LimitOf.UNITS, 200),
                    Limit(LimitOf.UNITS, 150, LimitPer.CODE),
                    Limit(LimitOf.UNITS, 4, LimitPer.CUSTOMER),
                    Limit(LimitOf.AMOUNT, 500_00),
                    Limit(LimitOf.AMOUNT, 250_00, LimitPer.CODE),
                    Limit(LimitOf.AMOUNT, 20_00, LimitPer.CUSTOMER),
                ),
                stacking_class="codes",
                combines_with=("group", "codes"),
                priority=-1,
                restore=Restore.NEVER,
            ),
            Promotion(
                id="ten_off",
                effect=AmountOff((euros("10.00"), Money.of("12.00", USD))),
                pick=Pick(count=2),
                automatic=True,
            ),
            Promotion(id="special", effect=SetPrice((euros("0.00"),)), least_subtotal=(Money.of("50.00", USD),)),
            Promotion(id="guests", effect=FREE, opens=("friend",), codes=(PromoCode("GUEST"),)),
        ),
        fees=(
            Fee(
                id="service",
                name="Service",
                taker=FeeTaker.PROVIDER,
                rate=Rate.of("2.9 %"),
                base=FeeBase.NET,
                per_order=euros("0.30"),
                per_unit=euros("0.50"),
                unit_floor=euros("0.10"),
                unit_cap=euros("2.00"),
                floor=euros("1.00"),
                cap=euros("20.00"),
                buyer_share=Rate.of("40 %"),
                tax_category=None,
                refundable=False,
                free_units_exempt=False,
                at_source=False,
                provider="stripe",
            ),
            Fee(id="absorbed"),
            Fee(id="passed_on", buyer_share=Rate(1, 1), tax_category="reduced"),
        ),
        providers=(Provider(name="stripe", declared=True, minimum=euros("0.99"), step=5),),
        tax=TaxTable(
            mode=TaxMode.EXCLUSIVE,
            seller="FR",
            place=TaxPlace.SELLER,
            when_rate_differs=WhenRateDiffers.KEEP_NET,
            rounding=Rounding.HALF_EVEN,
            reverse_charge=False,
            rates=(
                TaxRate(
                    country="FR",
                    rate=Rate.of("5.5 %"),
                    starts_on=date(2014, 1, 1),
                    category="reduced",
                    name="TVA",
                    compound=True,
                    kinds=(EventKind.LIVE,),
                ),
            ),
        ),
        cancellation=Cancellation(
            steps=(
                RefundStep(Deadline.of("7 days before start"), Rate(1, 1)),
                RefundStep(None, Rate(1, 2)),
            ),
            kept=euros("5.00"),
            fees=FeesBack.NONE,
            tax=False,
            clawback=True,
            pro_rata=True,
            buyer_until=Deadline.of("2 h after end"),
            text="Until a week before: everything.\nThen half.",
        ),
        form=RegistrationForm(
            questions=(
                Question(id="level", text="How much do you know?", required=True, choices=("Nothing", "A little")),
                Question(id="company", text="Where do you work?", longest=80),
            ),
            disclaimer=Disclaimer(text="No advice.", version=3),
            remark="The link is yours alone.",
        ),
    )


def test_a_buyer_may_be_let_cancel_at_any_time() -> None:
    text = FULL.replace('buyer_until = "2 h after end"', 'buyer_until = "any time"')
    assert read_event(text).cancellation.buyer_until is None
    assert list(VALIDATOR.iter_errors(plain(text))) == []


def keys_in(values: Any, path: str = "") -> set[str]:
    """Every key of a file, with those it stands under."""
    if isinstance(values, list):
        return {key for value in values for key in keys_in(value, path)}
    if not isinstance(values, dict):
        return set()
    return {f"{path}.{key}" for key in values} | {
        inner for key, value in values.items() for inner in keys_in(value, f"{path}.{key}")
    }


def keys_of(schema: Any, path: str = "") -> set[str]:
    """Every key that a schema knows; those that are names of something are not among them."""
    parts = [*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
    found = {key for part in parts for key in keys_of(part, path)}
    for key, inner in schema.get("properties", {}).items():
        found |= {f"{path}.{key}"} | keys_of(inner, f"{path}.{key}")
    return found


def test_there_is_no_key_that_no_file_here_has() -> None:
    used = keys_in(plain(FULL)).union(*(keys_in(plain(path.read_text("utf-8"))) for path in EXAMPLES))
    assert keys_of(SCHEMA) - used == set()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read_travels_and_is_what_the_schema_says(path: Path) -> None:
    text = path.read_text("utf-8")
    event = read_event(path.read_bytes())
    assert event == read_event(text) == loads(dumps(event), Event)
    assert list(VALIDATOR.iter_errors(plain(text))) == []
    assert re.match(r"# [A-Z].+\.\n", text), "its first line says what it shows"
    assert all(provider.rule(event.currency, event.policy) for provider in event.providers)


def test_there_are_examples() -> None:
    assert [path.stem for path in EXAMPLES] == [
        "clickmeeting_eur",
        "conference_chf",
        "course_jpy",
        "donation",
        "masterclass",
        "training_pln",
        "webinar_usd",
    ]


def test_the_schema_is_one_and_says_what_keys_mean() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert list(VALIDATOR.iter_errors(plain(FULL))) == []
    properties: Any = SCHEMA["properties"]
    tier = properties["tickets"]["items"]["properties"]["tiers"]["items"]
    assert tier["properties"]["quantity"]["description"] == "How many there are; None if only time limits it."
    assert tier["properties"]["until"]["description"] == "When it ends; a day with all of it."
    assert tier["required"] == ["id", "price"]
    assert not VALIDATOR.is_valid(plain(FULL) | {"ticket": []})


# One live event, to which each of the cases below adds a line or two.
TALK = """
v = 1
{top}
[event]
id = "talk"
title = "A talk"
zone = "Europe/Paris"
currency = "EUR"
starts_at = 2026-10-25T18:00:00
duration = "90 min"
{event}
[[tickets]]
id = "standard"
name = "Standard"
price = "20.00"
{ticket}
{rest}
"""


def talk(rest: str = "", *, top: str = "", event: str = "", ticket: str = "") -> Event:
    return read_event(TALK.format(rest=rest, top=top, event=event, ticket=ticket))


def test_a_day_is_meant_with_all_of_it() -> None:
    """Clocks go back in the night before the 25th of October, and that day has 25 hours."""
    tier = (
        talk("[[tickets.tiers]]\nid = 'early'\nprice = '10.00'\nfrom = 2026-10-25\nuntil = 2026-10-25")
        .tickets[0]
        .tiers[0]
    )
    assert tier.window == Window(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))


def test_of_a_time_that_clocks_show_twice_a_start_is_the_first_and_an_end_the_second() -> None:
    sale = talk(event="on_sale = { from = 2026-10-25T02:30:00, until = 2026-10-25T02:30:00 }").on_sale
    assert sale == Window(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


def test_a_time_with_an_offset_is_an_instant() -> None:
    sale = talk(event="on_sale = { from = 2026-10-01T00:00:00-05:00, until = 2026-10-02T00:00:00Z }").on_sale
    assert sale == Window(datetime(2026, 10, 1, 5, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC))


def test_amounts_are_of_the_events_currency() -> None:
    text = TALK.replace('"EUR"', '"JPY"').replace('"20.00"', '"2000"')
    assert read_event(text.format(top="", rest="", event="", ticket="")).tickets[0].price == Money(2000, JPY)


def test_a_preset_is_where_a_policy_begins() -> None:
    event = talk('[policy]\npreset = "clickmeeting"\nmax_capacity = 50\nprice_locked = false')
    rules = clickmeeting(plan_size=50)
    assert event.policy.list_maximums == rules.policy.list_maximums
    assert (event.policy.max_capacity, event.policy.price_locked) == (50, False)
    assert event.fees == rules.fees(EUR)
    assert event.providers == rules.providers(EUR)


def test_fees_and_providers_of_the_file_take_the_place_of_the_presets() -> None:
    event = talk('[policy]\npreset = "clickmeeting"', top='fees = []\nproviders = [{ name = "stripe" }]')
    assert (event.fees, event.providers) == ((), (Provider(name="stripe"),))


def test_a_platform_that_does_not_sell_in_the_currency_says_so() -> None:
    text = TALK.replace('"EUR"', '"INR"').format(top="", rest='[policy]\npreset = "gotowebinar"', event="", ticket="")
    with pytest.raises(InvalidValueError, match=r"event\.currency: gotowebinar has no events in INR"):
        read_event(text)


SERIES = """
v = 1
event = {{ id = "course", title = "A course", zone = "Europe/Paris", currency = "EUR", attendance = "chosen_sessions" }}
tickets = [{{ id = "standard", name = "Standard", price = "20.00" }}]
[recurrence]
rule = "{rule}"
starts_at = 2026-03-24T18:00:00
duration = "1 h"
capacity = 9
{rest}
"""


def series(rule: str, rest: str = "") -> tuple[EventSession, ...]:
    return read_event(SERIES.format(rule=rule, rest=rest)).sessions


def test_a_rule_becomes_sessions_named_by_their_day() -> None:
    """At six in the evening before and after the change of clocks."""
    first, second = series("FREQ=WEEKLY;COUNT=3", "exclude = [2026-04-07T18:00:00]")
    assert (first.id, first.starts_at) == ("2026-03-24", datetime(2026, 3, 24, 17, tzinfo=UTC))
    assert (second.id, second.starts_at) == ("2026-03-31", datetime(2026, 3, 31, 16, tzinfo=UTC))
    assert (first.duration, first.capacity) == (Span.of("1 h"), 9)


def test_sessions_of_one_day_are_named_by_their_time_too() -> None:
    sessions = series("FREQ=DAILY;COUNT=2", "extra = [2026-03-24T09:00:00, 2026-03-24T09:00:30]")
    assert [session.id for session in sessions] == [
        "2026-03-24-0900",
        "2026-03-24-090030",
        "2026-03-24-1800",
        "2026-03-25",
    ]


def test_a_byte_order_mark_is_passed_over() -> None:
    text = "\ufeff" + TALK.format(top="", rest="", event="", ticket="")
    assert read_event(text) == read_event(text.encode()) == talk()


def tier(rest: str) -> dict[str, str]:
    return {"rest": f'[[tickets.tiers]]\nid = "early"\nprice = "10.00"\nquantity = 5\n{rest}'}


def promotion(rest: str) -> dict[str, str]:
    return {"rest": f'[[promotions]]\nid = "save"\n{rest}'}


def fee(rest: str) -> dict[str, str]:
    return {"rest": f'[[fees]]\nid = "service"\n{rest}'}


def tax(rest: str) -> dict[str, str]:
    return {"rest": f'[tax]\nmode = "inclusive"\nseller = "FR"\n{rest}'}


@pytest.mark.parametrize(
    ("added", "path", "code"),
    [
        # what is written
        ({"ticket": "quantity = 1.5"}, "tickets[0].quantity", "amount_is_text"),
        ({"ticket": "quantity = nan"}, "tickets[0].quantity", "amount_is_text"),
        ({"ticket": "donation = 20"}, "tickets[0].donation", "wrong_type"),
        ({"ticket": "donation = { minimum = 20 }"}, "tickets[0].donation.minimum", "amount_is_text"),
        ({"ticket": "donation = { minimum = '20,00' }"}, "tickets[0].donation.minimum", "bad_format"),
        ({"ticket": "donation = { minimum = '20.001' }"}, "tickets[0].donation.minimum", "too_many_digits"),
        ({"ticket": "donation = { minimum = 2026-01-01 }"}, "tickets[0].donation.minimum", "wrong_type"),
        ({"ticket": "donation = { minimum = '1.00' }"}, "tickets[0].price", "price_or_donation"),
        (
            {"ticket": "donation = { minimum = '5.00', suggestion = '1.00' }"},
            "tickets[0].donation.suggestion",
            "suggestion_too_low",
        ),
        ({"ticket": "price = '10.00'"}, "file", "not_toml"),
        ({"ticket": "prize = '10.00'"}, "tickets[0].prize", "unknown_key"),
        ({"ticket": '"a\\u001bb" = 1'}, "tickets[0].a\\x1bb", "unknown_key"),
        ({"ticket": "quantity = true"}, "tickets[0].quantity", "bool_not_allowed"),
        ({"ticket": "quantity = '5'"}, "tickets[0].quantity", "wrong_type"),
        ({"ticket": "quantity = -1"}, "tickets[0].quantity", "out_of_range"),
        ({"ticket": "hidden = 1"}, "tickets[0].hidden", "wrong_type"),
        ({"ticket": "tax = 'Reduced'"}, "tickets[0].tax", "bad_format"),
        ({"ticket": "tiers = { id = 'x' }"}, "tickets[0].tiers", "wrong_type"),
        ({"ticket": "tiers = ['x']"}, "tickets[0].tiers[0]", "wrong_type"),
        ({"ticket": "on_sale = { from = 2026-01-02, until = 2026-01-01 }"}, "tickets[0].on_sale.until", "empty_window"),
        ({"ticket": "on_sale = { to = 2026-01-02 }"}, "tickets[0].on_sale.to", "unknown_key"),
        ({"event": "kind = 'party'"}, "event.kind", "not_one_of"),
        ({"event": "kind = 1"}, "event.kind", "not_one_of"),
        ({"event": "kind = 'on_demand'"}, "event.starts_at", "dates_not_allowed"),
        ({"event": "capacity = -1"}, "event.capacity", "out_of_range"),
        ({"event": "attendance = 'chosen_sessions'"}, "event.attendance", "nothing_to_choose"),
        ({"event": "tickets = []"}, "event.tickets", "unknown_key"),
        # times
        (tier("from = 2026-03-29T02:30:00"), "tickets[0].tiers[0].from", "nonexistent_local_time"),
        (tier("until = 18:00:00"), "tickets[0].tiers[0].until", "wrong_type"),
        (tier("until = '2026-01-01'"), "tickets[0].tiers[0].until", "wrong_type"),
        (tier("until = 0001-01-01"), "tickets[0].tiers[0].until", "out_of_range"),
        (tier("until = 9999-12-31T23:59:59Z"), "tickets[0].tiers[0].until", "out_of_range"),
        (tier("from = 2026-01-02\nuntil = 2026-01-01"), "tickets[0].tiers[0].until", "empty_window"),
        (tier('name = "a\tb"'), "tickets[0].tiers[0].name", "forbidden_characters"),
        ({"rest": "[[tickets.tiers]]\nid = 'early'"}, "tickets[0].tiers[0].price", "missing"),
        ({"rest": "[[tickets.tiers]]\nprice = '10.00'"}, "tickets[0].tiers[0].id", "missing"),
        # promotions
        (promotion(""), "promotions[0]", "nothing_to_gain"),
        (promotion("percent = '10 %'\namount_off = '5.00'"), "promotions[0].amount_off", "only_one"),
        (promotion("percent = '10'"), "promotions[0].percent", "bad_format"),
        (promotion("percent = 10"), "promotions[0].percent", "amount_is_text"),
        (promotion("percent = '0 %'"), "promotions[0].percent", "no_discount"),
        (promotion("amount_off = '0.00'"), "promotions[0].amount_off", "no_discount"),
        (promotion("amount_off = {}"), "promotions[0].amount_off", "no_amount"),
        (promotion("amount_off = 5"), "promotions[0].amount_off", "amount_is_text"),
        (promotion("amount_off = { EUR = 5 }"), "promotions[0].amount_off.EUR", "amount_is_text"),
        (promotion("amount_off = { EURO = '5.00' }"), "promotions[0].amount_off.EURO", "unknown_currency"),
        (promotion("set_price = '-1.00'"), "promotions[0].set_price", "negative_price"),
        (promotion("free = false"), "promotions[0].free", "not_one_of"),
        (promotion("free = true\npick = { every = 3 }"), "promotions[0].pick.cheapest", "missing"),
        (promotion("free = true\npick = { cheapest = 1, dearest = 1 }"), "promotions[0].pick.dearest", "only_one"),
        (promotion("free = true\npick = { cheapest = 4, every = 3 }"), "promotions[0].pick.cheapest", "bad_pick"),
        (promotion("free = true\npick = { dearest = 0 }"), "promotions[0].pick.dearest", "out_of_range"),
        (promotion("free = true\nuses = -1"), "promotions[0].uses", "out_of_range"),
        (promotion("free = true\nbudget = 500"), "promotions[0].budget", "amount_is_text"),
        (promotion("free = true\nuses_per_order = 1"), "promotions[0].uses_per_order", "unknown_key"),
        (promotion("free = true\ncodes = 'SAVE'"), "promotions[0].codes", "wrong_type"),
        (promotion("free = true\ncodes = ['SAVE', '!']"), "promotions[0].codes[1]", "code_malformed"),
        (promotion("free = true\ncodes = [{ text = '!' }]"), "promotions[0].codes[0].text", "code_malformed"),
        (promotion("free = true\ncodes = [{ uses = 5 }]"), "promotions[0].codes[0].text", "missing"),
        (promotion("free = true\ncodes = ['SAVE', 'save']"), "promotions[0].codes[1]", "code_twice"),
        (promotion("free = true\ncodes = ['SAVE']\nautomatic = true"), "promotions[0].codes", "automatic_or_codes"),
        (promotion("free = true\ntickets = ['Vip']"), "promotions[0].tickets[0]", "bad_format"),
        (promotion("free = true\ntickets = ['vip']"), "promotions[0].tickets[0]", "unknown_id"),
        (promotion("free = true\ntiers = ['early']"), "promotions[0].tiers[0]", "unknown_id"),
        (promotion("opens = ['standard', 'vip']"), "promotions[0].opens[1]", "unknown_id"),
        (promotion("free = true\nclass = 'A'"), "promotions[0].class", "bad_format"),
        (promotion("free = true\nfrom = 2026-01-02\nuntil = 2026-01-01"), "promotions[0].until", "empty_window"),
        (promotion("free = true\ncurrencies = ['EUR', 'eur']"), "promotions[0].currencies[1]", "unknown_currency"),
        (promotion("free = true\n[[promotions]]\nid = 'save'\nfree = true"), "promotions[1].id", "duplicate_id"),
        # fees, ways to pay, taxes, policies
        (fee("bearer = 'nobody'"), "fees[0].bearer", "not_one_of"),
        (fee("bearer = 5"), "fees[0].bearer", "not_one_of"),
        (fee("bearer = { organizer = '60 %' }"), "fees[0].bearer.organizer", "unknown_key"),
        (fee("bearer = { buyer = '120 %' }"), "fees[0].bearer.buyer", "rate_above_one"),
        (fee("rate = '5 %'\nbase = 'charged'\nbearer = 'buyer'"), "fees[0]", "gross_up_untaxed"),
        (fee("rate = '5 %'\nbase = 'charged'\nbearer = 'buyer'\ntax = 'standard'"), "fees[0].tax", "gross_up_untaxed"),
        (fee("floor = '2.00'\ncap = '1.00'"), "fees[0].floor", "floor_above_cap"),
        (fee("provider = 'stripe'"), "fees[0].provider[0]", "unknown_id"),
        ({"rest": "[[providers]]\nname = 'Stripe'"}, "providers[0].name", "bad_format"),
        ({"rest": "[[providers]]\nname = 'stripe'\nminimum = '1000000.00'"}, "providers[0].minimum", "empty_range"),
        (tax("rates = [{ country = 'fr', rate = '20 %' }]"), "tax.rates[0].country", "bad_format"),
        (
            tax("rates = [{ country = 'FR', rate = '20 %', from = 2026-01-01T00:00:00 }]"),
            "tax.rates[0].from",
            "wrong_type",
        ),
        (
            tax("rates = [{ country = 'FR', rate = '1 %' }, { country = 'FR', rate = '2 %' }]"),
            "tax.rates[1]",
            "rates_overlap",
        ),
        ({"rest": "[tax]\nmode = 'inclusive'"}, "tax.seller", "missing"),
        ({"rest": "[policy]\npreset = 'zoom'"}, "policy.preset", "unknown_preset"),
        ({"rest": "[policy]\npreset = 5"}, "policy.preset", "wrong_type"),
        ({"rest": "[policy]\nquote_lasts = '8 days'"}, "policy.quote_lasts", "quote_lasts_too_long"),
        ({"rest": "[policy]\nhold = '8 days'"}, "policy.hold", "hold_too_long"),
        ({"rest": "[policy]\nhold = '1 h'\nlongest_hold = '30 min'"}, "policy.longest_hold", "longest_hold_too_short"),
        ({"rest": "[policy]\nlongest_hold = '1 month'"}, "policy.longest_hold", "months_not_allowed"),
        ({"rest": "[policy]\nrefunds = 'never'"}, "policy.refunds", "not_one_of"),
        ({"rest": "[policy]\nrecording_lasts = '0 min'"}, "policy.recording_lasts", "lasts_no_time"),
        ({"rest": "[policy]\ncharge_minimums = { PayPal = '1.00' }"}, "policy.charge_minimums.PayPal", "bad_format"),
        (
            {"rest": "[policy]\ncharge_minimums = { paypal = { XYZ = '1.00' } }"},
            "policy.charge_minimums.paypal.XYZ",
            "unknown_currency",
        ),
        ({"rest": "[policy]\ncharge_minimums = '1.00'"}, "policy.charge_minimums", "wrong_type"),
        (
            {"rest": "[policy]\nprovider_currencies = { paypal = ['EUR', 'X'] }"},
            "policy.provider_currencies.paypal[1]",
            "unknown_currency",
        ),
        (
            {"rest": "[policy]\nlist_minimums = '5.00'\nlist_maximums = '1.00'"},
            "policy.list_maximums[0]",
            "empty_range",
        ),
        # what is given back, and what is asked for
        ({"rest": "[cancellation]\nsteps = [{}]"}, "cancellation.steps[0].share", "missing"),
        ({"rest": "[cancellation]\nsteps = [{ share = 0.5 }]"}, "cancellation.steps[0].share", "amount_is_text"),
        (
            {"rest": "[cancellation]\nsteps = [{ until = 2026-01-01, share = '50 %' }]"},
            "cancellation.steps[0].until",
            "wrong_type",
        ),
        (
            {"rest": "[cancellation]\nsteps = [{ until = 'any time', share = '50 %' }]"},
            "cancellation.steps[0].until",
            "bad_format",
        ),
        (
            {"rest": "[cancellation]\nsteps = [{ share = '50 %' }, { share = '10 %' }]"},
            "cancellation.steps[0].until",
            "step_without_end",
        ),
        ({"rest": "[cancellation]\nkept = 5"}, "cancellation.kept", "amount_is_text"),
        ({"rest": "[cancellation]\nkept = '-5.00'"}, "cancellation.kept", "negative_price"),
        ({"rest": "[cancellation]\nfees = 'some'"}, "cancellation.fees", "not_one_of"),
        ({"rest": "[cancellation]\nbuyer_until = 'never'"}, "cancellation.buyer_until", "bad_format"),
        ({"rest": "[cancellation]\nbuyer_until = false"}, "cancellation.buyer_until", "wrong_type"),
        ({"rest": '[cancellation]\ntext = "a\\tb"'}, "cancellation.text", "forbidden_characters"),
        ({"rest": "[cancellation]\nrefund = '50 %'"}, "cancellation.refund", "unknown_key"),
        ({"rest": "[form]\ndisclaimer = 'Yes?'"}, "form.disclaimer", "wrong_type"),
        ({"rest": "[form]\ndisclaimer = { text = '' }"}, "form.disclaimer.text", "empty"),
        ({"rest": "[form]\ndisclaimer = { version = 2 }"}, "form.disclaimer.text", "missing"),
        ({"rest": "[[form.questions]]\nid = 'a'"}, "form.questions[0].text", "missing"),
        (
            {"rest": "[[form.questions]]\nid = 'a'\ntext = 'A?'\nchoices = ['x', 'x']"},
            "form.questions[0].choices[1]",
            "choice_twice",
        ),
        (
            {"rest": "[form]\nquestions = [{ id = 'a', text = 'A?' }, { id = 'a', text = 'B?' }]"},
            "form.questions[1].id",
            "duplicate_id",
        ),
        # what belongs together
        (
            {"rest": "[[capacities]]\nid = 'room'\nplaces = 5\ntickets = ['vip']"},
            "capacities[0].tickets[0]",
            "unknown_id",
        ),
        ({"rest": "[[capacities]]\nid = 'room'\nplaces = 5\ntickets = []"}, "capacities[0].tickets", "shared_by_none"),
        (
            {"rest": "[[sessions]]\nid = 'x'\nstarts_at = 2026-01-01T18:00:00\nduration = '1 h'"},
            "event.starts_at",
            "start_and_sessions",
        ),
        (
            {"rest": "[[sessions]]\nid = 'x'\nstarts_at = 2026-01-01\nduration = '1 h'"},
            "sessions[0].starts_at",
            "wrong_type",
        ),
        (
            {"rest": "[[sessions]]\nid = 'x'\nstarts_at = 2026-01-01T18:00:00\nduration = '0 h'"},
            "sessions[0].duration",
            "empty_window",
        ),
        ({"rest": "[surprise]"}, "surprise", "unknown_key"),
        ({"top": "policy = 1"}, "policy", "wrong_type"),
        ({"top": "fees = 1"}, "fees", "wrong_type"),
    ],
)
def test_what_cannot_be_is_refused_with_the_path_to_it(added: dict[str, str], path: str, code: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        talk(**added)
    assert (refused.value.field, refused.value.reason.code) == (path, code)


@pytest.mark.parametrize(
    ("was", "now", "path", "code"),
    [
        ("v = 1", "", "v", "missing"),
        ("v = 1", "v = 2", "v", "wrong_version"),
        ("v = 1", "v = '1'", "v", "wrong_type"),
        ("v = 1", "v = 2\nevents = []", "v", "wrong_version"),
        ("[event]", "[even]", "event", "missing"),
        ("[event]", "event = 1\n[x]", "event", "wrong_type"),
        ("[event]", "[[event]]", "event", "wrong_type"),
        ("[[tickets]]", "[tickets]", "tickets", "wrong_type"),
        ("[[tickets]]", "[[tikets]]", "tikets", "unknown_key"),
        ("[[tickets]]", "[event.on_sale]", "event.on_sale.id", "unknown_key"),
        ('id = "talk"', "", "event.id", "missing"),
        ('id = "talk"', 'id = "A talk"', "event.id", "bad_format"),
        ('title = "A talk"', "title = 5", "event.title", "wrong_type"),
        ('title = "A talk"', "title = ''", "event.title", "empty"),
        ('zone = "Europe/Paris"', "", "event.zone", "missing"),
        ('zone = "Europe/Paris"', 'zone = "Europe/Pairs"', "event.zone", "unknown_zone"),
        ('zone = "Europe/Paris"', "zone = ['Europe/Paris']", "event.zone", "wrong_type"),
        ('currency = "EUR"', "", "event.currency", "missing"),
        ('currency = "EUR"', 'currency = "eur"', "event.currency", "unknown_currency"),
        ('currency = "EUR"', "currency = 978", "event.currency", "wrong_type"),
        ("starts_at = 2026-10-25T18:00:00", "starts_at = 2026-10-25", "event.starts_at", "wrong_type"),
        (
            "starts_at = 2026-10-25T18:00:00",
            "starts_at = 2026-03-29T02:30:00",
            "event.starts_at",
            "nonexistent_local_time",
        ),
        ("starts_at = 2026-10-25T18:00:00", "", "event.starts_at", "dates_missing"),
        ('duration = "90 min"', "", "event.duration", "duration_missing"),
        ('duration = "90 min"', 'duration = "90"', "event.duration", "bad_format"),
        ('duration = "90 min"', "duration = 90", "event.duration", "wrong_type"),
        ('price = "20.00"', "", "tickets[0].price", "price_or_donation"),
        ('price = "20.00"', "price = 20", "tickets[0].price", "amount_is_text"),
        ('price = "20.00"', "price = 20.00", "tickets[0].price", "amount_is_text"),
        ('price = "20.00"', "price = true", "tickets[0].price", "amount_is_text"),
        ('price = "20.00"', 'price = "-20.00"', "tickets[0].price", "negative_price"),
        ('price = "20.00"', 'price = "20.001"', "tickets[0].price", "too_many_digits"),
        ('price = "20.00"', 'price = "20.00 €"', "tickets[0].price", "bad_format"),
        ('name = "Standard"', "", "tickets[0].name", "missing"),
    ],
)
def test_a_file_that_says_something_else_is_refused(was: str, now: str, path: str, code: str) -> None:
    assert TALK.count(was) == 1
    with pytest.raises(InvalidValueError) as refused:
        read_event(TALK.replace(was, now).format(top="", event="", ticket="", rest=""))
    assert (refused.value.field, refused.value.reason.code) == (path, code)


ONE_SESSION = "[[sessions]]\nid = 'x'\nstarts_at = 2026-01-01T18:00:00\nduration = '1 h'"


@pytest.mark.parametrize(
    ("rule", "rest", "path", "code"),
    [
        ("FREQ=HOURLY", "", "recurrence.rule", "bad_rule"),
        ("FREQ=DAILY;COUNT=1000", "", "recurrence.rule", "series_length"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "", "recurrence.rule", "series_length"),
        ("FREQ=DAILY;COUNT=3", "exclude = ['x']", "recurrence.exclude[0]", "wrong_type"),
        ("FREQ=DAILY;COUNT=3", "exclude = [2026-03-29]", "recurrence.exclude[0]", "wrong_type"),
        ("FREQ=DAILY;COUNT=3", "extra = [2026-03-24T18:00:00Z]", "recurrence.extra[0]", "zone_not_allowed"),
        ("FREQ=DAILY;COUNT=3", "extra = [2026-03-29T02:30:00]", "recurrence.extra[0]", "nonexistent_local_time"),
        ("FREQ=DAILY;COUNT=3", "dates = []", "recurrence.dates", "unknown_key"),
        ("FREQ=DAILY;COUNT=3", ONE_SESSION, "recurrence", "only_one"),
        (
            "FREQ=DAILY;COUNT=1",
            "extra = [2026-03-24T18:00:00.25, 2026-03-24T18:00:00.5]",
            "recurrence[1].id",
            "duplicate_id",
        ),
    ],
)
def test_a_series_that_cannot_be_is_refused(rule: str, rest: str, path: str, code: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        series(rule, rest)
    assert (refused.value.field, refused.value.reason.code) == (path, code)


def test_keys_that_exclude_each_other_are_named() -> None:
    with pytest.raises(InvalidValueError, match=r"Only one of these can stand here: sessions, recurrence\."):
        series("FREQ=DAILY;COUNT=3", ONE_SESSION)
    with pytest.raises(InvalidValueError, match=r"stand here: percent, amount_off, set_price, free\."):
        talk(**promotion("free = true\npercent = '10 %'"))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("v = 1\n\nv = 2\n", "not_toml", 3),
        ("[event]\n[event]", "not_toml", 2),
        ("v = 1\n[event", "not_toml", 2),
        ("v = 2026-02-30", "not_toml", 1),
        ("v = [[1]]\n= 5\n", "not_toml", 2),
        (f"v = {'9' * 5000}", "number_too_long", None),
        ("v = " + "[" * 5000, "too_deep", None),
        ("v = " + "[" * 40 + "]" * 40, "too_deep", None),
        (b"v = '\xff'", "not_utf8", None),
        ("v = '\ud800'", "not_utf8", None),
        ("#" * (1024 * 1024 + 1), "too_large", None),
        ("é" * (512 * 1024 + 1), "too_large", None),
        ("v = [" + "1," * 50_000 + "]", "too_many_values", None),
        (5, "wrong_type", None),
        (None, "wrong_type", None),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(text: Any, code: str, line: int | None) -> None:
    with pytest.raises(InvalidValueError) as refused:
        read_event(text)
    assert refused.value.reason.code == code
    assert dict(refused.value.reason.values).get("line") == line


@pytest.mark.parametrize(
    "text",
    [
        ".".join("a" * 20_000) + " = 1",
        "[" + ".".join("a" * 20_000) + "]",
        'a = { b = """x"""", "p" ' + ".q" * 20_000 + ' = 1 } # "',
        "a = '''x'''' # '\n'p'" + " . 'q'" * 20_000 + " = 1",
        '","' + ' . ","' * 20_000 + " = 1",
        'a = "\\"" # "\nb' + ".b" * 20_000 + " = 1",
    ],
)
def test_a_key_of_many_parts_is_refused_before_it_is_parsed(text: str) -> None:
    """Python's parser takes the square of their number: eight seconds for the first of these."""
    with pytest.raises(InvalidValueError, match=r"^file: It is nested more than 32 levels deep\.$"):
        read_event(text)


def test_dots_in_texts_are_no_parts_of_a_key() -> None:
    customers = ", ".join(f'"name.of.customer{number}@example.org"' for number in range(40))
    assert len(talk(**promotion(f"free = true\ncustomers = [{customers}]")).promotions[0].customers) == 40


PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.text(max_size=8),
        st.sampled_from(("EUR", "10.00", "15 %", "stripe", "1 h", "Europe/Paris", "live")),
        st.dates(),
        st.datetimes(),
        st.datetimes(timezones=st.just(UTC)),
        st.times(),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


def places(values: Any) -> list[tuple[Any, Any]]:
    """Every container in a file with each of its keys or indices."""
    keys = list(values) if isinstance(values, dict) else range(len(values)) if isinstance(values, list) else []
    return [(values, key) for key in keys] + [found for key in keys for found in places(values[key])]


@given(data=st.data())
def test_a_file_with_anything_else_in_it_is_refused_with_a_path_or_read(data: st.DataObject) -> None:
    document = tomllib.loads(data.draw(st.sampled_from((FULL, *(path.read_text("utf-8") for path in EXAMPLES)))))
    container, key = data.draw(st.sampled_from(places(document)))
    if data.draw(st.booleans()):
        del container[key]
    else:
        container[key] = data.draw(PLAIN)
    try:
        event = event_of(document)
    except InvalidValueError as error:
        assert error.field and str(error)
    else:
        assert loads(dumps(event), Event) == event
