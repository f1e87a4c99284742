// The original beside the text: the source document by its own lines or pages, with the unit's words marked.

import { fragment, say, tell } from "./api.js";
import { on } from "./keys.js";
import { activeId } from "./editor.js";

let base = "";
let place = null;

/** Begin: shown when asked for, and then always that of the unit somebody works in. */
export function startOriginal(element, address) {
  base = address;
  place = element;
  on("original", () => {
    place.hidden = !place.hidden;
    if (!place.hidden) show(activeId()); else say("The original is closed.");
  });
  document.addEventListener("unit-active", (event) => { if (!place.hidden) show(event.detail.id); });
}

async function show(id) {
  if (!id) return;
  try {
    place.querySelector(".pages").replaceChildren(await fragment(`${base}original?id=${encodeURIComponent(id)}`));
    place.querySelector("mark")?.scrollIntoView({ block: "center" });
  } catch (error) { tell(error); }
}
