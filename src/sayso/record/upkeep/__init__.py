"""Keeping a record well: read anew, forget, check every byte, copy, count."""
