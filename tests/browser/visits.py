"""Pages that are watched: none may complain, run what isn't the room's, or ask elsewhere."""

from typing import Any
from urllib.parse import quote, urljoin, urlsplit


class Visitors:
    """A browser's profiles, each used again by the next visitor: a new one takes half a second."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._free: dict[bool, list[Any]] = {True: [], False: []}

    def take(self, script: bool) -> Any:
        """A profile with nothing in it."""
        if self._free[script]:
            return self._free[script].pop()
        context = self._browser.new_context(java_script_enabled=script)
        context.set_default_timeout(20_000)
        return context

    def give_back(self, context: Any, script: bool) -> None:
        for page in context.pages:
            page.close()
        context.clear_cookies()
        self._free[script].append(context)


class Visits:
    """Opens pages of a room, each visitor with cookies of their own."""

    def __init__(self, visitors: Visitors, origin: str) -> None:
        self._visitors, self._origin = visitors, origin
        self._taken: list[tuple[Any, bool]] = []
        self._complaints: list[str] = []

    def __call__(
        self,
        address: str = "/",
        *,
        width: int = 1280,
        name: str = "",
        script: bool = True,
        scheme: str = "light",
    ) -> Any:
        """A page at `address`, seen by somebody of that name if one is given."""
        context = self._visitors.take(script)
        self._taken.append((context, script))
        context.on("request", self._request)
        if name:
            self._introduce(context, name)
        page = context.new_page()
        self._watch(page)
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto(self._origin + address)
        return page

    def close(self) -> list[str]:
        """Let all go, and tell what was wrong on their pages."""
        for context, script in self._taken:
            self._visitors.give_back(context, script)
            context.remove_listener("request", self._request)
        return self._complaints

    def _introduce(self, context: Any, name: str) -> None:
        """As /name does it, without the way there."""
        cookie = f"sayso-name-{urlsplit(self._origin).port}"
        context.add_cookies([{"name": cookie, "value": quote(name), "url": self._origin}])

    def _watch(self, page: Any) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.on("dialog", self._dialog)

    def _console(self, message: Any) -> None:
        refused = "Failed to load resource: the server responded with a status of 4"
        shown = message.page.url if message.page else ""
        if message.text.startswith(refused) and message.location["url"] == shown.partition("#")[0]:
            return  # the page itself says what is wrong, as some are to
        self._complaints.append(message.text)

    def _dialog(self, dialog: Any) -> None:
        self._complaints.append(f"a dialog: {dialog.message[:80]}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith(f"{self._origin}/"):
            self._complaints.append(f"asked for {request.url[:200]}")


def go(page: Any, address: str) -> Any:
    """Open another page of the same room."""
    return page.goto(urljoin(page.url, address))
