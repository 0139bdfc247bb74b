"""Tokens: derived, personal, and compared in one way."""

import hmac
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from access.comparisons import compared_directly
from access.doors import KEY

from paidevents import access
from paidevents.access import HostKey, Purpose, Token, fingerprint, token, tokens_in_use, verify
from paidevents.errors import InvalidValueError

OLD, OLDER, NEW = b"old-" * 8, b"older---" * 4, b"new-" * 8
LINK = token(KEY, Purpose.JOIN, "pass-1", 0).reveal()
FOLDER = Path(access.__path__[0])


def test_a_token_is_the_mac_of_its_parts_each_behind_its_length() -> None:
    """
    By hand: printf '\\0\\0\\0\\4join\\0\\0\\0\\6pass-1\\0\\0\\0\\0010' | openssl dgst -sha256 -mac HMAC
    -macopt key:0123456789abcdef0123456789abcdef -binary | openssl base64, with - and _ and without the padding.
    """
    assert LINK == "Tp9AGpzM19lbal_ubvy_mNv5PBRI1cRriQy6dli-Hh0"


def test_what_a_store_keeps_is_its_sha_256() -> None:
    """printf Tp9A… | sha256sum"""
    kept = "97549919ceadb8b51ef90504ea752053b33cd8aaf6fdbbb395ea4e65f4c341dc"
    assert fingerprint(LINK) == fingerprint(Token(LINK)) == kept


@pytest.mark.parametrize("text", ["", "x", "x=", "../../", LINK + "=", LINK + "\n", "é" * 43, "\ud800", "x" * 10**6])
def test_what_is_no_token_has_the_fingerprint_of_none(text: str) -> None:
    assert fingerprint(text) == fingerprint("nothing") != fingerprint(LINK)
    with pytest.raises(InvalidValueError, match="token: This link is not valid"):
        Token(text)


def test_each_part_makes_another_token() -> None:
    others = {
        token(KEY, purpose, id, generation).reveal()
        for purpose in Purpose
        for id in ("pass-1", "pass-10", "pass-11")
        for generation in (0, 1, 10)
    }
    assert len(others) == len(Purpose) * 3 * 3


def test_a_token_is_good_for_its_pass_purpose_and_generation_only() -> None:
    assert verify(KEY, Purpose.JOIN, "pass-1", 0, LINK)
    assert verify(KEY, Purpose.JOIN, "pass-1", 0, Token(LINK))
    assert not verify(KEY, Purpose.CANCEL, "pass-1", 0, LINK)
    assert not verify(KEY, Purpose.JOIN, "pass-2", 0, LINK)
    assert not verify(KEY, Purpose.JOIN, "pass-1", 1, LINK)
    assert not verify(HostKey(NEW), Purpose.JOIN, "pass-1", 0, LINK)


def test_links_stay_good_while_the_key_is_changed_and_end_when_it_is_left_out() -> None:
    sent = token(HostKey(OLD, (OLDER,)), Purpose.JOIN, "p", 0)
    changed = HostKey(NEW, (OLD, OLDER))
    assert (changed.count, HostKey(NEW).count) == (3, 1)
    assert verify(changed, Purpose.JOIN, "p", 0, sent)
    assert verify(changed, Purpose.JOIN, "p", 0, token(changed, Purpose.JOIN, "p", 0))
    assert not verify(HostKey(NEW, [OLDER]), Purpose.JOIN, "p", 0, sent)


def test_the_same_link_can_be_sent_again_after_the_key_was_changed() -> None:
    kept = fingerprint(token(HostKey(OLD), Purpose.JOIN, "p", 0))
    in_use = tokens_in_use(HostKey(NEW, (OLD,)), Purpose.JOIN, "p", 0)
    assert [fingerprint(each) == kept for each in in_use] == [False, True]
    assert in_use[0] == token(HostKey(NEW), Purpose.JOIN, "p", 0)


def test_equal_tokens_are_equal_values() -> None:
    assert Token(LINK) == Token(LINK) != token(KEY, Purpose.JOIN, "pass-1", 1)
    assert len({Token(LINK), Token(LINK)}) == 1
    assert Token(LINK) != LINK


@pytest.mark.parametrize(
    ("current", "older", "message"),
    [
        (b"", (), "current: A key has from 32 to 1024 bytes"),
        (b"x" * 31, (), "current: A key has from 32 to 1024 bytes"),
        (b"x" * 1025, (), "current: A key has from 32 to 1024 bytes"),
        (b"x" * 32, (b"x" * 1024, b"y" * 31), r"older\[1\]: A key has from 32 to 1024 bytes"),
        ("x" * 32, (), "current: Expected bytes, got str"),
        (bytearray(32), (), "current: Expected bytes, got bytearray"),
        (b"x" * 32, b"x" * 32, "older: Expected list, tuple, got bytes"),
        (b"x" * 32, (None,), r"older\[0\]: Expected bytes, got NoneType"),
        (b"x" * 32, (b"x" * 32,) * 10, "older: No more than 10 keys are in use at once"),
    ],
)
def test_a_key_is_long_enough_to_be_none_that_can_be_guessed(current: Any, older: Any, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        HostKey(current, older)


def test_ten_keys_of_any_allowed_length_may_be_in_use() -> None:
    assert HostKey(b"x" * 32, (b"x" * 1024,) * 9).count == 10


@pytest.mark.parametrize(
    "ask",
    [
        lambda: token(None, Purpose.JOIN, "p", 0),  # type: ignore[arg-type]
        lambda: token(KEY, "join", "p", 0),  # type: ignore[arg-type]
        lambda: token(KEY, Purpose.JOIN, "", 0),
        lambda: token(KEY, Purpose.JOIN, "p", -1),
        lambda: token(KEY, Purpose.JOIN, "p", True),
        lambda: verify(KEY, Purpose.JOIN, "p", 0, None),  # type: ignore[arg-type]
        lambda: verify(KEY, Purpose.JOIN, "p", 0, b"x"),  # type: ignore[arg-type]
        lambda: fingerprint(5),  # type: ignore[arg-type]
        lambda: KEY.signatures("text"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_asked_is_a_typed_error(ask: Callable[[], object]) -> None:
    with pytest.raises(InvalidValueError):
        ask()


@pytest.mark.parametrize("presented", [LINK, LINK[:-1] + "A", "", "x" * 43, "x" * 10**5, "é" * 43])
@pytest.mark.parametrize("older", [(), (OLD,), (OLD, OLDER)])
def test_the_work_is_the_same_on_hit_and_miss(
    presented: str, older: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One signature and one comparison of 43 bytes a key, whatever was presented."""
    key = HostKey(b"0123456789abcdef0123456789abcdef", older)
    signed: list[int] = []
    compared: list[tuple[int, int]] = []
    digest, compare = hmac.digest, hmac.compare_digest

    def sign(*arguments: Any) -> bytes:
        signed.append(len(arguments[1]))
        return digest(*arguments)

    def compare_both(right: bytes, other: bytes) -> bool:
        compared.append((len(right), len(other)))
        return compare(right, other)

    monkeypatch.setattr(hmac, "digest", sign)
    monkeypatch.setattr(hmac, "compare_digest", compare_both)
    assert verify(key, Purpose.JOIN, "pass-1", 0, presented) is (presented == LINK)
    assert len(signed) == len(older) + 1
    assert compared == [(43, 43)] * (len(older) + 1)


def test_no_token_is_compared_but_in_constant_time() -> None:
    """tokens-003, and once that the search finds what it looks for."""
    assert compared_directly("if self.token == presented.reveal(): pass")
    assert compared_directly("x = a in [token]")
    assert not compared_directly("x = self.id == other.id or token is None")
    sources = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.py")}
    assert len(sources) > 5
    assert {name: compared_directly(source) for name, source in sources.items()} == {name: [] for name in sources}
    assert sum(source.count("compare_digest(") for source in sources.values()) == 2
