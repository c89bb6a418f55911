"""A record as a row of Databricks' Kinesis source.

https://docs.databricks.com/en/connect/streaming/kinesis.html has the columns and their types.
"""

from __future__ import annotations

import base64
import json
import math
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

#: How the Kinesis Producer Library begins a record that holds several.
AGGREGATE = bytes.fromhex("f3899ac2")


@dataclass(frozen=True)
class Row:
    partition_key: str
    data: bytes
    stream: str
    shard_id: str
    sequence_number: str
    arrived: datetime

    @staticmethod
    def of(stream: str, shard_id: str, record: dict[str, Any]) -> Row:
        return Row(
            # Where Kinesis distributes the records itself, they come without.
            partition_key=record.get("PartitionKey", ""),
            data=record["Data"],
            stream=stream,
            shard_id=shard_id,
            sequence_number=record["SequenceNumber"],
            arrived=record["ApproximateArrivalTimestamp"].astimezone(timezone.utc),
        )

    @property
    def text(self) -> str:
        """CAST(data AS STRING). Bytes that are not UTF-8 are shown as U+FFFD."""
        return self.data.decode("utf-8", "replace")

    @property
    def parsed(self) -> Any:
        """The JSON in it, or None where from_json would give NULL: it knows objects and arrays."""
        try:
            value = json.loads(self.data.decode(), parse_constant=str, parse_float=finite_or_text)
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, (dict, list)) else None

    @property
    def is_aggregate(self) -> bool:
        return self.data.startswith(AGGREGATE)

    @property
    def timestamp(self) -> str:
        return self.arrived.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def finite_or_text(number: str) -> float | str:
    """JSON has no infinity, so a number too large for a double stays as it is written."""
    return float(number) if math.isfinite(float(number)) else number


def as_json(row: Row) -> str:
    """A line of JSON; `data` in base64, as Databricks' display() has it."""
    return json.dumps(
        {
            "partitionKey": row.partition_key,
            "data": base64.b64encode(row.data).decode(),
            "stream": row.stream,
            "shardId": row.shard_id,
            "sequenceNumber": row.sequence_number,
            "approximateArrivalTimestamp": row.timestamp,
            "CAST(data AS STRING)": row.text,
            "from_json": row.parsed,
        },
        ensure_ascii=False,
    )
