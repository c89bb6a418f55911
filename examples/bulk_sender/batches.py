"""Batches as large as the route PUT …/records takes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterable, Iterator

from .records import Record, Refused

MAX_RECORDS = 500
#: Data and keys, as Kinesis counts them.
MAX_BYTES = 5 * 1024 * 1024
#: API Gateway takes bodies of 10 MB, in which escapes make a record longer than it counts.
MAX_BODY_BYTES = 10_000_000

PREFIX, SEPARATOR, SUFFIX = b'{"records":[', b",", b"]}"


@dataclass
class Batch:
    """Records to send together, and the lines between them that cannot be sent."""

    records: list[Record] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    #: The line after the last one in it.
    next_line: int = 1


def body_of(records: Iterable[Record]) -> bytes:
    """The request's body."""
    return PREFIX + SEPARATOR.join(record.element for record in records) + SUFFIX


def batches(items: Iterable[Record | Refused], one_per_key: bool = False) -> Iterator[Batch]:
    """
    In the order of the input, with nothing read ahead but the record that did not fit.
    With `one_per_key` no batch has two records of one key, so that none can overtake another.
    """
    batch, load = Batch(), Load()
    try:
        for item in items:
            item = fitting(item)
            if not load.has_room_for(item, one_per_key):
                yield batch
                batch, load = Batch(), Load()
            (batch.records if isinstance(item, Record) else batch.refused).append(item)
            batch.next_line = item.next_line
            load.add(item)
    except Exception:
        # Records that were read before the input failed are sent anyway.
        if load.count > 0:
            yield batch
        raise
    if load.count > 0:
        yield batch


def fitting(item: Record | Refused) -> Record | Refused:
    """A record that no request has room for is refused."""
    if isinstance(item, Refused) or len(item.element) <= MAX_BODY_BYTES - len(PREFIX + SUFFIX):
        return item
    reason = f"{len(item.element):,} bytes as JSON; a request may have {MAX_BODY_BYTES:,}"
    return Refused(item.line, item.next_line, item.raw, reason)


class Load:
    """How full a batch is. Refused lines count as well: they stay in memory until then."""

    def __init__(self) -> None:
        self.count = 0
        self.size = 0
        self.body = len(PREFIX + SUFFIX)
        self.keys: set[str] = set()

    def has_room_for(self, item: Record | Refused, one_per_key: bool) -> bool:
        if self.count == 0:
            return True
        if self.count == MAX_RECORDS:
            return False
        if isinstance(item, Refused):
            return self.size + len(item.raw) <= MAX_BYTES
        return (
            self.size + item.size <= MAX_BYTES
            and self.body + len(item.element) + len(SEPARATOR) <= MAX_BODY_BYTES
            and not (one_per_key and item.key in self.keys)
        )

    def add(self, item: Record | Refused) -> None:
        self.count += 1
        if isinstance(item, Refused):
            self.size += len(item.raw)
            return
        self.size += item.size
        self.body += len(item.element) + len(SEPARATOR)
        self.keys.add(item.key)
