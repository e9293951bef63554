"""The reading room: the record in a browser, and its HTTP API. Needs `sayso[room]`."""
