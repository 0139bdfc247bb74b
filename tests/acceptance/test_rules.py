"""Every rule of the two platforms is tried through a box office, and the table in the docs has all of them."""

from generators.acceptance_table import PAGE, named_tests, platforms

IDS = [f"CM-{number:02}" for number in range(1, 32)] + [f"GT-{number:02}" for number in range(1, 30)]


def test_every_rule_is_tried_through_a_box_office() -> None:
    tried = {id for test in named_tests() if test.through_box for id in test.rules}
    assert [id for id in IDS if id not in tried] == []


def test_every_rule_is_a_sentence_and_no_other_is_named() -> None:
    rules = {id: rule for platform in platforms().values() for id, rule in platform["rules"].items()}
    assert list(rules) == IDS
    assert [rule for rule in rules.values() if not rule.endswith(".") or "|" in rule or len(rule) > 160] == []
    assert {id for test in named_tests() for id in test.rules} == set(IDS)


def test_every_test_through_a_box_office_begins_with_the_rule_that_it_tries() -> None:
    assert [test.name for test in named_tests() if test.file.startswith("box/") and not test.rules] == []


def test_the_table_has_a_row_for_every_rule_and_names_every_test_that_tries_one() -> None:
    page = PAGE.read_text("utf-8")
    assert [
        line.split(" | ")[0].removeprefix("| ") for line in page.splitlines() if line[:4] in ("| CM", "| GT")
    ] == IDS
    assert [test.name for test in named_tests() if test.rules and f"`{test.file}::{test.name}`" not in page] == []
