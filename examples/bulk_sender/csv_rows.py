"""Records from CSV: each row is a JSON object, its members named by the first row."""

from __future__ import annotations

import csv
import json
from typing import BinaryIO, Iterator

from .lines import read_lines
from .records import MAX_LINE_BYTES, Record, RecordMaker, Refused, Unusable


class CsvError(Exception):
    """The input is not CSV from here on: row boundaries can no longer be found."""


class CsvRows:
    """Values are text: CSV knows no other type. A row may be several lines."""

    def __init__(self, stream: BinaryIO, maker: RecordMaker, delimiter: str = ",") -> None:
        """Reads the first row. Raises CsvError."""
        self.maker = maker
        #: The lines of the row that is being read.
        self._raw: list[bytes] = []
        self._line = 0
        csv.field_size_limit(MAX_LINE_BYTES)
        self._rows = csv.reader(self._lines(stream), delimiter=delimiter, strict=True)
        self.columns = self._next_row() or []
        self.header = b"".join(self._raw)
        if not any(self.columns):
            raise CsvError("The CSV has no first row that names the columns.")
        repeated = sorted({name for name in self.columns if self.columns.count(name) > 1})
        if repeated:
            raise CsvError(f"The CSV names a column twice: {', '.join(repeated)}")
        if maker.key_column is not None and maker.key_column not in self.columns:
            known = ", ".join(self.columns)
            raise CsvError(f"The CSV has no column '{maker.key_column}'. It has: {known}")

    def read(self, resume_from: int = 1) -> Iterator[Record | Refused]:
        """Empty lines are left out. Raises CsvError when the rest cannot be read."""
        while True:
            self._raw = []
            line = self._line + 1
            row = self._next_row()
            if row is None:
                return
            if row and line >= resume_from:
                yield self._item(line, row)

    def _next_row(self) -> list[str] | None:
        first = self._line + 1
        try:
            return next(self._rows, None)
        except (csv.Error, UnicodeDecodeError) as error:
            raise CsvError(f"The CSV cannot be read from line {first} on: {error}") from error

    def _lines(self, stream: BinaryIO) -> Iterator[str]:
        for line in read_lines(stream):
            if line.is_piece:
                raise csv.Error(f"line {line.number} has more than {MAX_LINE_BYTES:,} bytes")
            self._line = line.number
            self._raw.append(line.raw)
            yield line.raw.decode()

    def _item(self, line: int, row: list[str]) -> Record | Refused:
        raw = b"".join(self._raw)
        try:
            if len(row) != len(self.columns):
                raise Unusable(f"{len(row)} values for {len(self.columns)} columns")
            value = dict(zip(self.columns, row))
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            return self.maker.make(line, self._line + 1, raw, value, text)
        except Unusable as error:
            return Refused(line, self._line + 1, raw, str(error))
