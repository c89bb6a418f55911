"""Reading all shards of a stream, including those that a split or a merge creates."""

from __future__ import annotations

import time
from typing import Any, Callable, Iterator

from .position import TRIM_HORIZON, Position
from .shard import Shard


def read_stream(
    client: Any,
    stream: str,
    start: Position,
    follow: bool = False,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """
    Shard ids and records, those of a shard in its order. Ends when every open shard has been read
    to its tip, unless told to follow. Raises botocore's errors.
    """
    shards = {
        described["ShardId"]: Shard(
            client, stream, described["ShardId"], start, parents_of(described), clock
        )
        for described in list_shards(client, stream)
    }
    while True:
        due = [shard for shard in readable(shards) if follow or not shard.is_at_tip]
        if not due:
            return
        shard = min(due, key=lambda candidate: candidate.next_read)
        pause = shard.next_read - clock()
        if pause > 0:
            sleep(pause)
        records, children = shard.read()
        for record in records:
            yield shard.id, record
        for child in children:
            parents = frozenset(child["ParentShards"])
            # Both parents of a merge tell of it. What it holds came after the parents' last record.
            shards.setdefault(
                child["ShardId"],
                Shard(client, stream, child["ShardId"], TRIM_HORIZON, parents, clock),
            )


def readable(shards: dict[str, Shard]) -> list[Shard]:
    """Shards that are not read to their end, but whose parents are, or have expired."""
    unfinished = {shard.id for shard in shards.values() if not shard.is_over}
    return [
        shard
        for shard in shards.values()
        if shard.id in unfinished and not shard.parents & unfinished
    ]


def parents_of(described: dict[str, Any]) -> frozenset[str]:
    names = (described.get("ParentShardId"), described.get("AdjacentParentShardId"))
    return frozenset(name for name in names if name)


def list_shards(client: Any, stream: str) -> Iterator[dict[str, Any]]:
    answer = client.list_shards(StreamName=stream)
    yield from answer["Shards"]
    while answer.get("NextToken"):
        answer = client.list_shards(NextToken=answer["NextToken"])
        yield from answer["Shards"]
