"""The rooms of read_as_spark.py: reading all shards of a stream, and showing records as Spark does."""
