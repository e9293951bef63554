// What all pages share. Attributes say what is wanted: data-copy on a button, hidden without
// script, that copies the .citation beside it; data-submit on a form that sends itself on a change.

export function tell(words) {
  const told = document.getElementById("told");
  told.textContent = "";
  requestAnimationFrame(() => { told.textContent = words; });
}

export function prepare(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
}

async function copy(button) {
  const words = button.parentElement.querySelector(".citation");
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(words.textContent);
    button.textContent = "Copied";
    tell("Copied");
  } catch {
    getSelection().selectAllChildren(words);
    button.textContent = "Selected: now copy";
    tell("Selected: now copy");
  }
  setTimeout(() => { button.textContent = before; }, 2500);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-copy]");
  if (button) copy(button);
});
document.addEventListener("change", ({ target }) => target.form?.matches("[data-submit]") && target.form.requestSubmit());
prepare(document);
