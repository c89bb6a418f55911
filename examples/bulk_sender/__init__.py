"""The parts of bulk_send.py: reading records, making batches, delivering them, showing progress."""
