"""The file of rejected records: lines as they were read, so that they can be sent again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Iterable

from .records import Record, Refused


class RejectedFile:
    """Appends, so that rejects of an earlier run are kept. Raises OSError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._is_new = not path.exists()
        self._file = path.open("ab")
        if not self._is_new and not ends_with_line_feed(path):
            self._file.write(b"\n")
        #: A CSV's first row; written before the first row that is rejected.
        self.header = b""

    def is_same_as(self, descriptor: int) -> bool:
        """Whether writing to it would write to what is being read."""
        return os.path.samestat(os.fstat(self._file.fileno()), os.fstat(descriptor))

    def add(self, items: Iterable[Record | Refused]) -> None:
        for item in items:
            if self.header and self._file.tell() == 0:
                self._file.write(with_line_feed(self.header))
            is_piece = isinstance(item, Refused) and item.is_piece
            self._file.write(item.raw if is_piece else with_line_feed(item.raw))
        self._file.flush()

    def close(self) -> None:
        """Leaves no empty file behind that was not there before."""
        self._file.close()
        if self._is_new and self.path.stat().st_size == 0:
            self.path.unlink()


def ends_with_line_feed(path: Path) -> bool:
    """Also true of an empty file, and of anything that is not a file, such as /dev/null."""
    if not path.is_file() or path.stat().st_size == 0:
        return True
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def with_line_feed(raw: bytes) -> bytes:
    return raw if raw.endswith(b"\n") else raw + b"\n"
