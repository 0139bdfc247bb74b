"""`paidevents demo --kill`: a process is killed in the middle of a sale, and another one sets everything right."""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from paidevents.cli.columns import cell
from paidevents.cli.progress import Progress
from paidevents.cli.reporting.words import HEADINGS
from paidevents.cli.sales_file import known_file, new_file
from paidevents.cli.story.balance import BALANCE_TITLE, show_balance
from paidevents.cli.story.half_way import HALF_WAY, STARTED, half_way
from paidevents.cli.story.stage import PODCAST, Stage
from paidevents.errors import RefusedError
from paidevents.explain.state_words import phrase_of
from paidevents.lifecycle.payment import PaymentState
from paidevents.payments.snapshot import Status
from paidevents.ports.obligation import Obligation
from paidevents.reason import Reason
from paidevents.testing.world import NamesInOrder

NEVER_HALF_WAY = Reason("demo_never_half_way", "The second process ended before it was half-way.")

WAITING = Reason("phrase_demo_waiting", "Waiting for the second process; calls: {calls}")

BEFORE = Reason(
    "demo_kill_before",
    "A second process of this program opens the file and sells. In the middle of a call it is killed: no goodbye, no "
    "clean-up, as when somebody pulls the plug. Then this process opens the same file.",
)
KILLED_TITLE = Reason("phrase_demo_killed", "Killed half-way")
KILLED = Reason(
    "phrase_demo_say_killed",
    "Ana’s card was charged, and nobody had told the second process of it yet. Dai’s page was opened at the provider, "
    "and the answer never arrived. This is all that the provider saw:",
)
CALL = Reason("phrase_demo_call", "call")
KEY = Reason("phrase_demo_key", "under the key")
OPENED_PAGE = Reason("phrase_demo_opened_page", "a page is opened")
BUYER_PAID = Reason("phrase_demo_buyer_paid", "the buyer pays")

FOUND_TITLE = Reason("phrase_demo_found", "What the file says two minutes later")
FOUND = Reason(
    "phrase_demo_say_found",
    "Nothing is half written: each decision is in the file whole, or not at all. But it is behind the world:",
)
OUR_PAYMENT = Reason("phrase_demo_our_payment", "payment here")
THEIR_PAYMENT = Reason("phrase_demo_their_payment", "at the provider")
DUE = Reason("demo_due", "Due, for it is not known to be done: “{task}” for {order}, under the key {key}.")

RIGHT_TITLE = Reason("phrase_demo_right", "One call sets it right")
RIGHT = Reason(
    "demo_right",
    "reconcile() does what is due, under the same key, and asks the provider what became of every open payment. Tries: "
    "{done}; news: {news}.",
)
SAME_PAGE = Reason(
    "phrase_demo_say_same_page",
    "Ana has her two places. Dai finds the page that was opened for him before: pages at the provider: {pages}, one "
    "for each order. He pays there. Then every notification comes, and all of them come once more:",
)
ONCE = Reason(
    "demo_once", "A second reconcile() finds nothing to do; changes: {changes}. Whoever paid is in, and paid once."
)

# A page that is open, and a payment that came, are called alike on both sides.
AT_THE_PROVIDER = {Status.OPEN: PaymentState.OPEN, Status.PAID: PaymentState.PAID}

Call = tuple[Any, ...]


class LaterNames(NamesInOrder):
    """Names that the process before had not given."""

    def new(self) -> str:
        """The next name."""
        return f"later{super().new()}"


def tell_of_kill(path: str, locale: str, progress: Progress) -> int:
    """
    Have a second process sell on a new file at *path*, kill it half-way, and set everything right.

    Returns:
        The exit status: 0 if the ledger balances, else 1.

    Raises:
        InvalidValueError: There is a file already.
        RefusedError: The second process ended by itself.
        MissingExtraError: The extra `sql` is not installed.
    """
    new_file(path).close()
    calls = until_half_way(half_way, path, lambda count: progress.told(cell(WAITING.given(calls=count), locale)))
    with known_file(path) as store:
        stage = Stage(store, locale, (PODCAST,))
        stage.orders = {name: f"order-{name.lower()}" for name in ("Ana", "Dai")}
        stage.world.ids = LaterNames()
        stage.world.restart()
        stage.tell.say(BEFORE)
        _killed(stage, calls)
        _found(stage)
        _set_right(stage)
    stage.tell.scene(BALANCE_TITLE, stage.now)
    with known_file(path) as again:
        return show_balance(stage.tell, again, stage.events.values())


def until_half_way(sell: Callable[[str, Connection], None], path: str, waiting: Callable[[int], None]) -> list[Call]:
    """
    Run *sell* in a process of its own, and kill it where it says that it is half-way.

    Args:
        sell: Sells on the file at *path*, and tells what its provider is asked.
        path: The file.
        waiting: Called now and then while nothing comes, with the number of calls so far.

    Returns:
        What its provider was asked, in order.

    Raises:
        RefusedError: It ended before that.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=sell, args=(path, theirs), daemon=True)
    process.start()
    theirs.close()
    calls: list[Call] = []
    try:
        while True:
            while not ours.poll(1):
                waiting(len(calls))
            call = ours.recv()
            if call == (HALF_WAY,):
                return calls
            calls.append(call)
    except EOFError:
        raise RefusedError((NEVER_HALF_WAY,)) from None
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _killed(stage: Stage, calls: list[Call]) -> None:
    """The provider is another company: its books outlive the process that was killed. They are played here."""
    stage.tell.scene(KILLED_TITLE, stage.now)
    stage.tell.say(KILLED)
    rows: list[tuple[object, ...]] = []
    for what, of, *key in calls:
        if what == STARTED:
            stage.world.card.start(of, key=key[0])
            rows.append((OPENED_PAGE, of.reference, of.amount, key[0]))
        else:
            paid = stage.world.card.pay(of)
            rows.append((BUYER_PAID, paid.reference, paid.received, None))
    stage.tell.table(rows, (CALL, HEADINGS["order"], HEADINGS["amount"], KEY), right=(2,))


def _found(stage: Stage) -> None:
    stage.world.clock.advance(minutes=2)
    stage.tell.scene(FOUND_TITLE, stage.now)
    stage.tell.say(FOUND)
    _orders(stage)
    for stored in stage.world.store.due(Obligation, stage.world.clock.now()):
        due = stored.record
        stage.tell.look(DUE.given(task=due.task.value, order=due.order, key=due.key))
    stage.standing(PODCAST)


def _set_right(stage: Stage) -> None:
    world, tell = stage.world, stage.tell
    tell.scene(RIGHT_TITLE, stage.now)
    done = world.box.reconcile()
    tell.say(RIGHT.given(done=done.done, news=done.news))
    _orders(stage)
    tell.gap()
    tell.say(SAME_PAGE.given(pages=len(world.card.payments())))
    stage.pay_by_card("Dai")
    for place in range(len(world.card.notifications())):
        headers, body = world.card.resend(place)
        world.box.receive(world.card.name, headers, body, account=world.card.account)
    _orders(stage)
    tell.look(ONCE.given(changes=world.box.reconcile().changes))
    stage.standing(PODCAST)


def _orders(stage: Stage) -> None:
    """Where each order stands, here and at the provider."""
    theirs = {seen.reference: seen for seen in stage.world.card.payments()}
    rows = []
    for who, order in stage.orders.items():
        dossier = stage.dossier(who)
        one, payment, seen = dossier.order.registrations[0], dossier.payments[0], theirs[order]
        states = [phrase_of(state) for state in (dossier.order.state, one.state, payment.state)]
        rows.append((who, *states, phrase_of(AT_THE_PROVIDER[seen.status]), dossier.received))
    tell = stage.tell
    ours = (HEADINGS[name] for name in ("name", "order", "state"))
    tell.table(rows, (*ours, OUR_PAYMENT, THEIR_PAYMENT, HEADINGS["booked"]), right=(5,))
