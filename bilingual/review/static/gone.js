// Words for a unit that is gone: joined with another, split off from the file. They stay on the page until somebody is done
// with them, and in the tab's storage too.

import { warn } from "./api.js";

const boxes = new Map();

/** Begin to listen; boxes stand above what `columns` holds. */
export function startGone(columns) {
  document.addEventListener("unit-gone", ({ detail: { id, text, drop } }) => {
    if (!boxes.has(id)) {
      boxes.set(id, made(() => { boxes.get(id).remove(); boxes.delete(id); drop(); }));
      columns.before(boxes.get(id));
      warn("The unit is gone. Your words for it stand above the rows.");
    }
    boxes.get(id).querySelector("blockquote").textContent = text;
  });
}

function made(dismissed) {
  const box = document.createElement("div");
  box.className = "gone conflict message warning";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Your words for a unit that is gone");
  const quote = Object.assign(document.createElement("blockquote"), { lang: "en" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "small", textContent: "Dismiss" });
  button.addEventListener("click", dismissed);
  box.append(Object.assign(document.createElement("b"), { textContent: "Your words for a unit that is gone" }), quote, button);
  return box;
}
