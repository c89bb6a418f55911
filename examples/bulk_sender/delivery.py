"""Sending a batch until all of it is taken, or it is time to give up."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Callable, Sequence

from .put_records import Passing, Stopped
from .records import Record

#: Sends records, and says for each what it was refused with; raises Passing and Stopped.
Put = Callable[[Sequence[Record]], "list[str | None]"]


@dataclass(frozen=True)
class BackOff:
    """Exponential, with full jitter: writers that were refused together do not return together."""

    attempts: int = 10
    #: Seconds.
    first: float = 0.1
    longest: float = 10.0

    def pause(self, failures: int, retry_after: float) -> float:
        """Seconds to wait after so many failures. Raises Stopped when the API asks for too long."""
        if retry_after > self.longest:
            raise Stopped(f"the API asks to wait for {retry_after:.0f} seconds")
        # The exponent has a bound so that no number of attempts is too large for a float.
        limit = min(self.longest, self.first * 2 ** min(failures - 1, 32))
        return max(retry_after, random.uniform(0, limit))


class GivenUp(Exception):
    """The attempts are used up."""

    def __init__(self, reason: str, api_answers: bool) -> None:
        super().__init__(reason)
        #: Kinesis refused these records and took others, so others may still be sent.
        self.api_answers = api_answers


def deliver(
    pending: list[Record],
    put: Put,
    back_off: BackOff,
    wait: Callable[[float], None],
    on_accepted: Callable[[Sequence[Record]], None],
    on_retry: Callable[[int], None],
) -> None:
    """
    Sends the records of `pending` and takes out of it those that Kinesis took, so that it holds the
    rest whatever is raised: GivenUp, Stopped, or what `wait` raises.
    """
    failures = 0
    while pending:
        retry_after = 0.0
        try:
            refusals = put(pending)
            on_accepted([r for r, refusal in zip(pending, refusals) if refusal is None])
            pending[:] = [r for r, refusal in zip(pending, refusals) if refusal is not None]
            reason, api_answers = ", ".join(sorted({str(r) for r in refusals if r})), True
        except Passing as passing:
            reason, api_answers, retry_after = str(passing), False, passing.retry_after
        if not pending:
            return
        failures += 1
        if failures == back_off.attempts:
            raise GivenUp(f"{reason}, {failures} times", api_answers)
        try:
            wait(back_off.pause(failures, retry_after))
        except Stopped as stopped:
            raise Stopped(f"{reason}; {stopped}") from stopped
        on_retry(len(pending))
