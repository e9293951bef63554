"""Figures into the documents: what stands between two markers is replaced."""

from pathlib import Path

from sayso.errors import SaysoError


class MarkerMissing(SaysoError):
    """A document lacks the markers that a figure goes between."""

    code = "marker"


def fill(document: Path, marker: str, text: str) -> None:
    """Replace what stands between `<!-- marker:begin -->` and `<!-- marker:end -->`."""
    begin, end = f"<!-- {marker}:begin -->", f"<!-- {marker}:end -->"
    whole = document.read_text(encoding="utf-8")
    before, found, rest = whole.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise MarkerMissing(f"{document} lacks the markers {begin} and {end}")
    document.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
