"""Events in files: TOML as people write it, the JSON that `wire` writes, or one that comes with the package."""

from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from paidevents.catalog.event import Event
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.wire.convert import loads
from paidevents.wire.document import LARGEST
from paidevents.wire.event_file import read_event

NO_SUCH_FILE = Reason("no_such_file", "This file cannot be read.")
NO_SUCH_DEMO = Reason("no_such_demo", "No event with this name comes with the package; known are {known}.")

DEMO = "demo:"  # what the name of an event that comes with the package begins with
HELP = f"path of the event's file: TOML, or a .json document; or an event of the demonstration, {DEMO}masterclass"


def read_event_file(path: str) -> Event:
    """
    The event in the file at *path*; a name that ends in `.json` has a document in it, any other TOML.

    Raises:
        InvalidValueError: There is no such file, or it is not an event; `field` begins with the path.
    """
    if path.startswith(DEMO):
        return read_event(demo_text(path.removeprefix(DEMO)))
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)  # one more than is read, however large it is
    except (OSError, ValueError):  # a name with a NUL in it
        raise InvalidValueError(path, NO_SUCH_FILE) from None
    reader: Callable[[bytes], Event] = _read_document if path.lower().endswith(".json") else read_event
    try:
        return reader(content)
    except InvalidValueError as error:
        raise InvalidValueError(f"{path}: {error.field}", error.reason) from None


def demo_events() -> list[str]:
    """The names of the events that come with the package."""
    return sorted(_demo_files())


def demo_text(name: str) -> str:
    """
    The file of an event that comes with the package.

    Raises:
        InvalidValueError: There is none of this name.
    """
    found = _demo_files().get(name)
    if found is None:
        raise InvalidValueError(f"{DEMO}{name}", NO_SUCH_DEMO.given(known=", ".join(demo_events())))
    return found.read_text("utf-8")


def _demo_files() -> dict[str, Traversable]:
    folder = files("paidevents.cli") / "demo_events"
    return {file.name.removesuffix(".toml"): file for file in folder.iterdir() if file.name.endswith(".toml")}


def _read_document(content: bytes) -> Event:
    return loads(content, Event)
