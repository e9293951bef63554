// Files dropped anywhere on the page go into the form's field for files.
import { tell } from "./room.js";

const form = document.querySelector("[data-read]");
const field = form.querySelector("input[type=file]");
const area = form.querySelector("[data-drop]");

const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  area.classList.add("over");
});
addEventListener("dragleave", (event) => { if (event.relatedTarget === null) area.classList.remove("over"); });
addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  area.classList.remove("over");
  field.files = event.dataTransfer.files;
  tell(`${field.files.length} files chosen`);
  if (!area.value.trim()) form.requestSubmit();
});
form.addEventListener("submit", () => { form.querySelector("button[type=submit]").disabled = true; });
addEventListener("pageshow", () => { form.querySelector("button[type=submit]").disabled = false; });
