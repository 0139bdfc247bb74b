"""Tellings: what a letter may speak of, and what is refused."""

from typing import Any

import pytest
from attrs import evolve
from explain.post import LINKS, K, case, dossier, listing, sold, telling, told, waiting
from generators import catalogs
from hypothesis import given
from hypothesis import strategies as st
from worked.shop import AT, shop

from paidevents import InvalidValueError
from paidevents.access import Purpose, Recording
from paidevents.errors import AmountError, NaiveDatetimeError, PaidEventsError, UnknownCurrencyError
from paidevents.explain import Telling, explain, letter, letter_phrases
from paidevents.ports import Message, MessageKind

OTHER = shop(id="other")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"dossier": evolve(dossier(sold()), order=sold(id="other").order)}, "dossier: Nothing here has the id other"),
        ({"entry": waiting(event="other")}, "entry: Nothing here has the id other"),
        ({"recording": Recording(id="film", event_id="other", attached_at=AT)}, "recording: Nothing here has the id"),
        ({"registration": "A1-7"}, "registration: Nothing here has the id A1-7"),
        ({"dossier": None}, "dossier: A message of the kind confirmation is not written without it"),
        ({"dossier": None, "registration": ""}, "dossier: A message of the kind confirmation is not written"),
        ({"kind": "confirmation"}, "kind: Expected MessageKind"),
        ({"listing": None}, "listing: Expected Listing"),
        ({"values": {"Amount": "1"}}, "values"),
        ({"values": {"amount": 1}}, "values"),
        ({"values": 1}, "values: Expected list, tuple"),
        ({"links": {"join": "https://tickets.example"}}, "links.0.: Expected Purpose"),
        ({"links": {Purpose.JOIN: "a\nb"}}, "links.0.: It contains control characters"),
        ({"links": {Purpose.JOIN: "x" * 2001}}, "links.0.: It is longer than 2000"),
        ({"links": [Purpose.JOIN]}, "links.0.: This is a list of pairs"),
        ({"links": 7}, "links: Expected list, tuple"),
    ],
)
def test_what_does_not_belong_together_is_refused(changed: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidValueError, match=why):
        telling(sold(), changed.pop("kind", K.CONFIRMATION), **changed)


def test_a_letter_without_what_it_speaks_of_is_refused() -> None:
    for kind in (K.DECISION_NEEDED, K.APPROVAL_NEEDED, K.REFUND_FAILED, K.PAYMENT_DISPUTED):
        with pytest.raises(InvalidValueError, match=f"dossier: A message of the kind {kind.value} is not written"):
            told(sold(), kind, dossier=None, registration="")
    for kind in (K.REFUNDED, K.MONEY_RETURNED):
        with pytest.raises(InvalidValueError, match=r"values\.amount: It is empty"):
            told(sold(), kind)
    with pytest.raises(InvalidValueError, match="dossier"):
        told(sold(), K.CONFIRMATION, dossier=None, registration="", entry=waiting())
    with pytest.raises(InvalidValueError, match="dossier"):
        letter(Telling(kind=K.REFUNDED, listing=listing(sold()), entry=waiting()))
    with pytest.raises(InvalidValueError, match="telling: Expected Telling, got str"):
        letter("hello")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "values", "error", "why"),
    [
        (K.REFUNDED, {"amount": "12"}, UnknownCurrencyError, "12 is not a currency"),
        (K.REFUNDED, {"amount": "12.00 "}, UnknownCurrencyError, "is not a currency"),
        (K.REFUNDED, {"amount": "12,00 EUR"}, AmountError, "amount"),
        (K.RESCHEDULED, {"old_starts_at": "2026-04-10T14:00"}, NaiveDatetimeError, r"values\.old_starts_at"),
        (K.RESCHEDULED, {"old_starts_at": "April"}, InvalidValueError, r"values\.old_starts_at: It must look like"),
        (K.CAPACITY_WARNING, {"sold": "many", "limit": "1"}, InvalidValueError, r"values\.sold: It must look like"),
        (K.CAPACITY_WARNING, {"sold": "1"}, InvalidValueError, r"values\.limit"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(
    kind: MessageKind, values: dict[str, str], error: type[PaidEventsError], why: str
) -> None:
    with pytest.raises(error, match=why):
        told(sold(), kind, values=values)


def test_values_and_links_are_given_as_pairs_or_by_name() -> None:
    by_name = telling(sold(), K.REFUNDED, values={"amount": "1.00 EUR", "a": "b"}, links=LINKS)
    as_pairs = telling(sold(), K.REFUNDED, values=[["amount", "1.00 EUR"], ("a", "b")], links=list(LINKS.items()))
    assert by_name == as_pairs and hash(by_name) == hash(as_pairs)
    assert by_name.values == (("a", "b"), ("amount", "1.00 EUR"))
    assert by_name.value("a") == "b" and by_name.value("c") == ""


def test_values_that_are_not_understood_are_passed_on_but_for_who_decided() -> None:
    values = dict(told(sold(), K.REMINDER, values={"colour": "blue", "by": "organizer:42"}).values)
    assert values["colour"] == "blue" and "by" not in values


PHRASES = [reason for value in vars(letter_phrases).values() for reason in catalogs.reasons_in(value)]


def test_there_are_sentences_for_every_kind() -> None:
    assert set(letter_phrases.SUBJECTS) == set(MessageKind)
    assert len(PHRASES) > 80


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.code)
def test_french_sentences_are_set_as_french_is(phrase: Any) -> None:
    """No ordinary space before a colon, semicolon or mark, nor inside « », no straight apostrophe; and nobody is “tu”."""
    french = explain(phrase, "fr")
    assert not any(bad in french for bad in (" :", " ;", " !", " ?", "« ", " »", "'", '"'))
    assert not set(french.lower().replace("-", " ").split()) & {"tu", "te", "ta", "ton", "tes"}
    assert explain(phrase, "en") == phrase.text != ""


@given(data=st.data())
def test_whatever_is_told_is_a_letter_or_a_typed_error(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(MessageKind))
    it = case(kind)
    names = st.sampled_from(["amount", "asked", "refund", "old_starts_at", "why", "session", "sold", "limit", "task"])
    texts = st.one_of(st.text(max_size=30), st.sampled_from(["1.00 EUR", "-1 EUR", "2026-01-01T00:00Z", "12", "{x}"]))
    junk = st.one_of(
        st.none(), st.integers(), texts, st.sampled_from([*MessageKind, *Purpose, LINKS, sold(), waiting()])
    )
    said: dict[str, Any] = {
        **it.said,
        "values": data.draw(st.dictionaries(names, texts) | junk),
        "links": data.draw(st.just(LINKS) | st.dictionaries(st.sampled_from(Purpose), texts) | junk),
    }
    for name in data.draw(
        st.sets(st.sampled_from(["listing", "dossier", "registration", "entry", "recording"]), max_size=1)
    ):
        said[name] = data.draw(junk)
    locale: Any = data.draw(st.sampled_from(["en", "fr", "xx"]) | junk)
    try:
        message = letter(telling(it.desk, kind, **said), locale)
    except PaidEventsError as error:
        assert str(error)
    else:
        assert message is None or isinstance(message, Message)
