"""Sends several records in one request, as the lesson does: pip install requests."""

import json
import sys

from kinesis_api import api_arguments, put

arguments = api_arguments(__doc__)

payload = json.dumps({
    "records": [
        {"data": "Hello, Kinesis!", "partition-key": "partition-1"},
        {"data": "Another message", "partition-key": "partition-2"},
    ],
})

response = put(arguments, "records", payload)

# 207: Kinesis took some of the records and refused others, which bulk_send.py would send again.
print(response.status_code)
print(response.content)

sys.exit(0 if response.status_code == 200 else 1)
