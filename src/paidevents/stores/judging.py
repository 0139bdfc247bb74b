"""What is to be said of a commit, in view of what is there: the same answer from every store."""

from collections.abc import Callable, Container, Iterator, Mapping

from paidevents.checks import INT64_MAX
from paidevents.errors import ConflictError, CorruptRecordError, DuplicateError, ExhaustedError
from paidevents.ports.records import kind_of
from paidevents.ports.store import Commit

# The version of a record by its type and id; None if there is none.
VersionOf = Callable[[type[object], str], int | None]


def id_of(record: object) -> str:
    """
    The id of a record.

    Raises:
        InvalidValueError: No store keeps such a thing.
    """
    return kind_of(type(record)).id(record)


def needed(commit: Commit) -> Iterator[tuple[type[object], str, int]]:
    """Type, id and version of every record that has to be there."""
    for stored in commit.replaces:
        yield type(stored.record), id_of(stored.record), stored.version
    for expected in commit.expects:
        yield expected.type, expected.id, expected.version


def refuse_conflicts(commit: Commit, version_of: VersionOf) -> None:
    """
    Refuse what was decided on records that are others by now.

    Raises:
        ConflictError: One has another version, or is not there.
    """
    for type_, id, version in needed(commit):
        found = version_of(type_, id)
        if found != version:
            raise ConflictError(id, version, found)


def refuse_duplicates(commit: Commit, version_of: VersionOf, booked: Container[str]) -> None:
    """
    Refuse what is there already, or comes twice.

    Args:
        commit: The commit.
        version_of: What is there.
        booked: Ids of entries that the event has; those of the commit are enough.

    Raises:
        DuplicateError: A record or an entry is there, or comes twice.
    """
    written: set[tuple[type[object], str]] = set()
    for record in commit.inserts:
        type_, id = type(record), id_of(record)
        if (type_, id) in written or version_of(type_, id) is not None:
            raise DuplicateError(id)
        written.add((type_, id))
    for stored in commit.replaces:
        type_, id = type(stored.record), id_of(stored.record)
        if (type_, id) in written:
            raise DuplicateError(id)
        written.add((type_, id))
    own: set[str] = set()
    for entry in commit.entries:
        if entry.id in own or entry.id in booked:
            raise DuplicateError(entry.id)
        own.add(entry.id)


def counted(commit: Commit, counts: Mapping[str, int]) -> dict[str, int]:
    """
    What the counters of a commit come to: what is given back comes first, so that it may be taken again.

    Args:
        commit: The commit.
        counts: What is taken of its counters before it; nothing of what is missing.

    Raises:
        ExhaustedError: A counter has less left than is to be taken.
        CorruptRecordError: More would be given back than was taken.
    """
    after: dict[str, int] = {}
    for give in commit.gives:
        name = give.counter
        after[name] = after.get(name, counts.get(name, 0)) - give.count
        if after[name] < 0:
            raise CorruptRecordError(name)
    for take in commit.takes:
        name, limit = take.counter, INT64_MAX if take.limit is None else take.limit
        had = after.get(name, counts.get(name, 0))
        if had + take.count > limit:
            raise ExhaustedError(name, take.count, max(limit - had, 0))
        after[name] = had + take.count
    return after
