"""The API's address and authorization: arguments and environment variables that the examples share.

A stage requires one of five authorizations:
  NONE     nothing; what `npm start` deploys
  API_KEY  the key in the header x-api-key; taken from the environment's KINESIS_API_KEY
  AWS_IAM  a signature; credentials and region are found as the AWS CLI finds them
  COGNITO  a token of a user pool in the header Authorization
  LAMBDA   what the authorizer looks at; a token in the header Authorization, unless the
           environment's KINESIS_API_TOKEN_HEADER names another
The token is the environment's KINESIS_API_TOKEN, or what the command KINESIS_API_TOKEN_COMMAND
prints, which is run again when the API no longer takes the token.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
from urllib.parse import quote, urlsplit

import requests

AUTHORIZATIONS = ("AWS_IAM", "API_KEY", "COGNITO", "LAMBDA", "NONE")
API_KEY_VARIABLE = "KINESIS_API_KEY"
AUTHORIZATION_VARIABLE = "KINESIS_API_AUTHORIZATION"
TOKEN_VARIABLE = "KINESIS_API_TOKEN"
TOKEN_COMMAND_VARIABLE = "KINESIS_API_TOKEN_COMMAND"
TOKEN_HEADER_VARIABLE = "KINESIS_API_TOKEN_HEADER"


class SettingsError(Exception):
    """The API cannot be called with these settings. The message says what to change."""


def add_api_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds INVOKE_URL, STREAM and --authorization to a program's arguments."""
    parser.add_argument("invoke_url", metavar="INVOKE_URL", help="what `npm start` prints")
    parser.add_argument("stream", metavar="STREAM", help="a stream that exists")
    parser.add_argument(
        "--authorization",
        choices=AUTHORIZATIONS,
        help=f"what the stage asks for; otherwise ${AUTHORIZATION_VARIABLE}, then API_KEY "
        f"if ${API_KEY_VARIABLE} is set, then NONE",
    )


def api_arguments(description: str) -> argparse.Namespace:
    """The arguments of a program that takes no others."""
    parser = argparse.ArgumentParser(description=description)
    add_api_arguments(parser)
    return parser.parse_args()


def put(arguments: argparse.Namespace, resource: str, payload: str) -> requests.Response:
    """Puts JSON to `record` or `records`, once. Ends the program when there is no answer."""
    headers = {"Content-Type": "application/json"}
    try:
        return requests.request(
            "PUT",
            stream_url(arguments, resource),
            headers=headers,
            data=payload,
            auth=authorization_for(arguments),
            timeout=35,
        )
    except SettingsError as error:
        sys.exit(str(error))
    except requests.RequestException as error:
        sys.exit(f"No answer from {arguments.invoke_url}: {error}")


def stream_url(arguments: argparse.Namespace, resource: str) -> str:
    """The URL of `record` or `records` of the stream that the arguments name."""
    invoke_url = arguments.invoke_url.rstrip("/")
    if urlsplit(invoke_url).scheme not in ("http", "https"):
        raise SettingsError(
            f"'{invoke_url}' is no URL: it starts with neither http:// nor https://"
        )
    return f"{invoke_url}/streams/{quote(arguments.stream, safe='')}/{resource}"


def authorization_for(arguments: argparse.Namespace) -> requests.auth.AuthBase:
    """The `auth` argument for `requests`. Raises SettingsError."""
    key = os.environ.get(API_KEY_VARIABLE, "")
    chosen = (
        arguments.authorization
        or os.environ.get(AUTHORIZATION_VARIABLE)
        or ("API_KEY" if key else "NONE")
    )
    if chosen not in AUTHORIZATIONS:
        known = ", ".join(AUTHORIZATIONS)
        raise SettingsError(f"{AUTHORIZATION_VARIABLE} is '{chosen}'; it can be {known}")
    if chosen == "API_KEY":
        if not key:
            raise SettingsError(f"API_KEY needs the key in the environment: {API_KEY_VARIABLE}=…")
        return ApiKey(key)
    if chosen in ("COGNITO", "LAMBDA"):
        return Token(chosen, os.environ.get(TOKEN_HEADER_VARIABLE) or "Authorization")
    return signature_for(arguments.invoke_url) if chosen == "AWS_IAM" else Open()


class Open(requests.auth.AuthBase):
    """No authorization. Without it `requests` would send what ~/.netrc has for the host."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class ApiKey(requests.auth.AuthBase):
    def __init__(self, key: str) -> None:
        self.key = key

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["x-api-key"] = self.key
        return request


class Token(requests.auth.AuthBase):
    """A token in a header. One that a command printed is asked for again after a 401."""

    def __init__(self, authorization: str, header: str) -> None:
        self.header = header
        self.command = os.environ.get(TOKEN_COMMAND_VARIABLE, "")
        self.token = self.printed() if self.command else os.environ.get(TOKEN_VARIABLE, "")
        if not self.token:
            raise SettingsError(
                f"{authorization} needs a token: {TOKEN_VARIABLE}=…, "
                f"or {TOKEN_COMMAND_VARIABLE}='a command that prints one'"
            )

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers[self.header] = self.token
        if self.command:
            request.register_hook("response", self.again)
        return request

    def again(self, answer: requests.Response, **options: object) -> requests.Response:
        """Nothing was stored: the request goes out once more if there is another token."""
        sent = answer.request.headers[self.header]
        if answer.status_code != 401:
            return answer
        # Several threads may find out at once: only the first has to ask.
        if sent == self.token:
            self.token = self.printed()
        if sent == self.token:
            return answer
        answer.close()
        request = answer.request.copy()
        request.headers[self.header] = self.token
        request.deregister_hook("response", self.again)
        return answer.connection.send(request, **options)

    def printed(self) -> str:
        command = shlex.split(self.command)
        try:
            done = subprocess.run(command, stdout=subprocess.PIPE, timeout=60, check=True, text=True)
        # Not the error's own text, which may have what the command printed.
        except (OSError, subprocess.SubprocessError) as error:
            reason = type(error).__name__
            raise SettingsError(f"{TOKEN_COMMAND_VARIABLE} failed: {reason}") from None
        return done.stdout.strip()


def signature_for(invoke_url: str) -> requests.auth.AuthBase:
    """Signs with Signature Version 4 for the service execute-api. Raises SettingsError."""
    # Only signing needs botocore.
    try:
        import botocore.session
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.exceptions import BotoCoreError
    except ImportError as error:
        raise SettingsError("AWS_IAM needs botocore: pip install botocore") from error

    try:
        session = botocore.session.get_session()
        credentials = session.get_credentials()
        region = region_of(invoke_url) or os.environ.get("AWS_REGION")
        region = region or session.get_config_variable("region")
    except BotoCoreError as error:
        raise SettingsError(str(error)) from error
    if credentials is None:
        raise SettingsError(
            "AWS_IAM needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
            "or AWS_PROFILE"
        )
    if not region:
        raise SettingsError("The URL does not name the API's region: set AWS_REGION")

    class SignatureV4(requests.auth.AuthBase):
        def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
            body = request.body or b""
            if isinstance(body, str):
                body = request.body = body.encode()
                request.headers["Content-Length"] = str(len(body))
            signed = AWSRequest(method=request.method, url=request.url, data=body)
            # Credentials that expire are renewed here, so each request asks anew.
            try:
                frozen = credentials.get_frozen_credentials()
            except BotoCoreError as error:
                raise SettingsError(f"The credentials cannot be renewed: {error}") from error
            SigV4Auth(frozen, "execute-api", region).add_auth(signed)
            request.headers.update(dict(signed.headers.items()))
            return request

    return SignatureV4()


def region_of(invoke_url: str) -> str | None:
    """The region in the host of an API's own URL; a domain of one's own has none."""
    host = urlsplit(invoke_url).hostname or ""
    found = re.search(r"\.execute-api\.([a-z0-9-]+)\.(?:amazonaws\.com|api\.aws)", host)
    return found and found.group(1)
