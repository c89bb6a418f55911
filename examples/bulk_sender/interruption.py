"""Allows Ctrl-C only between steps, so that nothing is left half done."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from types import FrameType
from typing import Iterator


class Interruption:
    """
    Ctrl-C while a request is out waits for its answer, because without it nobody knows which
    records were taken. While reading or waiting it interrupts at once; a second one always does.
    """

    def __init__(self) -> None:
        self._is_wanted = False
        self._is_allowed = False
        signal.signal(signal.SIGINT, self._on_signal)

    @contextmanager
    def allowed(self) -> Iterator[None]:
        self._is_allowed = True
        try:
            if self._is_wanted:
                raise KeyboardInterrupt
            yield
        finally:
            self._is_allowed = False

    def wait(self, seconds: float) -> None:
        with self.allowed():
            time.sleep(seconds)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_allowed or self._is_wanted:
            raise KeyboardInterrupt
        self._is_wanted = True
        # print could be in the middle of printing.
        os.write(2, "\nWaiting for the answer to the request that is out …\n".encode())
