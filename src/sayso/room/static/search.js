// The search page, live: what is typed or chosen is asked at once, and the page's middle replaced.
// The address always tells what is shown; links and the form do the same without this script.
import { prepare, tell } from "./room.js";

const form = document.querySelector("[data-live]");
let asking = null;
let timer = 0;

const found = () => document.querySelector("[data-found]");

function addressOfForm() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim() && !(name === "dates" && value === "printed")) asked.append(name, value.trim());
  }
  const query = asked.toString();
  return query ? `${form.action}?${query}` : form.action;
}

async function show(address, { push }) {
  asking?.abort();
  asking = new AbortController();
  const own = asking;
  found().classList.add("waiting");
  try {
    const answer = await fetch(address, { signal: own.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-found]");
    if (!fresh) return location.assign(address);
    replace(fresh);
    document.title = page.title;
    const words = page.getElementById("f-words");
    form.words.setAttribute("aria-invalid", words.getAttribute("aria-invalid") ?? "false");
    form.words.setAttribute("aria-describedby", words.getAttribute("aria-describedby"));
    if (push === "push") history.pushState(null, "", address);
    else if (push === "replace") history.replaceState(null, "", address);
    tell(fresh.querySelector("[data-told]")?.textContent ?? "");
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  } finally {
    if (own === asking) found().classList.remove("waiting");
  }
}

// Where there is room beside the results, what narrows the search is open.
const roomy = matchMedia("(min-width: 60em)");
function unfold() {
  const folded = roomy.matches && document.querySelector("[data-wide]");
  if (folded) folded.open = true;
}
roomy.addEventListener("change", unfold);
unfold();

// What was open stays open, and what had the focus has it again.
function replace(fresh) {
  const focused = document.activeElement;
  const key = focused?.dataset?.key;
  const id = focused?.closest("[data-found]") ? focused.id : "";
  for (const kept of found().querySelectorAll("[data-keep]")) {
    const same = fresh.querySelector(`[data-keep="${kept.dataset.keep}"]`);
    if (same && kept.open) same.open = true;
  }
  const open = Boolean(key || id);
  found().replaceWith(fresh);
  prepare(fresh);
  unfold();
  if (!open) return;
  const again = key ? fresh.querySelector(`[data-key="${CSS.escape(key)}"]`) : document.getElementById(id);
  again?.focus({ preventScroll: true });
}

form.words.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => show(addressOfForm(), { push: "replace" }), 250);
});
document.addEventListener("change", ({ target }) => {
  if (target.form === form && target !== form.words) show(addressOfForm(), { push: "push" });
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  show(addressOfForm(), { push: "push" });
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-found] a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (new URL(link.href).pathname !== "/search") return;
  event.preventDefault();
  const asked = new URL(link.href).searchParams;
  form.words.value = asked.get("words") ?? "";
  const paging = link.rel === "next" || link.rel === "first";
  show(link.href, { push: "push" }).then(() => { if (paging) scrollTo({ top: 0 }); });
});
addEventListener("popstate", () => {
  form.words.value = new URLSearchParams(location.search).get("words") ?? "";
  show(location.href, { push: "none" });
});
