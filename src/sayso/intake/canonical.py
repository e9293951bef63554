"""One address for all the ways in which a page's address is written."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_PORTS = {"http": 80, "https": 443}
_CAMPAIGN = re.compile(
    r"utm_\w+|at_(?:medium|campaign|custom\d|link_\w+)|ns_\w+|mc_[ce]id|[fgdy]bclid|[gdyw]clid|"
    r"fbclid|msclkid|igshid|_ga|cmp|cmpid|ocid|ito|smid|ref_src",
    re.IGNORECASE,
)


def canonical(url: str) -> str | None:
    """The address that repeated pages share; None where it is none of the web.

    https for http, no `www.`, usual port, closing slash, fragment or campaign's parameters, the
    parameters in order. To compare addresses by, and not to fetch from.
    """
    try:
        parts = urlsplit(url.strip())
        scheme, port = parts.scheme.lower(), parts.port
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
        parameters = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return None
    if scheme not in _PORTS or not host:
        return None
    place = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    kept = sorted(pair for pair in parameters if not _CAMPAIGN.fullmatch(pair[0]))
    query = "?" + urlencode(kept) if kept else ""
    return f"https://{place}{parts.path.rstrip('/')}{query}"
