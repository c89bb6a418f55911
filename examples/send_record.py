"""Sends one record through the API, as the lesson does: pip install requests."""

import json
import sys

from kinesis_api import api_arguments, put

arguments = api_arguments(__doc__)

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

response = put(arguments, "record", payload)

print(response.status_code)
print(response.content)

sys.exit(0 if response.status_code == 200 else 1)
