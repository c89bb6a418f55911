"""What the bulk sender shows while it runs."""

import io
import unittest

from bulk_sender.progress import MAX_REASONS, Progress, Tally


class Terminal(io.StringIO):
    def isatty(self):
        return True


class ProgressLine(unittest.TestCase):
    def setUp(self):
        self.now = 0.0
        self.tally = Tally(clock=lambda: self.now)

    def test_a_terminal_sees_records_bytes_rates_and_retries(self):
        terminal = Terminal()
        self.tally.accepted, self.tally.size, self.tally.sent_again = 3000, 3 * 1024 * 1024, 7
        self.now = 2.0
        Progress(self.tally, terminal).draw()
        self.assertIn("3,000 records  3.0 MiB  1,500 records/s  1.50 MiB/s", terminal.getvalue())

    def test_it_is_drawn_over_and_not_too_often(self):
        terminal = Terminal()
        progress = Progress(self.tally, terminal)
        for self.now in (1.0, 1.01, 1.02, 2.0):
            progress.draw()
        self.assertEqual(2, terminal.getvalue().count("\r"))
        self.assertNotIn("\n", terminal.getvalue())

    def test_a_pipe_sees_reasons_only(self):
        pipe = io.StringIO()
        progress = Progress(self.tally, pipe)
        self.now = 1.0
        progress.draw()
        progress.tell(7, "no JSON")
        progress.end()
        self.assertEqual("line 7: no JSON\n", pipe.getvalue())

    def test_a_file_of_another_format_does_not_flood_it(self):
        pipe = io.StringIO()
        progress = Progress(self.tally, pipe)
        for line in range(10_000):
            progress.tell(line, "no JSON")
        self.assertEqual(MAX_REASONS + 1, pipe.getvalue().count("\n"))


if __name__ == "__main__":
    unittest.main()
