"""Where reading begins, in the arguments of GetShardIterator."""

from __future__ import annotations

import argparse
import re
from datetime import datetime, timezone

Position = dict[str, object]

TRIM_HORIZON: Position = {"ShardIteratorType": "TRIM_HORIZON"}
LATEST: Position = {"ShardIteratorType": "LATEST"}


def position(text: str) -> Position:
    """`trim_horizon`, `latest` or a time, UTC unless it says otherwise. For argparse."""
    name = text.lower().replace("-", "_")
    if name in ("trim_horizon", "earliest"):
        return TRIM_HORIZON
    if name == "latest":
        return LATEST
    try:
        # Before Python 3.11 fromisoformat does not know Z.
        time = datetime.fromisoformat(re.sub("[zZ]$", "+00:00", text))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is neither trim_horizon nor latest nor a time such as 2026-01-31T09:30"
        ) from None
    return at_time(time if time.tzinfo else time.replace(tzinfo=timezone.utc))


def at_time(time: datetime) -> Position:
    return {"ShardIteratorType": "AT_TIMESTAMP", "Timestamp": time}


def after(sequence_number: str) -> Position:
    return {
        "ShardIteratorType": "AFTER_SEQUENCE_NUMBER",
        "StartingSequenceNumber": sequence_number,
    }
