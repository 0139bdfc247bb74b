"""What is said to somebody who asks for nothing: one price, and where to go from there."""

from paidevents.cli import asking
from paidevents.cli.event_files import DEMO
from paidevents.cli.sheet import Sheet

ORDER = f"{DEMO}workshop -n seat=2 --code DUO --code MARCH"
AT = "--at 2026-05-04T09:00+02:00"

NEXT = {
    "paidevents demo": "two events sold: late money, refunds, reports, the ledger",
    f"paidevents explain {ORDER} {AT} --locale fr": "why, in French",
    "paidevents demo workshop > event.toml && paidevents check event.toml": "an event of your own",
}


def welcome() -> None:
    """Print it."""
    answer = asking.answer_to(f"{ORDER} {AT}")
    print("paidevents: sell access to online events, exact to the cent.\n")
    print(f"$ paidevents quote {ORDER} {AT}\n")
    print("\n".join(Sheet(answer.quote, answer.event, "en").lines()))
    print("\nNext:")
    for command, what in NEXT.items():
        print(f"  {command}   # {what}")
    print("\n`paidevents --help` lists all commands.")
