"""A record as it is sent, and the reasons why a line cannot be one."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass

#: Kinesis takes 1 MiB a record, key included, unless the stream has been set to take more.
MAX_RECORD_BYTES = 1024 * 1024
#: Characters that a partition key may have.
MAX_KEY_LENGTH = 256
#: Lines longer than this cannot be sent whatever they hold, and are not held in memory.
MAX_LINE_BYTES = 16 * 1024 * 1024

#: API Gateway writes these as \uXXXX when it turns JSON into text.
ESCAPED_BY_GATEWAY = re.compile("[\x7f-\x9f\u2000-\u20ff]")
SURROGATE = re.compile("[\ud800-\udfff]")


class Unusable(Exception):
    """A line is not a record. The message says why."""


@dataclass(frozen=True)
class Record:
    #: Where it begins, and where the one after it does; lines count from 1.
    line: int
    next_line: int
    #: As it was read, for the file of rejected records.
    raw: bytes
    #: Its element of the request's `records`.
    element: bytes
    key: str
    #: Bytes that Kinesis counts: the data as it is stored, and the key.
    size: int


@dataclass(frozen=True)
class Refused:
    """A line that was read and cannot be sent."""

    line: int
    next_line: int
    raw: bytes
    #: None for the further pieces of a line that came in several.
    reason: str | None
    #: One of several pieces that together are the line.
    is_piece: bool = False


@dataclass(frozen=True)
class RecordMaker:
    #: The member or column whose value is the key; None for a random key for each record.
    key_column: str | None = None
    max_bytes: int = MAX_RECORD_BYTES

    def make(
        self, line: int, next_line: int, raw: bytes, value: object, text: str, growth: int = 0
    ) -> Record:
        """
        `text` is `value` as JSON; `growth` what its numbers are longer as the gateway writes them.
        Raises Unusable.
        """
        key = self._key(value)
        try:
            size = stored_size(value) + growth + len(key.encode())
        except (UnicodeEncodeError, RecursionError) as error:
            raise Unusable(ENCODING_REASONS[type(error)]) from error
        if size > self.max_bytes:
            raise Unusable(f"{size:,} bytes with its key; a record may have {self.max_bytes:,}")
        # API Gateway's parser leaves out a DEL that is not escaped; only JSON's texts can have one.
        text = text.replace("\x7f", "\\u007f")
        element = f'{{"data":{text},"partition-key":{json.dumps(key)}}}'.encode()
        return Record(line, next_line, raw, element, key, size)

    def _key(self, value: object) -> str:
        if self.key_column is None:
            return str(uuid.uuid4())
        found = value.get(self.key_column) if isinstance(value, dict) else None
        if isinstance(found, (bool, int, float)):
            found = json.dumps(found)
        if not isinstance(found, str) or found == "":
            raise Unusable(f"no text or number in '{self.key_column}', which is to be the key")
        if len(found) > MAX_KEY_LENGTH:
            raise Unusable(f"a key of {len(found)} characters; it may have {MAX_KEY_LENGTH}")
        if SURROGATE.search(found):
            raise Unusable(ENCODING_REASONS[UnicodeEncodeError])
        return found


ENCODING_REASONS = {
    UnicodeEncodeError: "half of a surrogate pair, which UTF-8 cannot say",
    RecursionError: "nested too deeply",
}


def stored_size(value: object) -> int:
    """Bytes of the data as the API stores it: a string's own, otherwise those of its JSON text."""
    if isinstance(value, str):
        return len(value.encode())
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    escapes = ESCAPED_BY_GATEWAY.findall(text)
    return len(text.encode()) + sum(6 - len(character.encode()) for character in escapes)
