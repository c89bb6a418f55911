"""A token from the environment, or from a command that is asked again when it no longer counts."""

import argparse
import io
import os
import pathlib
import sys
import unittest
from tempfile import TemporaryDirectory
from unittest import mock

import requests

from kinesis_api import SettingsError, authorization_for

URL = "https://api.example/"

#: Prints the tokens of a file in turn, the last one again and again.
NEXT_TOKEN = """
import pathlib, sys
file = pathlib.Path(sys.argv[1])
tokens = file.read_text().split()
file.write_text(" ".join(tokens[1:] or tokens))
print(tokens[0])
"""


class Door(requests.adapters.BaseAdapter):
    """Lets in who has the token, and remembers all that was sent."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def send(self, request, **_):
        self.seen.append((request.headers["Authorization"], request.body))
        answer = requests.Response()
        answer.status_code = 200 if request.headers["Authorization"] == "good" else 401
        answer.request, answer.connection, answer.raw = request, self, io.BytesIO()
        return answer

    def close(self):
        pass


class Tokens(unittest.TestCase):
    def setUp(self):
        self.door = Door()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tokens = pathlib.Path(folder.name) / "tokens"

    def put(self, environment, times=1):
        arguments = argparse.Namespace(invoke_url=URL, authorization=None)
        with mock.patch.dict(os.environ, environment), requests.Session() as session:
            session.mount(URL, self.door)
            session.auth = authorization_for(arguments)
            return [session.put(URL, data=b'{"a":1}').status_code for _ in range(times)]

    def by_command(self, *tokens):
        self.tokens.write_text(" ".join(tokens))
        command = f"'{sys.executable}' -c '{NEXT_TOKEN}' '{self.tokens}'"
        return {"KINESIS_API_AUTHORIZATION": "COGNITO", "KINESIS_API_TOKEN_COMMAND": command}

    def test_the_environment_has_the_token(self):
        environment = {"KINESIS_API_AUTHORIZATION": "LAMBDA", "KINESIS_API_TOKEN": "good"}
        self.assertEqual(self.put(environment), [200])

    def test_a_command_is_run_once_while_its_token_is_taken(self):
        self.assertEqual(self.put(self.by_command("good", "other"), times=3), [200, 200, 200])
        self.assertEqual(self.tokens.read_text(), "other")

    def test_what_was_refused_with_an_old_token_is_sent_once_more_with_a_new_one(self):
        self.assertEqual(self.put(self.by_command("old", "good"), times=2), [200, 200])
        self.assertEqual(
            self.door.seen,
            [("old", b'{"a":1}'), ("good", b'{"a":1}'), ("good", b'{"a":1}')],
        )

    def test_a_token_that_stays_the_same_is_not_sent_again(self):
        self.assertEqual(self.put(self.by_command("old")), [401])
        self.assertEqual(len(self.door.seen), 1)

    def test_without_a_token_nothing_is_sent(self):
        with self.assertRaisesRegex(SettingsError, "COGNITO needs a token: KINESIS_API_TOKEN=…"):
            self.put({"KINESIS_API_AUTHORIZATION": "COGNITO", "KINESIS_API_TOKEN": ""})
        self.assertEqual(self.door.seen, [])

    def test_a_command_that_fails_does_not_show_what_it_printed(self):
        command = f"'{sys.executable}' -c 'print(\"secret\"); exit(3)'"
        environment = {
            "KINESIS_API_AUTHORIZATION": "LAMBDA",
            "KINESIS_API_TOKEN_COMMAND": command,
        }
        with self.assertRaises(SettingsError) as failed:
            self.put(environment)
        self.assertRegex(str(failed.exception), "^KINESIS_API_TOKEN_COMMAND failed: ")
        self.assertNotIn("secret", str(failed.exception))


if __name__ == "__main__":
    unittest.main()
