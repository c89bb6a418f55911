"""Shows a stream's records as Spark's Kinesis source returns them, for example in Databricks.

  python read_as_spark.py STREAM --endpoint http://127.0.0.1:4566 --from trim_horizon

The column `data` is binary: to Spark Kinesis records are bytes. A consumer casts it to a string and
takes the columns out of that with from_json:

  df.select(from_json(col("data").cast("string"), schema).alias("row")).select("row.*")

Every record is shown with the source's six columns, the string, and the members of the JSON in it.
All shards are read, closed ones before those that took over from them. It ends where no more is to
be read at the moment, or goes on with --follow. It talks to Kinesis itself, not to the API;
endpoint, credentials and region are found as the AWS CLI finds them (AWS_ENDPOINT_URL, AWS_PROFILE,
…). Records that the Kinesis Producer Library aggregated are shown as they are, not taken apart.

Exit code: 0 read, 1 Kinesis refused, 2 it could not start, 130 Ctrl-C.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from kinesis_source.position import position
from kinesis_source.row import Row, as_json
from kinesis_source.show import show
from kinesis_source.stream import read_stream

REFUSED, COULD_NOT_START, INTERRUPTED = 1, 2, 130


def not_negative(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


not_negative.__name__ = "number from 0"


def arguments_of(command_line: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stream", metavar="STREAM")
    parser.add_argument("--endpoint", metavar="URL", help="otherwise $AWS_ENDPOINT_URL, then AWS")
    parser.add_argument("--region", help="otherwise $AWS_REGION, then the profile's")
    parser.add_argument(
        "--from",
        dest="start",
        type=position,
        default="trim_horizon",
        metavar="POSITION",
        help="trim_horizon, latest or a time",
    )
    parser.add_argument("--follow", action="store_true", help="wait for more at the tip")
    parser.add_argument("--limit", type=not_negative, help="so many records at most")
    parser.add_argument(
        "--format",
        choices=("spark", "json"),
        help="otherwise spark on a terminal, lines of JSON in a pipe",
    )
    parser.add_argument(
        "--truncate",
        type=not_negative,
        default=80,
        help="characters of a value in the format spark; 0 for all",
    )
    arguments = parser.parse_args(command_line)
    if arguments.format is None:
        arguments.format = "spark" if sys.stdout.isatty() else "json"
    if 0 < arguments.truncate < 4:
        parser.error("--truncate is 0, or at least 4")
    return arguments


def kinesis_client(arguments: argparse.Namespace) -> Any:
    return botocore.session.get_session().create_client(
        "kinesis",
        region_name=arguments.region or os.environ.get("AWS_REGION"),
        endpoint_url=arguments.endpoint,
        config=Config(retries={"mode": "standard", "total_max_attempts": 5}),
    )


def read(arguments: argparse.Namespace) -> None:
    client = kinesis_client(arguments)
    records = read_stream(client, arguments.stream, arguments.start, arguments.follow)
    told = False
    for number, (shard_id, record) in enumerate(itertools.islice(records, arguments.limit)):
        row = Row.of(arguments.stream, shard_id, record)
        if row.is_aggregate and not told:
            told = True
            print("Some records are KPL aggregates; they are shown as they are.", file=sys.stderr)
        is_table = arguments.format == "spark"
        print(show(number, row, arguments.truncate) if is_table else as_json(row), flush=True)


def main() -> int:
    arguments = arguments_of()
    # What a record holds must not depend on the terminal's locale.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        read(arguments)
        return 0
    except ClientError as error:
        told = error.response["Error"]
        print(f"Kinesis refused: {told['Code']}: {told['Message']}", file=sys.stderr)
        return REFUSED
    except (BotoCoreError, ValueError) as error:
        print(error, file=sys.stderr)
        return COULD_NOT_START
    except BrokenPipeError:
        # The reader of the pipe has seen enough. Python would complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
