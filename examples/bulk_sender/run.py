"""One run: every line that it has completed is accepted, or in the file of rejected records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

from .batches import Batch
from .csv_rows import CsvError
from .delivery import BackOff, GivenUp, Put, deliver
from .interruption import Interruption
from .progress import Progress, Tally
from .put_records import Stopped
from .records import Record
from .rejected import RejectedFile

#: What the shell gives a program that Ctrl-C ended.
INTERRUPTED = 130


@dataclass
class Run:
    put: Put
    back_off: BackOff
    rejected: RejectedFile
    interruption: Interruption
    tally: Tally
    progress: Progress
    #: Kinesis's refusal of a record ends the run, for what comes after must not overtake it.
    is_ordered: bool = False
    #: The line from which another run would continue.
    next_line: int = 1
    #: Why it ended before the input did.
    ended_by: str | None = None

    def send(self, batches: Iterator[Batch]) -> int:
        """Returns the exit code: 0 when all is accepted, 1 when not, 130 when Ctrl-C ended it."""
        interrupted = False
        try:
            while (batch := self._next(batches)) is not None:
                self._send_batch(batch)
                if self.ended_by is not None:
                    break
        except KeyboardInterrupt:
            self.ended_by = "Interrupted"
            interrupted = True
        except (CsvError, OSError) as error:
            self.ended_by = str(error)
        if interrupted:
            return INTERRUPTED
        return 1 if self.ended_by is not None or self.tally.rejected > 0 else 0

    def _next(self, batches: Iterator[Batch]) -> Batch | None:
        with self.interruption.allowed():
            return next(batches, None)

    def _send_batch(self, batch: Batch) -> None:
        """Raises KeyboardInterrupt, with the batch accounted for all the same."""
        self.progress.draw()
        for item in batch.refused:
            if item.reason is not None:
                self.progress.tell(item.line, item.reason)
                self.tally.rejected += 1
        pending = list(batch.records)
        try:
            deliver(
                pending, self.put, self.back_off, self.interruption.wait, self._accept, self._retry
            )
        except GivenUp as given_up:
            self._give_up(pending, given_up)
        except Stopped as stopped:
            self.ended_by = f"Stopped at {lines_of(batch.records)}: {stopped}"
        finally:
            self.rejected.add(sorted([*batch.refused, *pending], key=lambda item: item.line))
            self.tally.rejected += len(pending)
            self.next_line = batch.next_line
        self.progress.draw()

    def _give_up(self, pending: list[Record], given_up: GivenUp) -> None:
        if given_up.api_answers and not self.is_ordered:
            for record in pending:
                self.progress.tell(record.line, str(given_up))
        else:
            self.ended_by = f"Gave up at {lines_of(pending)}: {given_up}"

    def _accept(self, records: list[Record]) -> None:
        self.tally.accepted += len(records)
        self.tally.size += sum(record.size for record in records)

    def _retry(self, count: int) -> None:
        self.tally.sent_again += count
        self.progress.draw()


def lines_of(records: list[Record]) -> str:
    first, last = records[0].line, records[-1].line
    return f"line {first}" if first == last else f"lines {first} to {last}"
