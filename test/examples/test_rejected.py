"""The file of what was never accepted."""

import tempfile
import unittest
from pathlib import Path

from bulk_sender.records import Record, Refused
from bulk_sender.rejected import RejectedFile


def record(line, raw):
    return Record(line, line + 1, raw, b"", "k", 1)


class Rejected(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "rejected"

    def write(self, *items, header=b""):
        file = RejectedFile(self.path)
        file.header = header
        file.add(items)
        file.close()
        return self.path.read_bytes() if self.path.exists() else None

    def test_lines_are_as_they_were_read_and_each_ends(self):
        self.assertEqual(b"\xff\r\n2\n", self.write(record(1, b"\xff\r\n"), record(2, b"2")))

    def test_the_pieces_of_a_line_are_the_line(self):
        pieces = [Refused(1, 2, raw, None, is_piece=True) for raw in (b"ab", b"cd", b"e\n")]
        self.assertEqual(b"abcde\nf\n", self.write(*pieces, record(2, b"f\n")))

    def test_a_csv_has_its_first_row_once(self):
        self.write(record(2, b"1,2\n"), header=b"a,b\n")
        self.assertEqual(b"a,b\n1,2\n3,4\n", self.write(record(3, b"3,4\n"), header=b"a,b\n"))

    def test_what_is_there_stays_even_without_its_line_feed(self):
        self.path.write_bytes(b"earlier")
        self.assertEqual(b"earlier\n1\n", self.write(record(1, b"1\n")))

    def test_without_rejects_there_is_no_file(self):
        self.assertIsNone(self.write())

    def test_an_empty_file_that_was_there_stays(self):
        self.path.touch()
        self.assertEqual(b"", self.write())


if __name__ == "__main__":
    unittest.main()
