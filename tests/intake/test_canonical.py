import pytest

from sayso.intake.canonical import canonical


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("http://www.A.example:80/x/", "https://a.example/x"),
        ("https://a.example./x#part", "https://a.example/x"),
        ("https://a.example", "https://a.example"),
        ("https://a.example/", "https://a.example"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("https://a.example/x?utm_source=b&id=2&fbclid=c", "https://a.example/x?id=2"),
        ("https://a.example/x?b=2&a=1&a=0", "https://a.example/x?a=0&a=1&b=2"),
        ("https://a.example/X?q=é ü", "https://a.example/X?q=%C3%A9+%C3%BC"),
        ("https://a.example/x?empty=", "https://a.example/x?empty="),
        (" https://a.example/x\n", "https://a.example/x"),
    ],
)
def test_the_ways_in_which_an_address_is_written(url: str, same: str) -> None:
    assert canonical(url) == same
    assert canonical(same) == same


@pytest.mark.parametrize("rest", ["a.example/x?id=1", "a.example/y", "b.example/x"])
def test_other_pages_have_other_addresses(rest: str) -> None:
    assert canonical("https://" + rest) != canonical("https://a.example/x")


@pytest.mark.parametrize(
    "url", ["", "a.example/x", "dns:a.example", "ftp://a.example/", "https://", "http://[::1", "https://a.example:x/"]
)  # fmt: skip
def test_what_is_none_of_the_web_has_none(url: str) -> None:
    assert canonical(url) is None
