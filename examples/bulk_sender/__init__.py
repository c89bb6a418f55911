"""The rooms of bulk_send.py: reading records, making batches, delivering them, telling of it."""
