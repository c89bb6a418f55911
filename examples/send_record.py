"""Sends one record through the API, as the lesson does: pip install requests.

Usage: python examples/send_record.py INVOKE_URL STREAM
INVOKE_URL is what `npm start` prints; the stream must exist.
"""

import json
import sys

import requests

if len(sys.argv) != 3:
    sys.exit(__doc__)

invoke_url, stream_name = sys.argv[1].rstrip("/"), sys.argv[2]

example_df = {"index": 1, "name": "Maya", "age": 25, "role": "engineer"}

payload = json.dumps({
    "StreamName": stream_name,
    "Data": {
        "index": example_df["index"],
        "name": example_df["name"],
        "age": example_df["age"],
        "role": example_df["role"],
    },
    "PartitionKey": "desired-name",
})

headers = {"Content-Type": "application/json"}

response = requests.request(
    "PUT",
    f"{invoke_url}/streams/{stream_name}/record",
    headers=headers,
    data=payload,
    timeout=30,
)

print(response.status_code)
print(response.content)

sys.exit(0 if response.status_code == 200 else 1)
