"""Rows as `df.show(vertical=True)` prints them."""

from __future__ import annotations

import json
from typing import Any, Iterator

from .row import Row

MIN_WIDTH = 20


def show(number: int, row: Row, truncate: int) -> str:
    """Lines of a row; values longer than `truncate` characters are cut, 0 cuts none."""
    cells = [(name, cut(printable(value), truncate)) for name, value in columns_of(row, truncate)]
    names = max(len(name) for name, _ in cells)
    values = max(MIN_WIDTH, *(len(value) for _, value in cells))
    header = f"-RECORD {number}".ljust(names + values + 5, "-")
    return "\n".join([header, *(f" {name.ljust(names)} | {value}" for name, value in cells)])


def columns_of(row: Row, truncate: int) -> Iterator[tuple[str, str]]:
    """The source's six columns, the text in `data`, and the columns that from_json makes of it."""
    yield "partitionKey", row.partition_key
    # Three characters a byte: more would be cut off again.
    shown = row.data if truncate == 0 else row.data[:truncate]
    yield "data", f"[{shown.hex(' ').upper()}]"
    yield "stream", row.stream
    yield "shardId", row.shard_id
    yield "sequenceNumber", row.sequence_number
    yield "approximateArrivalTimestamp", row.timestamp
    yield "CAST(data AS STRING)", row.text
    if isinstance(row.parsed, dict):
        for name, value in row.parsed.items():
            yield f"  {printable(name)}", as_text(value)
    else:
        yield "from_json", as_text(row.parsed)


def as_text(value: Any) -> str:
    if value is None:
        return "NULL"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def cut(text: str, truncate: int) -> str:
    return text if truncate == 0 or len(text) <= truncate else f"{text[: truncate - 3]}..."


def printable(text: str) -> str:
    """On one line, and without control characters that a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )
