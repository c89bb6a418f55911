"""Sends several records in one request, as the lesson does: pip install requests."""

import argparse
import json
import sys

import requests

from kinesis_api import SettingsError, add_api_arguments, authorization_for, stream_url

parser = argparse.ArgumentParser(description=__doc__)
add_api_arguments(parser)
arguments = parser.parse_args()

payload = json.dumps({
    "records": [
        {"data": "Hello, Kinesis!", "partition-key": "partition-1"},
        {"data": "Another message", "partition-key": "partition-2"},
    ],
})

headers = {"Content-Type": "application/json"}

try:
    response = requests.request(
        "PUT",
        stream_url(arguments, "records"),
        headers=headers,
        data=payload,
        auth=authorization_for(arguments),
        timeout=35,
    )
except SettingsError as error:
    sys.exit(str(error))
except requests.RequestException as error:
    sys.exit(f"No answer from {arguments.invoke_url}: {error}")

# 207: Kinesis took some of the records and refused others, which bulk_send.py would send again.
print(response.status_code)
print(response.content)

sys.exit(0 if response.status_code == 200 else 1)
