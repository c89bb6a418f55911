"""Records from lines of JSON: each line is a record's data."""

from __future__ import annotations

import json
from typing import BinaryIO, Iterator

from .gateway_numbers import Floats
from .lines import Line, read_lines
from .records import MAX_LINE_BYTES, Record, RecordMaker, Refused, Unusable


def read_json_lines(
    stream: BinaryIO, maker: RecordMaker, resume_from: int = 1
) -> Iterator[Record | Refused]:
    """Skips empty lines. Yields invalid lines as Refused instead of raising."""
    for line in read_lines(stream):
        if line.number < resume_from or not (line.is_piece or line.raw.strip()):
            continue
        yield item_of(line, maker)


def item_of(line: Line, maker: RecordMaker) -> Record | Refused:
    following = line.number + 1
    if line.is_piece:
        reason = f"a line of more than {MAX_LINE_BYTES:,} bytes" if line.is_first_piece else None
        return Refused(line.number, following, line.raw, reason, is_piece=True)
    try:
        text = line.raw.decode().strip()
        floats = Floats()
        value = parse(text, floats)
        # The text goes out as it came in: no number is rounded, no member put elsewhere.
        return maker.make(line.number, following, line.raw, value, text, floats.growth)
    except UnicodeDecodeError as error:
        reason = f"byte {error.start + 1} is no UTF-8"
    except Unusable as error:
        reason = str(error)
    return Refused(line.number, following, line.raw, reason)


def parse(text: str, floats: Floats) -> object:
    """Raises Unusable for invalid JSON, and for JSON that the API would change."""
    try:
        return json.loads(text, parse_constant=no_constant, parse_float=floats)
    except json.JSONDecodeError as error:
        raise Unusable(f"no JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise Unusable("nested too deeply") from error
    except ValueError as error:  # An integer of more digits than Python reads.
        raise Unusable(f"no usable JSON: {error}") from error


def no_constant(name: str) -> object:
    raise Unusable(f"no JSON: {name} is not a value of it")
