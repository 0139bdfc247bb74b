"""A store without any thought of speed, against which others are held."""

from typing import Any

from paidevents.errors import ConflictError, CorruptRecordError, DuplicateError, ExhaustedError
from paidevents.ledger import Entry
from paidevents.ports import KINDS, Commit, Record

Key = tuple[type[Any], str]


class PlainStore:
    """Plain dicts and lists, searched from end to end. What is written is written into a copy of all."""

    def __init__(self) -> None:
        self.records: dict[Key, tuple[Record, int]] = {}
        self.counts: dict[tuple[str, str], int] = {}
        self.booked: list[tuple[str, Entry]] = []
        self.done: list[str] = []

    def after(self, commit: Commit) -> "PlainStore":
        """This store once *commit* is written; this one stays as it is."""
        if commit.id in self.done:
            return self
        new = PlainStore()
        new.records, new.counts = dict(self.records), dict(self.counts)
        new.booked, new.done = list(self.booked), [*self.done, commit.id]
        for stored in commit.replaces:
            self.expect(key_of(stored.record), stored.version)
        for expected in commit.expects:
            self.expect((expected.type, expected.id), expected.version)
        new.keep(commit)
        for entry in commit.entries:
            if (commit.event, entry.id) in [(event, each.id) for event, each in new.booked]:
                raise DuplicateError(entry.id)
            new.booked.append((commit.event, entry))
        new.count(commit)
        return new

    def expect(self, key: Key, version: int) -> None:
        found = self.records[key][1] if key in self.records else None
        if found != version:
            raise ConflictError(key[1], version, found)

    def keep(self, commit: Commit) -> None:
        for record in commit.inserts:
            if key_of(record) in self.records:
                raise DuplicateError(key_of(record)[1])
            self.records[key_of(record)] = (record, 1)
        touched = [key_of(record) for record in commit.inserts]
        for stored in commit.replaces:
            if key_of(stored.record) in touched:
                raise DuplicateError(key_of(stored.record)[1])
            self.records[key_of(stored.record)] = (stored.record, stored.version + 1)
            touched.append(key_of(stored.record))

    def count(self, commit: Commit) -> None:
        for give in commit.gives:
            counter = (commit.event, give.counter)
            self.counts[counter] = self.counts.get(counter, 0) - give.count
            if self.counts[counter] < 0:
                raise CorruptRecordError(give.counter)
        for take in commit.takes:
            counter = (commit.event, take.counter)
            before = self.counts.get(counter, 0)
            self.counts[counter] = before + take.count
            if take.limit is not None and self.counts[counter] > take.limit:
                raise ExhaustedError(take.counter, take.count, 0 if take.limit < before else take.limit - before)

    def of(self, type_: type[Any]) -> list[tuple[str, Record, int]]:
        """All records of a type with their ids and versions, in order of the ids."""
        return sorted(
            ((id, *found) for (each, id), found in self.records.items() if each is type_), key=lambda row: row[0]
        )


def key_of(record: Record) -> Key:
    return type(record), KINDS[type(record)].id(record)
