"""What becomes of the lines of JSON and the rows of CSV that the bulk sender reads."""

import io
import json
import unittest

from bulk_sender.csv_rows import CsvError, CsvRows
from bulk_sender.json_lines import read_json_lines
from bulk_sender.lines import read_lines
from bulk_sender.records import Record, RecordMaker, Refused, stored_size


def read(text, **maker):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_json_lines(io.BytesIO(data), RecordMaker(**maker)))


def rows(text, key=None, **options):
    return CsvRows(io.BytesIO(text.encode()), RecordMaker(key), **options)


def element(record):
    return json.loads(record.element)


class JsonLines(unittest.TestCase):
    def test_a_line_goes_out_as_it_came_in(self):
        lines = [
            '{"b": 1.10, "a": 12345678901234567890}',
            '"text"',
            '""',
            "null",
            '{"__proto__": {"x": 1}, "constructor": "é 🙂 \\u2028 \\" \\n"}',
        ]
        for line, record in zip(lines, read("\n".join(lines))):
            self.assertIn(b'{"data":' + line.encode() + b",", record.element)

    def test_the_key_is_a_member_or_random(self):
        records = read('{"k": "é"}\n{"k": 7}\n{"k": true}\n', key_column="k")
        self.assertEqual(["é", "7", "true"], [element(r)["partition-key"] for r in records])
        first, second = read('{"k": 1}\n{"k": 1}\n')
        self.assertNotEqual(first.key, second.key)

    def test_what_is_no_record_is_refused_by_its_line_and_the_rest_is_not(self):
        bad = {
            "{": "no JSON",
            '{"k": NaN}': "NaN",
            '{"k": "x", "n": 1e999}': "larger than a double",
            "[" * 100_000: "nested too deeply",
            '{"k": "x", "d": "\\ud83d"}': "surrogate",
            '{"k": "\\ud83d"}': "surrogate",
            '{"other": 1}': "'k'",
            '["k"]': "'k'",
            '{"k": ""}': "'k'",
            '{"k": null}': "'k'",
            '{"k": "' + "x" * 257 + '"}': "257 characters",
        }
        for line, reason in bad.items():
            with self.subTest(line[:40]):
                item, after = read(f'{line}\n{{"k": "good"}}', key_column="k")
                self.assertIsInstance(item, Refused)
                self.assertIn(reason, item.reason)
                self.assertEqual((1, f"{line}\n".encode()), (item.line, item.raw))
                self.assertEqual((2, "good"), (after.line, after.key))

    def test_bytes_that_are_no_utf_8_are_refused_and_kept(self):
        item, after = read(b'"\xff"\n"good"')
        self.assertEqual(("byte 2 is no UTF-8", b'"\xff"\n'), (item.reason, item.raw))
        self.assertEqual(2, after.line)

    def test_empty_lines_count_as_lines_only(self):
        self.assertEqual([1, 4], [r.line for r in read("1\n\n  \r\n2\r\n\n")])

    def test_a_byte_order_mark_is_no_data(self):
        (record,) = read(b"\xef\xbb\xbf1\n")
        self.assertEqual(1, element(record)["data"])

    def test_reading_goes_on_from_a_line(self):
        lines = io.BytesIO(b"1\n2\n3\n")
        self.assertEqual([2, 3], [r.line for r in read_json_lines(lines, RecordMaker(), 2)])

    def test_a_record_is_too_large_from_one_byte_over_the_limit_on(self):
        fits, too_large = read('{"k":"é"}\n{"k":"éx"}', key_column="k", max_bytes=12)
        self.assertIsInstance(fits, Record)
        self.assertEqual(12, fits.size)
        self.assertIn("14 bytes", too_large.reason)

    def test_a_line_larger_than_memory_has_room_for_comes_in_pieces(self):
        pieces = list(read_lines(io.BytesIO(b"abcdefgh\nij\n"), limit=4))
        self.assertEqual(b"abcdefgh\nij\n", b"".join(piece.raw for piece in pieces))
        self.assertEqual([1, 1, 1, 2], [piece.number for piece in pieces])
        self.assertEqual([True, True, True, False], [piece.is_piece for piece in pieces])


class Sizes(unittest.TestCase):
    def test_a_string_counts_as_its_own_bytes_other_json_as_its_text(self):
        for value, size in [("é🙂", 6), ("", 0), ({"a": "é"}, 10), (None, 4), ([1, 2.5], 7)]:
            with self.subTest(value):
                self.assertEqual(size, stored_size(value))

    def test_what_api_gateway_escapes_counts_as_its_escape(self):
        self.assertEqual(len(r'["\u2014\u007F"]'), stored_size(["\u2014\x7f"]))


class Csv(unittest.TestCase):
    def test_rows_are_objects_of_texts(self):
        text = 'id,text\n1,"a ""b"", é\nnext line"\n\n2,\n'
        first, second = rows(text, "id").read()
        self.assertEqual({"id": "1", "text": 'a "b", é\nnext line'}, element(first)["data"])
        self.assertEqual((2, 4, 5), (first.line, first.next_line, second.line))
        self.assertEqual({"id": "2", "text": ""}, element(second)["data"])
        self.assertEqual(b'1,"a ""b"", \xc3\xa9\nnext line"\n', first.raw)

    def test_a_row_with_other_columns_is_refused(self):
        item, after = rows("a,b\n1\n1,2\n").read()
        self.assertEqual("1 values for 2 columns", item.reason)
        self.assertIsInstance(after, Record)

    def test_reading_goes_on_from_a_line(self):
        self.assertEqual([4], [r.line for r in rows('a\n"1\n1"\n2\n').read(resume_from=3)])

    def test_what_cannot_be_told_apart_stops_it(self):
        for text, reason in [
            ("", "no first row"),
            ("a,a\n", "twice: a"),
            ("a\n1\n", "no column 'k'"),
        ]:
            with self.subTest(text), self.assertRaisesRegex(CsvError, reason):
                rows(text, "k" if "1" in text else None)
        with self.assertRaisesRegex(CsvError, "from line 3 on"):
            list(rows('a\n1\n"open').read())


if __name__ == "__main__":
    unittest.main()
