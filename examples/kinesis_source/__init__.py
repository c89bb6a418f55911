"""The parts of read_as_spark.py: reading a stream's shards, showing records as Spark does."""
