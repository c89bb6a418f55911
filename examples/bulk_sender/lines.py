"""Lines of a file or pipe, with their numbers, none of them larger than memory has room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Iterator

from .records import MAX_LINE_BYTES

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Line:
    number: int
    raw: bytes
    #: One piece of a line that is too long to be a record; `number` is that of the line.
    is_piece: bool = False
    is_first_piece: bool = False


def read_lines(stream: BinaryIO, limit: int = MAX_LINE_BYTES) -> Iterator[Line]:
    """A line ends with a line feed, as in JSON lines; carriage returns before it stay."""
    number = 0
    goes_on = False
    for raw in iter(lambda: stream.readline(limit), b""):
        is_first = not goes_on
        number += is_first
        is_piece = goes_on or (len(raw) == limit and not raw.endswith(b"\n"))
        goes_on = is_piece and not raw.endswith(b"\n")
        if number == 1 and is_first:
            raw = raw[len(BYTE_ORDER_MARK) :] if raw.startswith(BYTE_ORDER_MARK) else raw
        yield Line(number, raw, is_piece, is_piece and is_first)
