"""Progress: a line on a terminal that is redrawn, and a summary at the end."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from typing import Callable, TextIO

MEBIBYTE = 1024 * 1024
#: Seconds between two drawings.
INTERVAL = 0.1
#: Reasons that are printed one by one; a file in another format has one for every line.
MAX_REASONS = 20


@dataclass
class Tally:
    accepted: int = 0
    #: Of the accepted records, as Kinesis counts them.
    size: int = 0
    sent_again: int = 0
    rejected: int = 0
    clock: Callable[[], float] = time.monotonic
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    @property
    def seconds(self) -> float:
        return max(self.clock() - self.started, 0.001)

    def line(self) -> str:
        mebibytes = self.size / MEBIBYTE
        return (
            f"{self.accepted:,} records  {mebibytes:,.1f} MiB  "
            f"{self.accepted / self.seconds:,.0f} records/s  "
            f"{mebibytes / self.seconds:,.2f} MiB/s  "
            f"{self.sent_again:,} sent again  {self.rejected:,} rejected"
        )

    def summary(self) -> str:
        again = f", {self.sent_again:,} sent again" if self.sent_again else ""
        plural = "" if self.accepted == 1 else "s"
        return (
            f"{self.accepted:,} record{plural} accepted ({size_of(self.size)}) "
            f"in {self.seconds:,.1f} s{again}"
        )


def size_of(count: int) -> str:
    """Bytes in a unit that shows something of them."""
    if count >= MEBIBYTE:
        return f"{count / MEBIBYTE:,.1f} MiB"
    return f"{count / 1024:,.1f} KiB" if count >= 1024 else f"{count} bytes"


class Progress:
    """Draws only on a terminal; reasons for rejections are printed everywhere."""

    def __init__(self, tally: Tally, stream: TextIO) -> None:
        self._tally = tally
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._drawn = 0.0
        self._reasons = 0

    def draw(self) -> None:
        now = self._tally.clock()
        if not self._is_terminal or now - self._drawn < INTERVAL:
            return
        self._drawn = now
        columns = shutil.get_terminal_size().columns
        self._write(f"\r\x1b[K{self._tally.line()[: columns - 1]}")

    def tell(self, line: int, reason: str) -> None:
        """Why a line was rejected."""
        self._reasons += 1
        if self._reasons <= MAX_REASONS:
            self.note(f"line {line}: {reason}")
        elif self._reasons == MAX_REASONS + 1:
            self.note("… further reasons are not told one by one")

    def note(self, text: str) -> None:
        self._write(f"{self._erase()}{text}\n")

    def end(self) -> None:
        self._write(self._erase())

    def _erase(self) -> str:
        return "\r\x1b[K" if self._is_terminal else ""

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
