"""Sends one record through the API, as the lesson does: pip install requests."""

import argparse
import json
import sys

import requests

from kinesis_api import SettingsError, add_api_arguments, authorization_for, stream_url

parser = argparse.ArgumentParser(description=__doc__)
add_api_arguments(parser)
arguments = parser.parse_args()

example_df = {"index": 1, "name": "Maya", "age": 25, "role": "engineer"}

payload = json.dumps({
    "StreamName": arguments.stream,
    "Data": {
        "index": example_df["index"],
        "name": example_df["name"],
        "age": example_df["age"],
        "role": example_df["role"],
    },
    "PartitionKey": "desired-name",
})

headers = {"Content-Type": "application/json"}

try:
    response = requests.request(
        "PUT",
        stream_url(arguments, "record"),
        headers=headers,
        data=payload,
        auth=authorization_for(arguments),
        timeout=35,
    )
except SettingsError as error:
    sys.exit(str(error))
except requests.RequestException as error:
    sys.exit(f"No answer from {arguments.invoke_url}: {error}")

print(response.status_code)
print(response.content)

sys.exit(0 if response.status_code == 200 else 1)
