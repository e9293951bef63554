"""The addresses that somebody typed to have them read, looked at before anything is fetched."""

import re

from sayso.intake.sources import is_address

_LIKE_ONE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")


def amiss(typed: str) -> tuple[str, str]:
    """What is amiss with them, if anything is; and how they are meant, as far as that shows."""
    words = typed.split()
    short = [word for word in words if not is_address(word)]
    if not short:
        return "", typed
    if not all(map(_LIKE_ONE.fullmatch, short)):
        return "That is no address: one begins with https://, and has no spaces.", typed
    whole = [word if is_address(word) else f"https://{word}" for word in words]
    return "https:// was missing, and is put in now: if that is meant, read it.", " ".join(whole)
