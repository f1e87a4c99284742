// The candidates of the unit somebody works in: matches of the memory with percentages, the engine's words, what people
// wrote. Each is taken by its number key or a click.

import { get, tell } from "./api.js";
import { keysOf } from "./keys.js";
import { act, activeId } from "./editor.js";
import { element, insertText, later, line, pieces } from "./pieces.js";

let base = "";
let asking = null;

/** Begin to show the candidates of whichever unit somebody works in. */
export function startCandidates(section, address) {
  base = address;
  section.setAttribute("aria-labelledby", "h-candidates");
  const list = element("ol", { className: "plain candidates" });
  const told = element("p", { className: "muted small" });
  section.replaceChildren(element("h2", { id: "h-candidates" }, "Candidates"), list, told);
  section.addEventListener("click", (event) => {
    const taken = event.target.closest("[data-candidate]");
    if (!taken) return;
    if (taken.dataset.index) act({ candidate: Number(taken.dataset.index) }); // with its formatting
    else insertText(taken.dataset.text, true);
  });
  const show = later((id) => fetched(id, list, told), 60);
  const again = later((id) => { if (id === activeId()) fetched(id, list, told); }, 700);
  document.addEventListener("unit-active", (event) => { if (event.detail.id) show(event.detail.id); });
  document.addEventListener("unit-saved", (event) => again(event.detail.id));
}

async function fetched(id, list, told) {
  asking?.abort();
  const mine = (asking = new AbortController());
  try {
    const answer = await get(`${base}units/${encodeURIComponent(id)}/candidates`, { signal: mine.signal });
    if (mine !== asking) return;
    list.replaceChildren(...answer.candidates.map(shown));
    told.textContent = answer.candidates.length ? answer.told : answer.told || "Nothing like it was translated before.";
  } catch (error) { if (error.name !== "AbortError") tell(error); }
}

function shown(one, at) {
  const [key] = keysOf(`candidate-${at + 1}`);
  const take = element("button", {
    type: "button", className: "candidate", "data-candidate": at + 1, "data-text": one.text, "data-index": one.index,
    title: `Take it (${key})`, "aria-keyshortcuts": key,
  }, element("span", { className: `badge ${one.percent >= 100 ? "good" : ""}` }, one.label), element("kbd", { "aria-hidden": "true" }, key),
  element("span", { lang: "en", className: "words" }, ...pieces(one.change ?? [[one.text, false]])));
  const about = [one.origin, ...one.notes, one.present && "this is the translation now"].filter(Boolean).join(" · ");
  return element("li", { className: one.present ? "present" : "" }, take,
    one.source && line("zh-Hans", one.source),
    about && element("p", { className: "small muted break" }, about));
}
