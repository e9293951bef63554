"""Many articles, on one machine or on many: inputs → shards → a lake, each shard by itself."""
