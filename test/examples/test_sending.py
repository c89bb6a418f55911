"""Batches, and how they are delivered when not all goes well."""

import unittest
from unittest import mock

from bulk_sender.batches import MAX_BODY_BYTES, MAX_BYTES, MAX_RECORDS, batches, body_of
from bulk_sender.csv_rows import CsvError
from bulk_sender.delivery import BackOff, GivenUp, deliver
from bulk_sender.put_records import Passing, Stopped
from bulk_sender.records import Record, RecordMaker, Refused


def record(line, size=10, key="k", element=b"{}"):
    return Record(line, line + 1, b"raw\n", element, key, size)


def lines(batch):
    return [r.line for r in batch.records]


class Batches(unittest.TestCase):
    def test_no_batch_has_more_than_500_records(self):
        sizes = [len(b.records) for b in batches(record(n) for n in range(1201))]
        self.assertEqual([MAX_RECORDS, MAX_RECORDS, 201], sizes)

    def test_no_batch_has_more_than_5_mebibytes_and_one_of_just_that_is_one(self):
        half = MAX_BYTES // 2
        made = list(batches([record(1, half), record(2, half), record(3, 1), record(4, MAX_BYTES)]))
        self.assertEqual([[1, 2], [3], [4]], [lines(b) for b in made])

    def test_no_body_is_larger_than_the_gateway_takes(self):
        # A control character is one byte of data and six of JSON.
        text = '"' + "\\u0001" * 600_000 + '"'
        escaped = [RecordMaker().make(n, n + 1, b"", "\x01" * 600_000, text) for n in (1, 2, 3)]
        made = list(batches(escaped))
        self.assertEqual([2, 1], [len(b.records) for b in made])
        for batch in made:
            self.assertLessEqual(len(body_of(batch.records)), MAX_BODY_BYTES)

    def test_a_record_that_no_body_has_room_for_is_refused(self):
        (batch,) = batches([record(1, element=b" " * MAX_BODY_BYTES), record(2)])
        self.assertEqual(([2], [1]), (lines(batch), [r.line for r in batch.refused]))

    def test_ordered_batches_have_a_key_once(self):
        made = batches([record(1, key="a"), record(2, key="b"), record(3, key="a")], True)
        self.assertEqual([[1, 2], [3]], [lines(b) for b in made])

    def test_what_was_refused_travels_with_its_batch(self):
        (batch,) = batches([record(1), Refused(2, 3, b"?\n", "no JSON")])
        self.assertEqual(([1], 3), (lines(batch), batch.next_line))

    def test_input_that_breaks_loses_nothing_that_was_read(self):
        def items():
            yield record(1)
            raise CsvError("broken")

        made = batches(items())
        self.assertEqual([1], lines(next(made)))
        with self.assertRaises(CsvError):
            next(made)


class Deliveries(unittest.TestCase):
    def setUp(self):
        self.sent, self.waits, self.accepted, self.again = [], [], [], []

    def deliver(self, pending, answers, **back_off):
        script = iter(answers)

        def put(records):
            self.sent.append([r.line for r in records])
            answer = next(script)
            if isinstance(answer, Exception):
                raise answer
            return answer

        deliver(
            pending,
            put,
            BackOff(**back_off),
            self.waits.append,
            lambda records: self.accepted.extend(r.line for r in records),
            self.again.append,
        )

    def test_only_what_failed_is_sent_again_in_its_order(self):
        pending = [record(n) for n in (1, 2, 3, 4)]
        self.deliver(pending, [["Slow", None, "Slow", None], [None, "Slow"], [None]])
        self.assertEqual([[1, 2, 3, 4], [1, 3], [3]], self.sent)
        self.assertEqual(([2, 4, 1, 3], [2, 1], []), (self.accepted, self.again, pending))

    def test_a_request_that_was_not_taken_is_sent_again_whole(self):
        self.deliver([record(1), record(2)], [Passing("503"), [None, None]])
        self.assertEqual([[1, 2], [1, 2]], self.sent)

    def test_it_gives_up_after_its_attempts_and_says_whether_the_api_answers(self):
        for answer, api_answers in [(["Slow"], True), (Passing("503"), False)]:
            with self.subTest(api_answers=api_answers):
                self.setUp()
                pending = [record(1)]
                with self.assertRaises(GivenUp) as raised:
                    self.deliver(pending, [answer] * 3, attempts=3)
                self.assertEqual(api_answers, raised.exception.api_answers)
                self.assertEqual(([[1]] * 3, 2), (self.sent, len(self.waits)))
                self.assertEqual(1, len(pending))

    def test_what_waiting_does_not_mend_is_not_sent_again(self):
        pending = [record(1), record(2)]
        with self.assertRaises(Stopped):
            self.deliver(pending, [["Slow", None], Stopped("404")])
        self.assertEqual([1], [r.line for r in pending])

    def test_pauses_double_at_most_and_are_random_from_zero_on(self):
        with mock.patch("random.uniform", side_effect=lambda low, high: (low, high)[1]):
            pauses = [BackOff().pause(failures, 0) for failures in (1, 2, 3, 20, 5000)]
        self.assertEqual([0.1, 0.2, 0.4, 10, 10], pauses)
        with mock.patch("random.uniform", side_effect=lambda low, high: low):
            self.assertEqual(0, BackOff().pause(5, 0))

    def test_it_waits_as_long_as_the_api_asks_but_not_for_ever(self):
        self.assertGreaterEqual(BackOff().pause(1, 3), 3)
        with self.assertRaisesRegex(Stopped, "3600 seconds"):
            BackOff().pause(1, 3600)


if __name__ == "__main__":
    unittest.main()
