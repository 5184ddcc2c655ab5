// "Salin kutipan": what is selected of the article, or its first paragraph, with its source line.
"use strict";

const body = document.getElementById("body");
const source = document.getElementById("source").textContent.trim();
const told = document.getElementById("told");
const byHand = document.getElementById("by-hand");
const here = document.getElementById("quote-here");

// Kept while it is there: a touch on a button takes a selection away.
let selected = "";
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (selection.isCollapsed && document.activeElement?.tagName === "BUTTON") return;
  const inBody = selection.anchorNode && body.contains(selection.anchorNode) && body.contains(selection.focusNode);
  selected = inBody ? selection.toString().trim() : "";
  here.hidden = !selected;
});

function quoted() {
  const blocks = [...body.querySelectorAll("p, li, blockquote"), body];
  const first = blocks.map((block) => block.innerText.trim()).find((text) => text);
  return `“${selected || first}”\n\n${source}`;
}

async function copy(text, button) {
  byHand.hidden = true;
  let copied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without TLS, and from another machine, a browser keeps its clipboard from pages.
    byHand.value = text;
    byHand.hidden = false;
    byHand.select();
    copied = document.execCommand("copy");
  }
  told.textContent = copied ? button.dataset.done : button.dataset.failed;
  if (button === here) button.textContent = told.textContent;
}

const label = here.textContent;
const texts = { "quote": quoted, "quote-here": quoted, "copy-source": () => source };
for (const [id, text] of Object.entries(texts)) {
  const button = document.getElementById(id);
  // So that the selection stays.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => copy(text(), button));
}
document.addEventListener("selectionchange", () => { here.textContent = label; });
