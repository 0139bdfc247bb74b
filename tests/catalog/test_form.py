"""What a registration asks for."""

from typing import Any

import pytest
from catalog.declared import talk

from paidevents import InvalidValueError
from paidevents.catalog import Disclaimer, Question, RegistrationForm


def question(id: str = "level", **changed: Any) -> Question:
    return Question(**{"id": id, "text": "How much do you know?", **changed})


def refused(make: Any, **changed: Any) -> tuple[str, str]:
    with pytest.raises(InvalidValueError) as error:
        make(**changed)
    return error.value.field, error.value.reason.code


def test_an_event_asks_for_nothing_unless_it_says_so() -> None:
    assert talk().form == RegistrationForm() == RegistrationForm(questions=(), disclaimer=None, remark="")
    asking = RegistrationForm(questions=(question(),))
    assert talk(form=asking).form is asking
    assert refused(talk, form=None) == ("form", "wrong_type")


def test_an_answer_is_free_and_of_five_hundred_characters_unless_the_question_says_otherwise() -> None:
    plain = question()
    assert (plain.required, plain.choices, plain.longest) == (False, (), 500)
    assert question(choices=["Nothing", "nothing", "Nothing "]).choices == ("Nothing", "nothing", "Nothing ")
    assert [question(longest=most).longest for most in (1, 5000)] == [1, 5000]


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"id": "Level"}, "id", "bad_format"),
        ({"text": ""}, "text", "empty"),
        ({"text": "x" * 501}, "text", "too_long"),
        ({"text": "Well,\nhow much?"}, "text", "forbidden_characters"),
        ({"required": 1}, "required", "wrong_type"),
        ({"choices": "Nothing"}, "choices", "wrong_type"),
        ({"choices": ["Nothing", ""]}, "choices[1]", "empty"),
        ({"choices": ["Nothing", "x" * 501]}, "choices[1]", "too_long"),
        ({"choices": ["a", "b", "a"]}, "choices[2]", "choice_twice"),
        ({"choices": [str(number) for number in range(201)]}, "choices", "out_of_range"),
        ({"longest": 0}, "longest", "out_of_range"),
        ({"longest": 5001}, "longest", "out_of_range"),
    ],
)
def test_a_question_that_cannot_be_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    assert refused(question, **changed) == (field, reason)


def test_a_disclaimer_has_text_of_one_line_or_several_and_a_version() -> None:
    assert Disclaimer(text="One.\n\nTwo.") == Disclaimer(text="One.\n\nTwo.", version=1)
    assert len(Disclaimer(text="x" * 20_000, version=1_000_000).text) == 20_000


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"text": ""}, "text", "empty"),
        ({"text": "x" * 20_001}, "text", "too_long"),
        ({"text": "One.\r\nTwo."}, "text", "forbidden_characters"),
        ({"text": "e\u0301"}, "text", "not_nfc"),
        ({"text": None}, "text", "wrong_type"),
        ({"version": 0}, "version", "out_of_range"),
        ({"version": 1_000_001}, "version", "out_of_range"),
        ({"version": True}, "version", "bool_not_allowed"),
    ],
)
def test_a_disclaimer_that_cannot_be_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    assert refused(Disclaimer, **{"text": "No advice.", **changed}) == (field, reason)


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"questions": [question(), question()]}, "questions[1].id", "duplicate_id"),
        ({"questions": [question(f"q{number}") for number in range(101)]}, "questions", "out_of_range"),
        ({"questions": ["Why?"]}, "questions[0]", "wrong_type"),
        ({"disclaimer": "No advice."}, "disclaimer", "wrong_type"),
        ({"remark": "x" * 5001}, "remark", "too_long"),
        ({"remark": None}, "remark", "wrong_type"),
    ],
)
def test_a_form_that_cannot_be_is_refused(changed: dict[str, Any], field: str, reason: str) -> None:
    assert refused(RegistrationForm, **changed) == (field, reason)
