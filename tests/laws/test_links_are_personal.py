"""Links and passes: nothing but the token opens, no raised generation is forgotten, no device too many."""

import string
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from hypothesis import assume, example, given
from hypothesis import strategies as st

from paidevents.access import HostKey, Pass, Purpose, Revocation, fingerprint, token, tokens_in_use, verify
from paidevents.errors import NotAllowedError

NOON = datetime(2026, 4, 14, 12, tzinfo=UTC)
ALPHABET = string.ascii_letters + string.digits + "-_"
KEYS = st.builds(
    HostKey, st.binary(min_size=32, max_size=64), st.lists(st.binary(min_size=32, max_size=40), max_size=3)
)
IDS = st.text(string.ascii_letters + string.digits + "-:é漢", min_size=1, max_size=20)
GENERATIONS = st.integers(0, 2**63 - 1)
PURPOSES = st.sampled_from(Purpose)


def replaced(text: str, place: int, letter: str) -> str:
    return text[:place] + letter + text[place + 1 :]


# What becomes of a link in a mail, a chat, a browser, or in the hands of somebody who tries.
MUTATIONS: st.SearchStrategy[Callable[[str], str]] = st.one_of(
    st.builds(lambda tail: lambda text: text + tail, st.text(min_size=1, max_size=3)),
    st.builds(lambda head: lambda text: head + text, st.text(min_size=1, max_size=3)),
    st.builds(
        lambda tail: lambda text: text + tail, st.sampled_from(["=", "==", "\n", "%3D", " ", "\x00", "\u200b", "."])
    ),
    st.builds(
        lambda place, letter: lambda text: replaced(text, place, letter),
        st.integers(0, 42),
        st.sampled_from(ALPHABET + "+/=.%") | st.characters(codec="utf-8"),
    ),
    # The last letter carries four bits: three others of it decode to the same 32 bytes.
    st.builds(
        lambda step: lambda text: replaced(text, 42, ALPHABET[ALPHABET.index(text[42]) - step]), st.integers(1, 63)
    ),
    st.builds(lambda count: lambda text: text[:-count], st.integers(1, 43)),
    st.builds(lambda count: lambda text: text[count:], st.integers(1, 43)),
    st.sampled_from([str.upper, str.lower, str.swapcase, lambda text: text[::-1], lambda text: quote(text + "=")]),
    st.just(lambda text: text.translate({ord("-"): "+", ord("_"): "/"})),
    st.just(lambda text: "".join(chr(ord(letter) + 0xFEE0) for letter in text)),  # full width
)


@given(key=KEYS, purpose=PURPOSES, id=IDS, generation=GENERATIONS, mutate=MUTATIONS)
@example(
    key=HostKey(b"x" * 32), purpose=Purpose.JOIN, id="p", generation=0, mutate=lambda text: replaced(text, 42, "B")
)
def test_no_text_but_the_token_itself_opens(
    key: HostKey, purpose: Purpose, id: str, generation: int, mutate: Callable[[str], str]
) -> None:
    """tokens-010."""
    right = token(key, purpose, id, generation)
    text = right.reveal()
    other = mutate(text)
    assume(other != text)
    assert verify(key, purpose, id, generation, text)
    assert not verify(key, purpose, id, generation, other)
    assert fingerprint(other) != fingerprint(right)


@given(key=KEYS, data=st.data())
def test_no_two_things_have_one_token(key: HostKey, data: st.DataObject) -> None:
    """Also where one's parts, written one after the other, read like the other's."""
    alike = st.tuples(
        st.just(Purpose.JOIN), st.text("01", min_size=1, max_size=4), st.sampled_from((0, 1, 10, 11, 101))
    )
    things = alike | st.tuples(PURPOSES, IDS, GENERATIONS)
    one, other = data.draw(things), data.draw(things)
    assume(one != other)
    assert not set(tokens_in_use(key, *one)) & set(tokens_in_use(key, *other))


# What can happen to a pass, in any order. What is refused leaves it as it was.
STEPS: st.SearchStrategy[Callable[[Pass], Pass]] = st.one_of(
    st.builds(
        lambda device, hours: lambda place: place.admitted(device, NOON + timedelta(hours=hours)),
        st.sampled_from("abcdefg"),
        st.integers(-5, 5),
    ),
    st.builds(lambda device: lambda place: place.released(device), st.sampled_from("abcdefg")),
    st.just(lambda place: place.renewed()),
    st.just(lambda place: place.suspended(NOON)),
    st.just(lambda place: place.restored()),
    st.builds(lambda why: lambda place: place.revoked(NOON, why), st.sampled_from(Revocation)),
)


@given(most=st.none() | st.integers(1, 4), steps=st.lists(STEPS, max_size=30))
def test_whatever_happens_no_device_is_too_many_and_no_dead_link_comes_to_life(
    most: int | None, steps: list[Callable[[Pass], Pass]]
) -> None:
    key = HostKey(b"x" * 32, (b"y" * 32,))
    place = Pass(id="p", registration_id="r", event_id="talk", issued_at=NOON, most_devices=most)
    sent = {place.generation: tokens_in_use(key, Purpose.JOIN, place.id, place.generation)}
    for step in steps:
        before = place
        try:
            place = step(before)
        except NotAllowedError:
            continue
        assert len(place.devices) <= (most or 0)
        assert place.generation in {before.generation, before.generation + 1}
        # Whoever could come in and no longer can has lost the link too.
        if place.refusals and not before.refusals:
            assert place.generation == before.generation + 1
        if before.revoked_at is not None:
            assert place is before
        sent.setdefault(place.generation, tokens_in_use(key, Purpose.JOIN, place.id, place.generation))
        for generation, links in sent.items():
            for link in links:
                good = verify(key, Purpose.JOIN, place.id, place.generation, link)
                assert good is (generation == place.generation)
