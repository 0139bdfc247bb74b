"""Neither a key nor a token shows up anywhere by accident."""

import copy
import json
import logging
import pickle
import pprint
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
from access.doors import BEFORE, KEY, START, come, link, place
from catalog.declared import talk

from paidevents import access
from paidevents.access import (
    Device,
    HostKey,
    Pass,
    Purpose,
    Recording,
    Token,
    admit,
    admit_viewer,
    recognised,
    token,
    verify,
)
from paidevents.errors import InvalidValueError, NotAllowedError, PaidEventsError

CANARY = b"canary-of-a-key-that-nobody-sees"
SECRET_KEY = HostKey(CANARY, (CANARY[::-1],))
SENT = token(SECRET_KEY, Purpose.JOIN, "p1", 0)
SECRETS: list[tuple[Any, str]] = [(SECRET_KEY, "canary"), (SENT, SENT.reveal())]
each_secret = pytest.mark.parametrize(("secret", "canary"), SECRETS, ids=["key", "token"])


@attrs.frozen
class Holder:
    secret: Any
    number: int = 0


@each_secret
@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        "{}".format,
        "{!r:>50}".format,
        "{:>50}".format,
        lambda secret: f"%s {secret}" % secret,
        pprint.pformat,
        lambda secret: repr([secret, {"x": secret}]),
        lambda secret: repr(Holder(secret)),
        lambda secret: repr(attrs.asdict(Holder(secret))),
        lambda secret: repr(attrs.astuple(Holder(secret))),
        lambda secret: json.dumps(attrs.asdict(Holder(secret)), default=str),
        lambda secret: repr(attrs.evolve(Holder(secret), number=1)),
        lambda secret: repr(copy.copy(secret)) + repr(copy.deepcopy([secret])),
        lambda secret: repr(Exception(secret)) + str(Exception(secret)),
        lambda secret: repr(secret.__dir__()),
    ],
)
def test_it_is_not_shown(show: Callable[[Any], str], secret: Any, canary: str) -> None:
    shown = show(secret)
    assert isinstance(shown, str) and canary not in shown


@each_secret
@pytest.mark.parametrize(
    "dump",
    [*(partial(pickle.dumps, protocol=protocol) for protocol in range(6)), lambda secret: secret.__getstate__()],
)
def test_it_is_not_written_down(dump: Callable[[Any], object], secret: Any, canary: str) -> None:
    with pytest.raises(PaidEventsError, match="A secret is not written down") as refused:
        dump(secret)
    assert canary not in f"{refused.value!r} {refused.value}"


@each_secret
def test_a_copy_is_the_secret_itself(secret: Any, canary: str) -> None:
    assert copy.copy(secret) is copy.deepcopy(secret) is attrs.evolve(Holder(secret)).secret is secret
    assert canary


@each_secret
def test_nothing_walks_into_it(secret: Any, canary: str) -> None:
    for walk in (vars, attrs.asdict, attrs.fields, json.dumps, iter, len, bytes):
        with pytest.raises((TypeError, attrs.exceptions.NotAnAttrsClassError)) as refused:
            walk(secret)
        assert canary not in str(refused.value)


@each_secret
def test_it_stays_what_it_is(secret: Any, canary: str) -> None:
    with pytest.raises(AttributeError):
        setattr(secret, "_hidden", "x")  # noqa: B010
    with pytest.raises(AttributeError):
        delattr(secret, "_hidden")
    assert canary not in repr(secret)
    assert isinstance(secret, HostKey) or secret.reveal() == canary


@each_secret
def test_it_is_in_no_log(secret: Any, canary: str, caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError(secret)
    except ValueError:
        logging.getLogger("host").exception("at the door: %s %r", secret, secret)
    assert "(…)" in caplog.text and canary not in caplog.text


def reported(ask: Callable[[], object]) -> str:
    """What a tool reports of an error that shows the local variables of each of our frames."""
    with pytest.raises(PaidEventsError) as refused:
        ask()
    found = traceback.TracebackException.from_exception(refused.value, capture_locals=True)
    ours = [frame for frame in found.stack if Path(frame.filename).is_relative_to(access.__path__[0])]
    assert ours
    return "".join(repr(frame.locals) for frame in ours) + "".join(found.format_exception_only())


def test_an_error_shows_neither_key_nor_token_with_all_that_stood_around_it() -> None:
    short = CANARY[:20]
    assert "canary" not in reported(lambda: HostKey(short)) + reported(lambda: HostKey(CANARY, (short,)))
    wrong = SENT.reveal()[:-2]
    assert wrong not in reported(lambda: Token(wrong))
    holder, good = place(), link(place())
    for presented, found, at in [
        (wrong, holder, START),
        (wrong, None, START),
        (good, None, START),
        (good, holder, BEFORE),
    ]:
        assert presented not in reported(partial(come, found, presented, at=at))
    film = Recording(id="film", event_id="talk", attached_at=START)
    asked: dict[str, Any] = {"event": talk(), "at": START, "account_active": True, "viewers": 0}
    for presented in (wrong, link(holder, Purpose.RECORDING)):
        assert presented not in reported(partial(admit_viewer, holder, KEY, presented, film, **asked))
        assert presented not in reported(partial(recognised, None, KEY, Purpose.CANCEL, presented, talk()))


def test_the_text_of_a_refusal_names_no_device() -> None:
    full = place(devices=(Device("canary-device", BEFORE),), most_devices=1)
    with pytest.raises(NotAllowedError) as refused:
        full.admitted("other-canary", START)
    assert "canary" not in f"{refused.value} {refused.value!r} {refused.value.reasons} {full!r}"


def test_a_pass_holds_no_token() -> None:
    """tokens-002: what is stored of a pass is enough to check a link, and not to make one."""
    holder = place()
    sent = token(SECRET_KEY, Purpose.JOIN, holder.id, holder.generation).reveal()
    stored = json.dumps(attrs.asdict(holder), default=str)
    assert sent not in stored and "canary" not in stored
    assert verify(SECRET_KEY, Purpose.JOIN, holder.id, holder.generation, sent)
    assert isinstance(pickle.loads(pickle.dumps(holder)), Pass)


def test_a_token_is_told_from_its_text_only_by_asking() -> None:
    assert (Token(SENT.reveal()) == SENT, str(SENT)) == (True, "Token(…)")
    with pytest.raises(InvalidValueError):
        admit(None, SECRET_KEY, 5, event=None, device="x", at=START)  # type: ignore[arg-type]
