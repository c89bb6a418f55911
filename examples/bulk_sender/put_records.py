"""The route PUT …/records: one request, and what its answer means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import requests

from kinesis_api import SettingsError

from .batches import body_of
from .records import Record

#: Seconds to connect, and to wait for an answer: the API gives one within 29.
TIMEOUT = (10, 35)
#: Statuses that waiting may mend. See docs/retries.md.
PASSING_STATUSES = frozenset({429, 502, 503, 504})
#: Networks recover. A wrong certificate stays wrong, so SSLError is not among them.
PASSING_ERRORS = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)


class Passing(Exception):
    """The request was not accepted, or the outcome is unknown; it may be sent again."""

    def __init__(self, reason: str, retry_after: float = 0) -> None:
        super().__init__(reason)
        #: Seconds that the API asks to wait.
        self.retry_after = retry_after


class Stopped(Exception):
    """The request would be answered the same next time. The message says why."""


@dataclass(frozen=True)
class PutRecords:
    session: requests.Session
    url: str

    def __call__(self, records: Sequence[Record]) -> list[str | None]:
        """
        For each record what Kinesis refused it with, or None where it took it.
        Raises Passing and Stopped.
        """
        try:
            answer = self.session.put(
                self.url,
                data=body_of(records),
                headers={"Content-Type": "application/json"},
                timeout=TIMEOUT,
                # Redirected, a PUT may become a GET.
                allow_redirects=False,
            )
        except SettingsError as error:
            raise Stopped(str(error)) from error
        except requests.exceptions.SSLError as error:
            raise Stopped(f"No secure connection: {error}") from error
        except PASSING_ERRORS as error:
            raise Passing(f"no answer ({type(error).__name__})") from error
        except requests.RequestException as error:
            raise Stopped(f"The request cannot be sent: {error}") from error
        if answer.status_code in (200, 207):
            return refusals_in(answer, len(records))
        if answer.status_code in PASSING_STATUSES:
            raise Passing(told_by(answer), seconds(answer.headers.get("Retry-After", "0")))
        raise Stopped(told_by(answer))


def refusals_in(answer: requests.Response, count: int) -> list[str | None]:
    """The results are in the order of the records. Raises Stopped where they cannot be."""
    try:
        results = answer.json()["Records"]
        refusals = [result.get("ErrorCode") for result in results]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Stopped(f"{answer.status_code} without results: is {answer.url} this API?") from error
    if len(refusals) != count:
        raise Stopped(f"{answer.status_code} with {len(refusals)} results for {count} records")
    return refusals


def told_by(answer: requests.Response) -> str:
    """The status and the error envelope, or the start of whatever came instead."""
    try:
        envelope = answer.json()
        return f"{answer.status_code} {envelope['code']}: {envelope['message']}"
    except (ValueError, KeyError, TypeError):
        start = " ".join(answer.text[:200].split())
        return f"{answer.status_code} {start or answer.reason or ''}".strip()


def seconds(retry_after: str) -> float:
    """A proxy in between may send a date; then the back-off alone decides."""
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else 0
