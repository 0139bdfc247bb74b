"""`paidevents quote`: what an order costs, for people and for programs."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli.running import run

from paidevents.wire import dumps, read_event

EXAMPLES = Path(__file__).parents[2] / "examples" / "events"
FEBRUARY, MARCH = "2026-02-20T12:00:00+01:00", "2026-03-01T12:00:00+01:00"
MASTERCLASS = ("quote", "demo:masterclass", "-n", "standard=7", "--sold", "early_bird=48")
CODES = ("--code", "SAVE15", "--code", "FRIEND10")

# One of everything: chosen sessions, a donation, two providers, a channel, a customer, tax on top, a fee for both.
WEEKLY = """
v = 1

[event]
id = "weekly"
title = "Weekly"
zone = "Europe/Paris"
currency = "EUR"
attendance = "chosen_sessions"

[[sessions]]
id = "first"
starts_at = 2026-04-07T18:00:00
duration = "1 h"

[[sessions]]
id = "second"
starts_at = 2026-04-14T18:00:00
duration = "1 h"
capacity = 3

[[tickets]]
id = "seat"
name = "Seat"
price = "20.00"

[[tickets]]
id = "gift"
name = "Gift"
donation = { minimum = "5.00" }

[[promotions]]
id = "members"
name = "Members"
percent = "25 %"
automatic = true
first_purchase = true
class = "members"
combines_with = []

[[promotions]]
id = "app"
percent = "10 %"
codes = ["APP"]
channels = ["app"]
class = "app"
combines_with = []

[[fees]]
id = "handling"
name = "Handling"
per_unit = "1.00"
bearer = { buyer = "40 %" }
tax = "none"

[[providers]]
name = "stripe"

[[providers]]
name = "paypal"
minimum = "50.00"

[tax]
mode = "exclusive"
seller = "FR"

[[tax.rates]]
country = "FR"
rate = "20 %"
"""


@pytest.fixture
def weekly(tmp_path: Path) -> str:
    path = tmp_path / "weekly.toml"
    path.write_text(WEEKLY, "utf-8")
    return str(path)


def plain(out: str) -> list[str]:
    """The lines, each gap between columns as one space."""
    return [" ".join(line.split()) for line in out.splitlines()]


def minors(sums: dict[str, Any]) -> dict[str, int]:
    assert {amount["currency"] for amount in sums.values()} == {"EUR"}
    return {name: amount["minor"] for name, amount in sums.items()}


@pytest.mark.parametrize(
    ("at", "listed", "charged", "fees"), [(FEBRUARY, 653_00, 545_05, 27_25), (MARCH, 693_00, 579_05, 28_95)]
)
def test_the_early_birds_run_out_in_the_middle_of_an_order(
    capsys: pytest.CaptureFixture[str], at: str, listed: int, charged: int, fees: int
) -> None:
    """
    In February 2 × 79 + 5 × 99 = 653, less 15 % (2 × 11.85 + 5 × 14.85 = 97.95), less 10: 545.05; in March 7 × 99 = 693.

    The fee is 5 % of that: 27.2525 and 28.9525.
    """
    status, out, err = run(capsys, *MASTERCLASS, *CODES, "--at", at, "--json")
    assert (status, err) == (0, "")
    sums = minors(json.loads(out)["totals"])
    assert (sums["list"], sums["charged"], sums["platform_fees"]) == (listed, charged, fees)
    assert sums["organizer_keeps"] == charged - fees


def test_the_example_that_people_write_gives_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("-n", "standard=7", "--sold", "early_bird=48", *CODES, "--at", FEBRUARY, "--json")
    example = json.loads(run(capsys, "quote", str(EXAMPLES / "masterclass.toml"), *asked)[1])
    assert example["totals"] == json.loads(run(capsys, "quote", "demo:masterclass", *asked)[1])["totals"]


def test_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, *MASTERCLASS, *CODES, "--code", "LAUNCH30", "--at", FEBRUARY)
    assert status == 0
    assert out == (
        "Masterclass: pricing a paid event\n"
        "February 20, 2026, 12:00 PM CET · paid with stripe\n"
        "\n"
        "  2 × Standard · Early bird  €79.00  €158.00\n"
        "  5 × Standard · Second lot  €99.00  €495.00\n"
        "  List price                         €653.00\n"
        "  15% off (SAVE15)                   -€97.95\n"
        "  €10.00 off (FRIEND10)              -€10.00\n"
        "  ──────────────────────────────────────────\n"
        "  Total                              €545.05\n"
        "\n"
        "  Platform fees                       €27.25\n"
        "  The organizer keeps                €517.80\n"
        "\n"
        "Not applied\n"
        "  LAUNCH30  It ended on February 1, 2026, 12:00 AM CET.\n"
        "\n"
        "Good until February 20, 2026, 12:15 PM CET.\n"
    )


def test_the_same_table_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("demo:workshop", "-n", "seat=1", "--code", "MARCH", "--at", "2026-05-04T09:00+02:00", "--locale", "fr")
    assert run(capsys, "quote", *asked)[1] == (
        "Workshop: writing for the ear\n"
        "4 mai 2026, 09:00 CEST · payé avec stripe\n"
        "\n"
        "  1 × Seat                63,00 €\n"
        "  Service fee (5 %)       +3,15 €\n"
        "  ───────────────────────────────\n"
        "  Total                   66,15 €\n"
        "  dont VAT 20 % (FR)      11,03 €\n"
        "\n"
        "  Frais de la plateforme   3,15 €\n"
        "  Reste à l’organisateur  52,50 €\n"
        "  Versé à l’organisateur  63,00 €\n"
        "\n"
        "Sans effet\n"
        "  MARCH  La validité a pris fin le 1 avril 2026, 00:00 CEST.\n"
        "\n"
        "Valable jusqu’au 4 mai 2026, 09:15 CEST.\n"
    )


def test_what_holds_on_a_condition_and_what_speaks_against_it(capsys: pytest.CaptureFixture[str], weekly: str) -> None:
    """Two of two sessions at 20.00 are 80.00, less 25 %; 40 % of a fee of 4.00; tax of 12.00. Three are left of one session."""
    asked = (weekly, "-n", "seat=2", "--session", "first", "--session", "second", "--at", MARCH)
    status, out, _ = run(capsys, "quote", *asked)
    assert status == 0
    assert plain(out)[3:9] == [
        "2 × Seat · first €20.00 €40.00",
        "2 × Seat · second €20.00 €40.00",
        "List price €80.00",
        "25% off (Members) -€20.00",
        "Handling (your share: 40%) +€1.60",
        "VAT (20%) +€12.00",
    ]
    assert "\nOn condition\n  Members  It will be checked who is buying.\n" in out
    status, out, _ = run(capsys, "quote", *asked, "-n", "seat=2")
    assert status == 1
    assert "\nCannot be ordered like this\n  Places left: 3; asked for: 4.\n" in out


def test_another_provider_may_charge_another_total(capsys: pytest.CaptureFixture[str]) -> None:
    """PayPal takes 1.00 at least, Stripe the 0.50 that are left."""
    asked = ("quote", "demo:lunch", "-n", "participant=1", "--code", "PARTNER", "--at", MARCH)
    document = json.loads(run(capsys, *asked, "--json")[1])
    assert (document["provider"], document["differs"]) == ("paypal", ["stripe"])
    assert "The total is another one with stripe." in run(capsys, *asked)[1]
    document = json.loads(run(capsys, *asked, "--provider", "stripe", "--json")[1])
    assert minors(document["totals"])["charged"] == 50


def test_who_is_known_and_where_from(capsys: pytest.CaptureFixture[str], weekly: str) -> None:
    asked = ("quote", weekly, "-n", "seat=1", "--session", "first", "--code", "APP", "--at", MARCH, "--json")
    document = json.loads(run(capsys, *asked, "--customer", "ana")[1])
    assert (document["provisional"], document["skipped"][0]["reasons"][0]["code"]) == ([], "wrong_channel")
    document = json.loads(run(capsys, *asked, "--channel", "app")[1])
    assert document["skipped"][0]["reasons"][0]["code"] == "not_combinable"


def test_the_best_for_the_buyer_spends_no_code_in_vain(capsys: pytest.CaptureFixture[str]) -> None:
    """A code that takes nothing more off is not spent: the shorter of two sets with one total is taken."""
    asked = ("quote", "demo:workshop", "-n", "seat=1", "--code", "DUO", "--at", FEBRUARY, "--json")
    for more, reason in (((), "no_matching_tickets"), (("--best",), "no_matching_tickets")):
        document = json.loads(run(capsys, *asked, *more)[1])
        assert [one["reasons"][0]["code"] for one in document["skipped"]] == [reason]


def test_a_business_abroad_owes_the_tax_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """63.00 hold 10.50 of tax; without it 52.50, and 5 % on top: 2.625, so 2.63."""
    asked = ("demo:workshop", "-n", "seat=1", "--country", "DE", "--business", "DE123456789", "--at", FEBRUARY)
    document = json.loads(run(capsys, "quote", *asked, "--json")[1])
    assert document["reverse_charge"] is True
    sums = minors(document["totals"])
    assert (sums["charged"], sums["tax"], sums["organizer_keeps"]) == (55_13, 0, 52_50)
    assert "Reverse charge: the buyer owes the tax." in run(capsys, "quote", *asked)[1]


def test_a_donation_is_what_the_buyer_gives(capsys: pytest.CaptureFixture[str], weekly: str) -> None:
    asked = (weekly, "--session", "first", "-n", "gift=1", "--at", MARCH)
    status, out, _ = run(capsys, "quote", *asked, "--amount", "gift=12.50")
    assert (status, plain(out)[3]) == (0, "1 × Gift · first €12.50")
    status, out, _ = run(capsys, "quote", *asked, "--amount", "gift=4.99", "--json")
    refusal = {
        "code": "donation_too_small",
        "values": {"minimum": {"minor": 500, "currency": "EUR"}, "ticket": "Gift"},
        "text": "Gift is at least €5.00.",
    }
    assert (status, json.loads(out)["refusals"]) == (1, [refusal])


def test_what_is_free_shows_nothing_but_that(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("quote", str(EXAMPLES / "clickmeeting_eur.toml"), "-n", "participant=1", "--code", "guest-anna")
    _, out, _ = run(capsys, *asked, "--at", MARCH)
    assert plain(out) == [
        "Search engine optimisation in an hour",
        "March 1, 2026, 12:00 PM CET",
        "",
        "1 × Participant · First thirty €19.00",
        "100% off (GUEST-ANNA) -€19.00",
        "─" * 39,
        "Total €0.00",
        "",
        "Good until March 1, 2026, 12:15 PM CET.",
    ]


def test_all_of_it_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("demo:workshop", "-n", "seat=2", "--code", "DUO", "--code", "MARCH", "--at", "2026-05-04T09:00+02:00")
    document = json.loads(run(capsys, "quote", *asked, "--json")[1])

    def euros(minor: int) -> dict[str, object]:
        return {"minor": minor, "currency": "EUR"}

    fee = {"fee": "service", "taker": "platform", "amount": euros(4_73), "passed_on": euros(4_73), "tax": euros(79)}
    totals = {
        "list": 126_00,
        "discount": 31_50,
        "adjustment": 0,
        "price": 94_50,
        "before_tax": 82_69,
        "tax": 16_54,
        "charged": 99_23,
        "fees_passed_on": 4_73,
        "platform_fees": 4_73,
        "provider_fees": 0,
        "organizer_keeps": 78_75,
        "payout": 94_50,
    }
    assert document == {
        "event": "workshop",
        "at": "2026-05-04T09:00:00+02:00",
        "good_until": "2026-05-04T09:15:00+02:00",
        "provider": "stripe",
        "differs": [],
        "units": [
            {
                "ticket": "seat",
                "tier": None,
                "session": None,
                "list": euros(63_00),
                "price": euros(price),
                "before_tax": euros(charged - tax),
                "tax": euros(tax),
                "charged": euros(charged),
                "fees": euros(charged - price),
            }
            for price, charged, tax in ((31_50, 33_08, 5_51), (63_00, 66_15, 11_03))
        ],
        "lines": [
            {
                "phase": "unit.percent",
                "reason": {
                    "code": "percent_off",
                    "values": {"rate": "1/2"},
                    "text": "50% off",
                },
                "promotion": "second",
                "code": "DUO",
                "amount": euros(-31_50),
                "per_unit": [euros(-31_50), euros(0)],
            },
            {
                "phase": "fee",
                "reason": {
                    "code": "fee_passed_on",
                    "values": {"name": "Service fee", "rate": "1/20"},
                    "text": "Service fee (5%)",
                },
                "promotion": None,
                "code": None,
                "amount": euros(4_73),
                "per_unit": [euros(1_58), euros(3_15)],
            },
        ],
        "skipped": [
            {
                "code": "MARCH",
                "promotion": "march",
                "reasons": [
                    {
                        "code": "expired",
                        "values": {"ends_at": "2026-04-01T00:00:00+02:00"},
                        "text": "It ended on April 1, 2026, 12:00 AM CEST.",
                    }
                ],
            }
        ],
        "provisional": [],
        "refusals": [],
        "reverse_charge": False,
        "settlement": {
            "fees": [{**fee, "at_source": True, "refundable": True, "per_unit": [euros(1_58), euros(3_15)]}],
            "taxes": [
                {
                    "name": "VAT",
                    "country": "FR",
                    "rate": "1/5",
                    "amount": euros(16_54),
                    "per_unit": [euros(5_51), euros(11_03)],
                }
            ],
        },
        "totals": {name: euros(minor) for name, minor in totals.items()},
    }


def test_an_event_may_be_a_document(capsys: pytest.CaptureFixture[str], weekly: str, tmp_path: Path) -> None:
    document = tmp_path / "weekly.JSON"
    document.write_text(dumps(read_event(WEEKLY)), "utf-8")
    asked = ("-n", "seat=1", "--session", "second", "--at", MARCH)
    assert run(capsys, "quote", str(document), *asked) == run(capsys, "quote", weekly, *asked)


def test_without_an_instant_it_is_now(capsys: pytest.CaptureFixture[str]) -> None:
    """The event is long over, whenever this runs."""
    status, out, _ = run(capsys, "quote", "demo:masterclass", "-n", "standard=1")
    assert (status, "Standard is no longer on sale." in out) == (1, True)


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.toml")))
def test_a_file_cut_short_is_refused_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    """With the path to the file and to what is wrong in it."""
    text = (EXAMPLES / name).read_text("utf-8")
    half = tmp_path / "half.toml"
    half.write_text(text[: len(text) // 7], "utf-8")
    status, out, err = run(capsys, "check", str(half))
    assert (status, out) == (2, "")
    assert err.startswith(f"paidevents: {half}: ") and err.count("\n") == 1
