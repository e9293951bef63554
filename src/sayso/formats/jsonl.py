"""JSON Lines: the contract (version 1), one line for each input, in order."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sayso.types import Failure, Reading

# JSON escapes the controls below U+0020 by itself; terminals obey these as well.
_C1 = re.compile("[\x7f-\x9f]")


class JsonLines:
    """The contract as `sayso schema` has it; without `text` the article's text is left out."""

    def __init__(self, *, text: bool = True) -> None:
        self._text = text

    def start(self) -> str:
        return ""

    def result(self, result: Reading | Failure) -> str:
        if isinstance(result, Failure):
            return json_line(result.to_dict())
        return json_line(result.to_dict(text=self._text))

    def end(self) -> str:
        return ""


def json_line(record: Mapping[str, Any]) -> str:
    """A record as a line that any terminal and any encoder may have."""
    line = json.dumps(record, ensure_ascii=False)
    if not _encodable(line):
        line = json.dumps(record)
    return _C1.sub(lambda match: f"\\u{ord(match[0]):04x}", line) + "\n"


def _encodable(line: str) -> bool:
    """False where a lone surrogate is in it, as of a title that the shell gave in no encoding."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True
