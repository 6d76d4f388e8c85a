// The keys of the review pages, and taking selected words as a part of a claim. Everything that
// is done here can be done with the page's own buttons and links, too.
"use strict";
const tell = (words) => {
  const told = document.getElementById("told");
  if (told) told.textContent = words;
};
const press = (key) => {
  const one = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!one) return false;
  if (one.matches("input")) one.focus();
  else one.click();
  // whoever works by keys goes on in what was opened
  if (key === "e") document.querySelector("#edit[open] button")?.focus({ preventScroll: true });
  return true;
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") document.activeElement.blur();
  if (event.target.closest("input, textarea, select")) return;
  // A key pressed on a button is the button's own.
  if (event.target.closest("button, a, summary") && (event.key === "Enter" || event.key === " ")) return;
  const digit = /^Digit([1-3])$/.exec(event.code);
  adding = event.shiftKey;
  if (press(digit && document.querySelector("#edit[open]") ? digit[1] : event.key)) event.preventDefault();
  adding = false;
});
let adding = false;

// Code points of a string: offsets in the ledger count them, and JavaScript counts UTF-16 units.
const points = (text) => Array.from(text).length;

// The offset in the article of one end of a selection. Every piece of the text carries the offset of
// its first character; what is not of the text (numbers, values) lies in no piece.
const offset = (node, at) => {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!piece) return null;
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, at);
  return Number(piece.dataset.start) + points(before.toString());
};

// The characters that are selected. Both ends are moved into the pieces that the selection touches,
// since a browser may put an end between two of them.
const selected = () => {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const touched = [...document.querySelectorAll(".text [data-start]")].filter((one) => range.intersectsNode(one));
  if (!touched.length) return null;
  const [first, last] = [touched[0], touched[touched.length - 1]];
  const start = first.contains(range.startContainer) ? offset(range.startContainer, range.startOffset) : Number(first.dataset.start);
  const end = last.contains(range.endContainer) ? offset(range.endContainer, range.endOffset) : Number(last.dataset.start) + points(last.textContent);
  return start < end ? { start, end, text: selection.toString() } : null;
};

for (const button of document.querySelectorAll("[data-take]")) {
  // The selection must outlive the press.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    const words = selected();
    const part = button.dataset.take;
    const field = document.querySelector(`#edit input[name="${part}"]`);
    const shown = document.querySelector(`#edit output[data-of="${part}"]`);
    if (!words) return tell("Select words in the text first.");
    const more = adding || event.shiftKey;
    field.value = `${more ? `${field.value} ` : ""}${words.start}-${words.end}`.trim();
    shown.textContent = `${more ? `${shown.textContent} … ` : ""}${words.text}`;
    tell(`${part}: ${words.text}`);
  });
}

for (const one of document.querySelectorAll("[data-copy]")) {
  one.addEventListener("click", async () => {
    const words = document.getElementById(one.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(words);
      tell("Copied.");
    } catch {
      tell("The browser did not let it be copied: it stands under Citation.");
    }
  });
}

document.querySelector(".text .current")?.scrollIntoView({ block: "center" });
