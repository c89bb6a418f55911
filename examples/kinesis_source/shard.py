"""Reading one shard, from where it begins to its tip or its end."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from typing import Any, Callable

from botocore.exceptions import ClientError

from .position import LATEST, Position, after, at_time

#: A shard gives five reads a second to all its readers together.
READ_INTERVAL = 0.2
#: The reader that came too often waits longer than that, up to this many seconds.
LONGEST_PAUSE = 5.0
#: Records that one read asks for; Kinesis gives no more than 10,000, or 10 MiB.
PAGE = 10_000


class Shard:
    def __init__(
        self,
        client: Any,
        stream: str,
        shard_id: str,
        start: Position,
        parents: frozenset[str] = frozenset(),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.id = shard_id
        #: They are read to their end before this one, or one key's records come out of order.
        self.parents = parents
        self.is_at_tip = False
        #: Closed, and read to its end.
        self.is_over = False
        #: When it may be read again, on the clock.
        self.next_read = 0.0
        self._client = client
        self._stream = stream
        self._position = start
        self._clock = clock
        self._iterator: str | None = None
        self._pause = READ_INTERVAL

    def read(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """
        One page of records, and the shards that took over if this one is over. Both may be empty.
        Raises botocore's errors but for those that reading again mends.
        """
        self.next_read = self._clock() + self._pause
        try:
            page = self._page()
        except ClientError as error:
            self._recover(error)
            return [], []
        self._pause = READ_INTERVAL
        records = page["Records"]
        if records:
            self._position = after(records[-1]["SequenceNumber"])
        self._iterator = page.get("NextShardIterator")
        self.is_over = self._iterator is None
        self.is_at_tip = page.get("MillisBehindLatest") == 0
        return records, page.get("ChildShards", [])

    def _page(self) -> dict[str, Any]:
        if self._iterator is None:
            answer = self._client.get_shard_iterator(
                StreamName=self._stream, ShardId=self.id, **self._position
            )
            self._iterator = answer["ShardIterator"]
            if self._position == LATEST:
                # Another such iterator would leave out what came since this one.
                self._position = at_time(datetime.now(timezone.utc))
        return self._client.get_records(ShardIterator=self._iterator, Limit=PAGE)

    def _recover(self, error: ClientError) -> None:
        code = error.response["Error"]["Code"]
        if code == "ExpiredIteratorException":
            # Older than five minutes; a new one goes on after the last record that was read.
            self._iterator = None
        elif code in ("ProvisionedThroughputExceededException", "LimitExceededException"):
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
            self.next_read = self._clock() + self._pause
        else:
            raise error
