"""Strategies: found without an import, bounded when asked, and every value one that the library accepts."""

import subprocess
import sys
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from paidevents import Money, Rate, Recurrence, Window
from paidevents.catalog import SYSTEM, Role
from paidevents.lifecycle import MACHINES, PAYMENT, WAITING_LIST
from paidevents.money import EUR, Currency
from paidevents.testing import strategies
from paidevents.testing.strategies import BY_TYPE, currencies, days, moneys, rates, recurrences, windows

# The first that is found will do; and the same ones every time.
SOON = settings(phases=[Phase.generate], derandomize=True, database=None, max_examples=2_000)


def in_a_fresh_interpreter(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_project_that_only_installed_us_draws_our_types() -> None:
    """Hypothesis calls our entry point; nothing of `paidevents.testing` is imported by hand."""
    script = (
        "from hypothesis import find, strategies as st\n"
        "from paidevents import Money, Recurrence\n"
        "print(repr(find(st.from_type(Money), lambda amount: amount.minor > 999)))\n"
        "from hypothesis import Phase, settings\n"
        "once = settings(phases=[Phase.generate], derandomize=True, database=None)\n"
        "print(type(find(st.from_type(Recurrence), lambda _: True, settings=once)).__name__)"
    )
    assert in_a_fresh_interpreter(script).splitlines() == ["Money.of('10.00', 'AED')", "Recurrence"]


def test_it_does_not_matter_who_is_imported_first() -> None:
    script = (
        "from paidevents.testing import strategies\n"
        "from hypothesis import find, strategies as st\n"
        "from paidevents import Rate\n"
        "print(type(find(st.from_type(Rate), lambda _: True)).__name__)"
    )
    assert in_a_fresh_interpreter(script) == "Rate\n"


def test_without_hypothesis_the_extra_is_named() -> None:
    script = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import paidevents.errors\n"
        "try:\n    import paidevents.testing.strategies\n"
        "except paidevents.errors.MissingExtraError as error:\n    print(error.extra, error)"
    )
    assert in_a_fresh_interpreter(script) == "testing This needs an extra: pip install 'paidevents[testing]'\n"


@pytest.mark.parametrize("kind", BY_TYPE, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_a_type_draws_values_of_itself(kind: type, data: st.DataObject) -> None:
    assert type(data.draw(st.from_type(kind))) is kind


@given(amount=moneys(EUR, low=100, high=2000_00, step=5))
def test_amounts_keep_their_bounds(amount: Money) -> None:
    assert amount.currency == EUR and 100 <= amount.minor <= 2000_00 and amount.minor % 5 == 0


@given(amount=moneys(st.sampled_from((EUR, Currency("JPY")))))
def test_amounts_are_of_the_currencies_asked_for(amount: Money) -> None:
    assert amount.currency.code in {"EUR", "JPY"}


@given(rate=rates(Rate.of("5 %"), Rate.of("20 %"), finest=200))
def test_rates_keep_their_bounds(rate: Rate) -> None:
    assert Rate.of("5 %") <= rate <= Rate.of("20 %")
    assert rate.ratio[1] <= 200


@given(day=days(date(2026, 1, 1), date(2026, 12, 31)))
def test_days_keep_their_bounds(day: date) -> None:
    assert day.year == 2026


@pytest.mark.parametrize("name", MACHINES)
@given(data=st.data())
def test_a_history_follows_its_table_and_the_order_of_time(name: str, data: st.DataObject) -> None:
    moves = data.draw(strategies.histories(MACHINES[name], most=3))
    assert MACHINES[name].replayed(moves, "history") == moves
    assert len(moves) <= 3
    assert sorted(move.at for move in moves) == [move.at for move in moves]


@pytest.mark.parametrize(
    ("strategy", "wanted"),
    [
        (windows(), lambda window: window == Window()),
        (windows(), lambda window: window.starts_at is None and window.ends_at is not None),
        (windows(), lambda window: window.starts_at is not None and window.ends_at is not None),
        (currencies(), lambda currency: currency.digits == 3),
        (moneys(), lambda amount: amount.minor < 0),
        (rates(), lambda rate: rate.percent() is None),
        (recurrences(), lambda series: series.excluded and series.extra),
        (recurrences(), lambda series: len(series.occurrences()) == 0),
        (strategies.amount_rules(), lambda rule: rule.step > 1),
        (strategies.amount_rules("paypal"), lambda rule: rule.provider == "paypal"),
        (strategies.actors(), lambda actor: actor == SYSTEM),
        (strategies.actors(), lambda actor: actor.role is Role.SPEAKER),
        (strategies.refund_steps(), lambda step: step.until is None),
        (strategies.cancellations(EUR), lambda terms: terms.kept is not None and terms.kept.currency == EUR),
        (strategies.cancellations(), lambda terms: [step.share for step in terms.steps] == [Rate(0, 1), Rate(1, 1)]),
        (strategies.questions(), lambda question: question.required and not question.choices),
        (strategies.disclaimers(), lambda disclaimer: disclaimer.version > 1),
        (strategies.registration_forms(), lambda form: len(form.questions) == 3),
        (strategies.moves(), lambda move: move.by.startswith("organizer:")),
        (strategies.moves(), lambda move: (move.trigger, move.state, move.by) == ("honour", "paid", "")),
        (strategies.histories(WAITING_LIST), lambda moves: [move.state for move in moves] == ["offered", "lapsed"]),
        (strategies.histories(PAYMENT), lambda moves: moves == ()),
        (strategies.reasons(), lambda reason: any(isinstance(value, datetime) for _, value in reason.values)),
    ],
)
def test_the_odd_ones_are_among_them(strategy: st.SearchStrategy[Any], wanted: Any) -> None:
    assert wanted(find(strategy, wanted, settings=SOON))


def test_a_series_can_be_drawn_whose_hour_the_clocks_skip() -> None:
    def skipped(series: Recurrence) -> bool:
        return any(at.time() != series.starts_at.time() for at in series.occurrences(20)) and not series.extra

    assert skipped(
        find(
            st.builds(
                Recurrence,
                st.just(datetime(2026, 3, 25, 2, 30)),
                st.sampled_from(("Europe/Paris",)),
                strategies.rules(),
            ),
            skipped,
            settings=SOON,
        )
    )
