"""Sends a file of any size to a stream: lines of JSON, or CSV.

  python bulk_send.py INVOKE_URL STREAM events.jsonl --key customer
  zcat events.csv.gz | python bulk_send.py INVOKE_URL STREAM --format csv

Each line of JSON is a record's data; each row of a CSV is a JSON object whose values are strings.
Batches have up to 500 records and 5 MiB. Only what Kinesis refuses is sent again; see
docs/retries.md. Whatever is never accepted is added to the file --rejected, as it was read. To send
it again, pass that file as FILE and name another one with --rejected.

Order: each batch is complete before the next is sent. Within a batch, Kinesis may accept a record
and refuse one before it, which then comes later in its shard. With --ordered, no batch has two
records of the same key, so the records of a key stay in order; that is slow when keys are few. If
an answer is lost (502, 504, network), the records are sent again and may be in the stream twice.

Exit code: 0 all accepted, 1 some rejected, 2 it could not start, 130 Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import BinaryIO, Iterator

import requests

from bulk_sender.batches import MAX_BYTES, batches
from bulk_sender.csv_rows import CsvError, CsvRows
from bulk_sender.delivery import BackOff
from bulk_sender.interruption import Interruption
from bulk_sender.json_lines import read_json_lines
from bulk_sender.progress import Progress, Tally
from bulk_sender.put_records import PutRecords
from bulk_sender.records import MAX_RECORD_BYTES, Record, RecordMaker, Refused
from bulk_sender.rejected import RejectedFile
from bulk_sender.run import INTERRUPTED, Run
from kinesis_api import SettingsError, add_api_arguments, authorization_for, stream_url

COULD_NOT_START = 2


def whole_number(at_most: int | None = None):
    def parse(text: str) -> int:
        number = int(text)
        if number < 1 or (at_most is not None and number > at_most):
            raise ValueError(text)
        return number

    # argparse names the type when it refuses a value.
    parse.__name__ = "number from 1" + ("" if at_most is None else f" to {at_most}")
    return parse


def arguments_of(command_line: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_api_arguments(parser)
    parser.add_argument("input", metavar="FILE", nargs="?", default="-", help="left out: stdin")
    parser.add_argument("--format", choices=("jsonl", "csv"), help="otherwise by the file's name")
    parser.add_argument("--delimiter", default=",", help="between the values of a CSV")
    parser.add_argument(
        "--key",
        metavar="NAME",
        help="member or column with the partition key; left out, each record gets a random one",
    )
    parser.add_argument("--ordered", action="store_true", help="keep the order within a key")
    parser.add_argument(
        "--rejected",
        type=Path,
        metavar="FILE",
        help="what was not accepted is added to it (default: rejected.jsonl or .csv)",
    )
    parser.add_argument("--resume-from", type=whole_number(), default=1, metavar="LINE")
    parser.add_argument("--attempts", type=whole_number(), default=10, help="of each batch")
    parser.add_argument(
        "--max-record-bytes",
        type=whole_number(MAX_BYTES),
        default=MAX_RECORD_BYTES,
        help="with the key; more than 1 MiB where the stream is set to take it",
    )
    arguments = parser.parse_args(command_line)
    if len(arguments.delimiter) != 1 or arguments.delimiter in '"\r\n':
        parser.error("--delimiter is one character")
    if arguments.format is None:
        arguments.format = "csv" if arguments.input.lower().endswith(".csv") else "jsonl"
    if arguments.rejected is None:
        arguments.rejected = Path(f"rejected.{arguments.format}")
    return arguments


def open_input(name: str) -> BinaryIO:
    return sys.stdin.buffer if name == "-" else open(name, "rb")


def items_of(
    arguments: argparse.Namespace, stream: BinaryIO, rejected: RejectedFile
) -> Iterator[Record | Refused]:
    """Raises CsvError."""
    maker = RecordMaker(arguments.key, arguments.max_record_bytes)
    if arguments.format == "jsonl":
        return read_json_lines(stream, maker, arguments.resume_from)
    rows = CsvRows(stream, maker, arguments.delimiter)
    rejected.header = rows.header
    return rows.read(arguments.resume_from)


def send(arguments: argparse.Namespace, stream: BinaryIO, rejected: RejectedFile) -> int:
    interruption = Interruption()
    tally = Tally()
    progress = Progress(tally, sys.stderr)
    with requests.Session() as session:
        session.auth = authorization_for(arguments)
        run = Run(
            put=PutRecords(session, stream_url(arguments, "records")),
            back_off=BackOff(arguments.attempts),
            rejected=rejected,
            interruption=interruption,
            tally=tally,
            progress=progress,
            is_ordered=arguments.ordered,
            next_line=arguments.resume_from,
        )
        # A terminal or a slow pipe may have Ctrl-C come while the first row is read.
        with interruption.allowed():
            items = items_of(arguments, stream, rejected)
        code = run.send(batches(items, arguments.ordered))
    progress.end()
    print(tally.summary())
    if tally.rejected > 0:
        print(f"{tally.rejected:,} not accepted: {rejected.path}")
    if run.ended_by is not None:
        print(run.ended_by, file=sys.stderr)
        line = run.next_line
        print(f"Lines before {line} are done with. To go on: --resume-from {line}")
    return code


def main() -> int:
    arguments = arguments_of()
    try:
        with open_input(arguments.input) as stream:
            rejected = RejectedFile(arguments.rejected)
            try:
                if rejected.is_same_as(stream.fileno()):
                    raise SettingsError("FILE and --rejected are the same file: name another one")
                return send(arguments, stream, rejected)
            finally:
                rejected.close()
    except (SettingsError, CsvError, OSError) as error:
        print(error, file=sys.stderr)
        return COULD_NOT_START
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
