"""A lake: readings as a folder of Parquet files, for archives too large for one record."""
