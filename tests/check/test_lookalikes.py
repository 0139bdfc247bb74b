"""Codes that look like one another."""

import pytest
from check.told import paid, promotion, says, told

from paidevents import Rate
from paidevents.catalog import Percent, PromoCode
from paidevents.check.lookalikes import skeleton

TENTH = Percent(Rate.of("10 %"))


def codes(*texts: str | PromoCode) -> list[str]:
    """What is told of promotions with one code each."""
    made = [text if isinstance(text, PromoCode) else PromoCode(text) for text in texts]
    promotions = [promotion(f"p{place}", effect=TENTH, codes=[code]) for place, code in enumerate(made)]
    return told(paid(promotions=promotions))


ALIKE = ["warning promotions[1].codes[0]: codes_look_alike"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SAVE10", "SAVE1O"),
        ("SAVE10", "SAVEIO"),
        ("SAVE10", "SАVE10"),  # a Cyrillic A
        ("EXTRA", "ЕХТRА"),  # Cyrillic E, Kh and A
        ("KAPPA", "ΚΑΡΡΑ"),  # all Greek
        ("save", "sаve"),  # a Cyrillic a
        ("modern", "modem"),
        ("sale1", "salel"),
        ("SALEl", "SALEI"),
        ("TALK", "ＴＡＬК"),  # full-width letters and a Cyrillic K
        ("save 10", "SAVE-1O".replace("-", "")),
    ],
)
def test_codes_of_two_promotions_that_look_alike_are_a_warning(one: str, other: str) -> None:
    assert codes(one, other) == ALIKE
    assert codes(other, one) == ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [("SAVE10", "SAVE20"), ("MODERN", "MODEM"), ("SAIL", "SAII"), ("ÉTÉ", "ETE"), ("САЙТ", "CAIT"), ("A-B", "A.B")],
)
def test_codes_that_can_be_told_apart_are_not(one: str, other: str) -> None:
    assert codes(one, other) == []


def test_codes_of_one_promotion_may_look_alike() -> None:
    both = promotion(effect=TENTH, codes=[PromoCode("SAVE10"), PromoCode("SAVE1O")])
    assert told(paid(promotions=[both])) == []
    with_another = [both, promotion("other", effect=TENTH, codes=[PromoCode("SAVEIO")])]
    assert told(paid(promotions=with_another)) == ALIKE


def test_codes_that_are_switched_off_are_left_out() -> None:
    assert codes(PromoCode("SAVE10", enabled=False), "SAVE1O") == ["note promotions[0].codes: all_codes_switched_off"]


def test_both_codes_are_named() -> None:
    promotions = [promotion("one", effect=TENTH), promotion("two", effect=TENTH, codes=[PromoCode("0NE")])]
    assert says(paid(promotions=promotions)) == "0NE looks like ONE, a code of one."


def test_a_skeleton_has_a_skeleton_of_its_own() -> None:
    for text in ("SAVE10", "modem", "СКИДКА", "ΕΚΠΤΩΣΗ"):
        assert skeleton(skeleton(text)) == skeleton(text)
