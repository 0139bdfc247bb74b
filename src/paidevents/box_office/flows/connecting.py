"""Accounts at payment providers: connected, and disconnected."""

from collections.abc import Mapping

from attrs import evolve

from paidevents.access.roles import Action, permit
from paidevents.box_office.asking_store import Find, Get
from paidevents.box_office.asking_tills import TillOf, TillsNamed, Verify
from paidevents.box_office.asks import Flow, Now, ask, flow, run
from paidevents.box_office.flows.loading import event_of, kept
from paidevents.box_office.flows.scheduling import declared
from paidevents.catalog.event import Charging
from paidevents.catalog.listing import Listing
from paidevents.catalog.people import SYSTEM, Actor, Role
from paidevents.checks import instance, text
from paidevents.errors import NotFoundError, RefusedError
from paidevents.lifecycle.event import EventState
from paidevents.ports.connection import Connection, base_name, connection_id
from paidevents.ports.records import Stored
from paidevents.reason import Finding, Severity

_RUNNING = (EventState.SCHEDULED, EventState.LIVE, EventState.ENDED)


@flow
def connect(
    owner: str,
    provider: str,
    account: str,
    *,
    statement: str = "",
    short_statement: str = "",
    support: str = "",
    by: Actor,
) -> Flow[tuple[Connection, tuple[Finding, ...]]]:
    """
    Have the money of somebody's events go to an account at a provider, once it is checked (CM-01, CM-22, GT-01).

    Another account than before turns the events on sale free, as disconnecting does (GT-06).

    Args:
        owner: The organizer's account in the host application (GT-02).
        provider: The provider's name with its mode.
        account: The account there.
        statement: What stands on the buyer's bank statement; empty for what the account says (CM-29).
        short_statement: Its short form.
        support: A number that buyers can call.
        by: Who connects it.

    Returns:
        The connection, and what its owner should know of the account.

    Raises:
        NotAllowedError: Not theirs to connect.
        RefusedError: Something is wrong with the account: the reasons say what.
        ProviderError: The provider does not answer.
        InvalidValueError: An argument that cannot be.
    """
    _permit(owner, by)
    till = yield from ask(TillOf(text(provider, "provider"), text(account, "account")))
    findings = yield from ask(Verify(till.provider, till.account))
    if errors := [one.reason for one in findings if one.severity is Severity.ERROR]:
        raise RefusedError(errors)
    stored = yield from ask(Get(Connection, connection_id(owner, till.provider)))
    at = yield from ask(Now())
    made = Connection(
        owner=owner,
        provider=till.provider,
        account=till.account,
        statement=statement,
        short_statement=short_statement,
        support=support,
        connected_at=at,
    )
    if stored is None:
        yield from kept(made)
        return made, findings
    before = stored.record
    if before.is_connected and (before.provider, before.account) != (made.provider, made.account):
        # First this: if all ends in between, whoever asks once more finds the account before, and goes on.
        yield from _turned_free(owner, base_name(provider))
    yield from kept(replaces=(Stored(made, stored.version),))
    return made, findings


@flow
def disconnect(owner: str, provider: str, *, by: Actor) -> Flow[Connection]:
    """
    Take no more money through an account. Events on sale that have no other way to be paid become free (GT-06).

    What was paid through it is still given back through it.

    Raises:
        NotAllowedError: Not theirs to disconnect.
        NotFoundError: It is not connected.
    """
    _permit(owner, by)
    stored = yield from ask(Get(Connection, connection_id(owner, provider)))
    if stored is None or not stored.record.is_connected:
        raise NotFoundError(connection_id(owner, provider))
    at = yield from ask(Now())
    after = stored.record.disconnected(at)
    yield from _turned_free(owner, base_name(provider))
    yield from kept(replaces=(Stored(after, stored.version),))
    return after


def _permit(owner: str, by: Actor) -> None:
    who = instance(by, "by", Actor)
    permit(who, Action.CONNECT_PROVIDER, owns=who == Actor(Role.ORGANIZER, owner))


def _turned_free(owner: str, base: str) -> Flow[None]:
    """Every event of *owner* on sale that is paid with this provider, and with no other that is left, becomes free."""
    found = yield from ask(Find(Connection, "owner", owner))
    known = {base_name(one.record.provider): one.record.is_connected for one in found}
    after = ""
    while True:
        page = yield from ask(Find(Listing, "organizer", owner, after=after))
        if not page:
            return
        for stored in page:
            names = {one.name for one in stored.record.event.providers}
            if stored.record.state in _RUNNING and base in names:
                is_left = yield from _takes_money(names - {base}, known)
                if not is_left:
                    yield from run(_free(stored.record.id))
        after = page[-1].record.id


def _takes_money(names: set[str], known: Mapping[str, bool]) -> Flow[bool]:
    """Whether one of these providers is connected, or needs no connection, as cash."""
    for name in sorted(names):
        if known[name] if name in known else (yield from ask(TillsNamed(name))):
            return True
    return False


@flow
def _free(event: str) -> Flow[None]:
    stored = yield from event_of(event)
    if stored.record.event.charging is Charging.ON:
        yield from declared(stored, evolve(stored.record.event, charging=Charging.DISCONNECTED), SYSTEM)
