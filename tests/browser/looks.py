"""How pages may look: wide or on a phone, light or dark; and what bars people from them."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

FEW = ((1280, "light"), (360, "dark"))
ALL = (*FEW, (1280, "dark"), (360, "light"))
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (tags) => {
  const found = await axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false });
  return found.violations.flatMap(
    ({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target}`));
}"""
_WIDER = """() => {
  const wide = [...document.querySelectorAll("body *")].filter(
    (each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll"));
  const page = document.documentElement.scrollWidth;
  return page > innerWidth ? `${page} px, by ${wide.at(-1)?.outerHTML.slice(0, 120)}` : null;
}"""

_TOUCHING = """() => [...document.querySelectorAll("main button, main .button")]
  .filter((button) => button.checkVisibility())
  .filter((button) => {
    const own = button.getBoundingClientRect();
    const fields = document.querySelectorAll("main :is(input, textarea, select)");
    return [...fields].filter((field) => field.checkVisibility()).some((field) => {
      const { bottom, left, right } = field.getBoundingClientRect();
      const below = own.top - bottom > -1 && own.top - bottom < 4;
      return below && left < own.right && own.left < right;
    });
  }).map((button) => button.textContent.trim())"""


def faults(page: Any, looks: Iterable[tuple[int, str]] = FEW) -> list[str]:
    """What is wrong with a page in these looks, each a width and a scheme; nothing, if all is well.

    Axe judges by WCAG 2.0 to 2.2, A and AA, and by its own best practice.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour in between
        told = page.evaluate(_RUN, _RULES)
        if overflow := wider(page):
            told.append(f"it scrolls sideways, {overflow}")
        told += [f"it touches the field above: {each}" for each in page.evaluate(_TOUCHING)]
        found += [f"{width} px, {scheme}: {each}" for each in told]
    return found


def wider(page: Any) -> str | None:
    """By what the page is wider than its window, if it is."""
    found: str | None = page.evaluate(_WIDER)
    return found


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
