"""What silences Daft, and the Ray that it may run on; Daft reads it when it is imported."""

SILENT = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "DAFT_SHOW_QUERY_ID": "0",
    "DO_NOT_TRACK": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""Sayso makes no request that nobody asked for, and tells of its own work alone: so does what it
runs on."""
