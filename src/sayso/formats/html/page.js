// Pointing at a statement or its entry, or going to one, names its parts in the text.
// All going is done by the page's own links; without this script they work as well.
(() => {
  "use strict";
  const ROLES = { s: "source", q: "cue", c: "content", a: "to", h: "channel", t: "time", r: "no answer" };
  const pieces = new Map(); // address of an entry -> the pieces of text that belong to it
  const indexed = new Set();
  let current = null;
  let undone = [];
  let pointed = null;
  let focused = null;

  const addresses = (piece) =>
    piece.dataset.m.split(" ").map((mark) => {
      const [end, role] = mark.split(".");
      return { address: `${piece.closest("article").id}-${end}`, role };
    });

  function index(article) {
    if (indexed.has(article)) return;
    indexed.add(article);
    for (const piece of article.querySelectorAll("[data-m]")) {
      for (const { address, role } of addresses(piece)) {
        if (!pieces.has(address)) pieces.set(address, []);
        pieces.get(address).push([piece, ROLES[role]]);
      }
    }
  }

  // The entry's address for anything on the page that stands for a statement, else null.
  function addressOf(node) {
    if (!(node instanceof Element)) return null;
    const entry = node.closest(".entry");
    if (entry) return entry.id;
    const badge = node.closest(".text .badge");
    if (badge) return badge.id.slice(0, -1);
    const piece = node.closest("[data-m]");
    if (!piece) return null;
    const marks = addresses(piece);
    return (marks.findLast(({ role }) => role === "c" || role === "r") ?? marks.at(-1)).address;
  }

  function mark(piece, role, labelled, colours) {
    piece.dataset.on = piece.dataset.on ? `${piece.dataset.on} ${role}` : role;
    piece.classList.add(...colours);
    if (!labelled.has(role)) {
      labelled.add(role);
      piece.dataset.label = piece.dataset.label ? `${piece.dataset.label}, ${role}` : role;
    }
    undone.push(() => {
      delete piece.dataset.on;
      delete piece.dataset.label;
      piece.classList.remove(...colours);
    });
  }

  function show() {
    const address = pointed ?? focused ?? location.hash.slice(1).replace(/t$/, "");
    if (address === current) return;
    current = address;
    for (const undo of undone) undo();
    undone = [];
    const entry = document.getElementById(address);
    if (!entry?.classList.contains("entry")) return;
    index(entry.closest("article"));
    entry.classList.add("on");
    undone.push(() => entry.classList.remove("on"));
    const colours = [...entry.classList].filter((name) => /^c(\d|-none)$/.test(name)).map((name) => `on-${name}`);
    const labelled = new Set();
    for (const [piece, role] of pieces.get(entry.id) ?? []) mark(piece, role, labelled, colours);
  }

  const topOf = (element) => element.getBoundingClientRect().top;

  // A wide window shows text and list at once: the report stays, the entry comes up beside it.
  function follow(link) {
    const target = document.getElementById(link.hash.slice(1));
    const still = target.classList.contains("entry") && matchMedia("(min-width: 64em)").matches;
    const top = scrollY;
    location.hash = link.hash;
    target.focus({ preventScroll: true });
    if (still) {
      scrollTo(0, top);
      target.closest(".said-by").scrollTop += topOf(target) - topOf(link);
    }
    target.scrollIntoView({ block: still ? "nearest" : "center" });
  }

  addEventListener("mouseover", ({ target }) => { pointed = addressOf(target); show(); });
  addEventListener("focusin", ({ target }) => { focused = addressOf(target); show(); });
  addEventListener("focusout", () => { focused = null; show(); });
  addEventListener("hashchange", show);
  addEventListener("keydown", ({ key }) => { if (key === "Escape") { pointed = focused = null; show(); } });
  addEventListener("beforeprint", () => { for (const key of document.querySelectorAll(".key")) key.open = true; });
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (link && !link.matches(".text .badge, .entry .badge")) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || !getSelection().isCollapsed) return;
    const address = addressOf(event.target);
    const inList = event.target.closest?.(".entry");
    const way = link ?? document.querySelector(inList ? `[id="${address}"] a.badge` : `[id="${address}t"]`);
    if (!way) return;
    event.preventDefault();
    follow(way);
  });
  show();
})();
