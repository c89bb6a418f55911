"""Reading all shards of a stream, against a Kinesis that does what a real one may do."""

import argparse
import unittest
from datetime import datetime, timezone

from botocore.exceptions import ClientError

from kinesis_source.position import LATEST, TRIM_HORIZON, position
from kinesis_source.row import Row, as_json
from kinesis_source.show import show
from kinesis_source.stream import read_stream


def error(code):
    return ClientError({"Error": {"Code": code, "Message": ""}}, "GetRecords")


def page(*numbers, end=False, behind=0, children=()):
    return {
        "Records": [{"SequenceNumber": str(number)} for number in numbers],
        "MillisBehindLatest": behind,
        "ChildShards": [{"ShardId": name, "ParentShards": parents} for name, parents in children],
        **({} if end else {"NextShardIterator": "next"}),
    }


class Kinesis:
    """Shards are lists of pages and errors, which come one after the other."""

    def __init__(self, listed, pages):
        self.listed, self.pages = listed, {name: list(each) for name, each in pages.items()}
        self.positions, self.reads = [], []

    def list_shards(self, StreamName=None, NextToken=None):
        index = int(NextToken or 0)
        more = index + 1 < len(self.listed)
        return {"Shards": [self.listed[index]], **({"NextToken": str(index + 1)} if more else {})}

    def get_shard_iterator(self, StreamName, ShardId, **start):
        self.positions.append((ShardId, start))
        return {"ShardIterator": ShardId}

    def get_records(self, ShardIterator, Limit):
        if ShardIterator != "next":
            self.last = ShardIterator
        answer = self.pages[self.last].pop(0)
        self.reads.append(self.last)
        if isinstance(answer, Exception):
            raise answer
        return answer


def read(kinesis, start=TRIM_HORIZON):
    sleeps, now = [], [0.0]

    def sleep(seconds):
        sleeps.append(seconds)
        now[0] += seconds

    found = read_stream(kinesis, "s", start, clock=lambda: now[0], sleep=sleep)
    return [(shard, record["SequenceNumber"]) for shard, record in found], sleeps


class Streams(unittest.TestCase):
    def test_it_reads_page_after_page_to_the_tip(self):
        kinesis = Kinesis([{"ShardId": "a"}], {"a": [page(1, behind=9), page(behind=5), page(2)]})
        records, sleeps = read(kinesis)
        self.assertEqual([("a", "1"), ("a", "2")], records)
        self.assertEqual([0.2, 0.2], [round(each, 3) for each in sleeps])

    def test_shards_are_listed_page_by_page(self):
        kinesis = Kinesis([{"ShardId": "a"}, {"ShardId": "b"}], {"a": [page(1)], "b": [page(2)]})
        self.assertEqual([("a", "1"), ("b", "2")], read(kinesis)[0])

    def test_a_closed_shard_comes_before_those_that_took_over(self):
        listed = [{"ShardId": "child", "ParentShardId": "parent"}, {"ShardId": "parent"}]
        pages = {"parent": [page(1, behind=1), page(2, end=True)], "child": [page(3)]}
        self.assertEqual(
            [("parent", "1"), ("parent", "2"), ("child", "3")], read(Kinesis(listed, pages))[0]
        )

    def test_a_shard_whose_parent_is_gone_is_read(self):
        kinesis = Kinesis([{"ShardId": "b", "ParentShardId": "gone"}], {"b": [page(1)]})
        self.assertEqual([("b", "1")], read(kinesis)[0])

    def test_a_merge_while_it_reads_is_followed_once_both_parents_are_over(self):
        children = [("c", ["a", "b"])]
        pages = {
            "a": [page(1, end=True, children=children)],
            "b": [page(2, behind=1), page(3, end=True, children=children)],
            "c": [page(4)],
        }
        kinesis = Kinesis([{"ShardId": "a"}, {"ShardId": "b"}], pages)
        # One shard at a time, so that the stand-in knows whose iterator "next" is.
        records, _ = read(kinesis, LATEST)
        self.assertEqual([("a", "1"), ("b", "2"), ("b", "3"), ("c", "4")], records)
        self.assertEqual(("c", TRIM_HORIZON), kinesis.positions[-1])

    def test_after_an_expired_iterator_it_goes_on_behind_the_last_record(self):
        kinesis = Kinesis(
            [{"ShardId": "a"}],
            {"a": [page(41, behind=1), error("ExpiredIteratorException"), page(42)]},
        )
        self.assertEqual([("a", "41"), ("a", "42")], read(kinesis)[0])
        self.assertEqual("41", kinesis.positions[1][1]["StartingSequenceNumber"])

    def test_an_expired_latest_iterator_loses_nothing(self):
        kinesis = Kinesis([{"ShardId": "a"}], {"a": [error("ExpiredIteratorException"), page(1)]})
        before = datetime.now(timezone.utc)
        read(kinesis, LATEST)
        again = kinesis.positions[1][1]
        self.assertEqual("AT_TIMESTAMP", again["ShardIteratorType"])
        self.assertGreaterEqual(again["Timestamp"], before)

    def test_a_reader_that_comes_too_often_waits_longer(self):
        slow = error("ProvisionedThroughputExceededException")
        records, sleeps = read(Kinesis([{"ShardId": "a"}], {"a": [slow, slow, page(1)]}))
        self.assertEqual([("a", "1")], records)
        self.assertEqual([0.4, 0.8], [round(each, 3) for each in sleeps])

    def test_other_errors_are_the_callers(self):
        with self.assertRaises(ClientError):
            read(Kinesis([{"ShardId": "a"}], {"a": [error("AccessDeniedException")]}))


class Rows(unittest.TestCase):
    def row(self, data, key="k"):
        return Row(key, data, "s", "shard", "1", datetime(2026, 1, 2, 3, 4, 5, 6000, timezone.utc))

    def test_the_columns_of_sparks_source_come_first(self):
        shown = show(0, self.row(b'{"a":1,"b":null,"c":{"d":"x"}}'), 0).splitlines()
        names = [line.split("|")[0].strip() for line in shown[1:]]
        self.assertEqual(
            [
                "partitionKey",
                "data",
                "stream",
                "shardId",
                "sequenceNumber",
                "approximateArrivalTimestamp",
                "CAST(data AS STRING)",
                "a",
                "b",
                "c",
            ],
            names,
        )
        self.assertIn("2026-01-02 03:04:05.006", shown[6])
        self.assertTrue(shown[9].endswith("| NULL"), shown[9])
        self.assertTrue(shown[10].endswith('| {"d": "x"}'), shown[10])

    def test_what_is_no_json_object_has_no_columns(self):
        for data in (b"text", b"\xff\xfe", b"[" * 100_000, b"1", b""):
            with self.subTest(data[:10]):
                self.assertIsNone(self.row(data).parsed)

    def test_a_record_of_a_stream_that_distributes_by_itself_has_no_key(self):
        record = {
            "Data": b"1",
            "SequenceNumber": "1",
            "ApproximateArrivalTimestamp": datetime(2026, 1, 2, tzinfo=timezone.utc),
        }
        self.assertEqual("", Row.of("s", "shard", record).partition_key)

    def test_bytes_that_are_no_utf_8_are_shown_as_replaced(self):
        self.assertEqual("a\ufffdb", self.row(b"a\xffb").text)

    def test_a_terminal_obeys_nothing_of_it(self):
        shown = show(0, self.row(b'{"\\u001b[2J": "\\u0007\\n"}', key="\x1b[31m\n"), 0)
        self.assertTrue(all(line.isprintable() for line in shown.splitlines()), shown)
        self.assertIn(r"\x1b[31m\n", shown)

    def test_numbers_that_json_does_not_know_do_not_spoil_the_line(self):
        self.assertIn('["NaN", "1e999"]', as_json(self.row(b"[NaN, 1e999]")))


class Positions(unittest.TestCase):
    def test_a_time_is_utc_unless_it_says_otherwise(self):
        for text in ("2026-01-31T09:30", "2026-01-31T09:30:00Z", "2026-01-31T10:30+01:00"):
            with self.subTest(text):
                time = datetime(2026, 1, 31, 9, 30, tzinfo=timezone.utc)
                self.assertEqual(time, position(text)["Timestamp"])
        with self.assertRaises(argparse.ArgumentTypeError):
            position("yesterday")


if __name__ == "__main__":
    unittest.main()
