"""`paidevents diagram`: the tables of states, drawn."""

import pytest
from cli.running import run

from paidevents.lifecycle import MACHINES


@pytest.mark.parametrize("name", MACHINES)
def test_a_table_is_drawn_for_mermaid_or_for_graphviz(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(capsys, "diagram", name) == (0, MACHINES[name].mermaid(), "")
    assert run(capsys, "diagram", name, "--dot") == (0, MACHINES[name].dot(), "")


def test_a_refund_can_fail_and_be_asked_for_again(capsys: pytest.CaptureFixture[str]) -> None:
    drawn = run(capsys, "diagram", "refund")[1].splitlines()
    assert drawn[:2] == ["stateDiagram-v2", "    [*] --> owed"]
    assert "    failed --> requested: request [is_covered] / call_provider" in drawn
    assert drawn[-1] == "    dropped --> [*]"


def test_without_a_name_the_tables_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "diagram")
    assert (status, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == [
        *("event", "order", "registration", "payment", "refund", "waiting_list")
    ]
    assert out.splitlines()[4] == (
        "refund        6 states, 12 rows: owed, requested, pending, succeeded, failed, dropped"
    )
    assert run(capsys, "diagram", "--dot")[1] == out


def test_an_unknown_name_is_refused_with_those_that_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "diagram", "invoice")
    assert (status, out) == (2, "")
    assert err == (
        "paidevents: NAME: No table has this name; known are "
        "event, order, registration, payment, refund, waiting_list.\n"
    )
