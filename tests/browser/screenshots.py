"""The pictures of the page and the room in README and docs:
`python -m tests.browser.screenshots [FOLDER]`.

It reads the bundled reports to a page, opens `sayso demo` on a record of its own, and takes what a
visitor sees.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

import sayso

DOCS = Path(__file__).parents[2] / "docs"
REPORTS = Path(sayso.__file__).parent / "demo/reports.jsonl"
COLOURS = 256
"""Enough for type and tints, and half of the bytes."""
QUOTATION = "You don’t sell the well because you’re short on the heating bill"


@dataclass(frozen=True, slots=True)
class Scene:
    way: Callable[[Any], None]
    size: tuple[int, int]
    scheme: str = "light"

    def taken(self, browser: Any, address: str | None = None) -> bytes:
        """A picture of what is seen at the end of the way."""
        width, height = self.size
        page = browser.new_page(
            base_url=address,
            viewport={"width": width, "height": height},
            color_scheme=self.scheme,
            has_touch=width < 600,
            is_mobile=width < 600,
        )
        self.way(page)
        picture: bytes = page.screenshot()
        return picture


def main(folder: Path) -> None:
    chromium = shutil.which("chromium")
    with (
        TemporaryDirectory() as place,
        demo(Path(place) / "demo.db") as address,
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=chromium) as browser,
    ):
        kept(Scene(partial(read, Path(place)), (1280, 1500)).taken(browser), folder / "page.png")
        for name, scene in SCENES.items():
            kept(scene.taken(browser, address), folder / f"room-{name}.png")


def kept(picture: bytes, file: Path) -> None:
    """Write a picture in few colours."""
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS).save(file, optimize=True)
    print(f"{file}: {file.stat().st_size:,} bytes")  # noqa: T201 (a command)


@contextmanager
def demo(record: Path) -> Iterator[str]:
    """The address of `sayso demo` while it is open."""
    command = [
        sys.executable,
        "-m",
        "sayso",
        "demo",
        "--no-open",
        "--port",
        "0",
        "--db",
        str(record),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as room:
        try:
            yield next(
                found[0] for line in room.stderr or () if (found := re.search(r"http://\S+", line))
            )
        finally:
            room.terminate()


def read(place: Path, page: Any) -> None:
    file = place / "index.html"
    command = [sys.executable, "-m", "sayso", "read", str(REPORTS), "--quiet", "--out", str(file)]
    subprocess.run(command, check=True)
    page.goto(file.as_uri())
    page.locator("h2").first.evaluate("(heading) => scrollTo(0, heading.offsetTop - 40)")


def article(page: Any) -> None:
    page.goto("/articles?words=postcard")
    page.get_by_role("link", name="Mayor vows to veto").click()
    page.locator(".note .badge").first.click()
    page.evaluate("scrollTo(0, 0)")


def check(page: Any) -> None:
    page.goto("/check")
    page.get_by_label("The quotation").fill(QUOTATION)
    page.get_by_label("Who is to have said it").fill("Ray Ostrander")
    page.get_by_role("button", name="Check it").click()
    page.locator(".match").first.wait_for()


def review(page: Any) -> None:
    page.goto("/review")
    page.get_by_label("Name", exact=True).fill("Nora Kettle")
    page.get_by_role("button", name="Go on").click()
    page.locator("[data-review]").wait_for()
    page.get_by_role("link", name="Leave it").click()
    page.wait_for_url("**after=**")


SCENES = {
    "article": Scene(article, (1280, 960)),
    "check": Scene(check, (1280, 900)),
    "review": Scene(review, (390, 844), scheme="dark"),
}

if __name__ == "__main__":
    main(Path(*sys.argv[1:]) if sys.argv[1:] else DOCS)
