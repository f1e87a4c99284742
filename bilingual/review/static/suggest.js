// Next words under the field: the rest of a term at once, what the engine would go on with after a pause. They are only
// offered; typing on lets them go, and nothing waits for them.

import { post, say } from "./api.js";
import { on } from "./keys.js";
import { activeId, insert, selection } from "./editor.js";
import { element, later } from "./pieces.js";

const PAUSE = 450;
const SWITCH = "bilingual/suggest";
const MAC = navigator.platform.startsWith("Mac"); // there the key goes to the next word, elsewhere it leaves the page

let base = "";
let asking = null;
let offered = [];
let chosen = 0;
let silent = false; // the engine cannot be had: it is told once, and asked again only by the key

/** Begin; `section` gets the switch that turns it off. */
export function startSuggest(section, address) {
  base = address;
  const box = element("input", { type: "checkbox", checked: localStorage.getItem(SWITCH) !== "off" });
  box.addEventListener("change", () => { localStorage.setItem(SWITCH, box.checked ? "on" : "off"); if (!box.checked) clear(); });
  section.append(element("label", { className: "choice small" }, box, "Suggest next words while I type"));
  const ask = later(() => { if (box.checked) asked(!silent); }, PAUSE);
  document.addEventListener("input", (event) => {
    if (!event.target.closest?.(".field")) return;
    clear();
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") ask();
  });
  document.addEventListener("unit-active", clear);
  document.addEventListener("unit-saved", place);
  on("suggest", () => { silent = false; asked(true, true); });
  on("take-words", (event) => (offered.length ? take(offered[chosen]) : !MAC && Boolean(event?.target.closest?.(".field"))));
  on("other-words", () => (offered.length ? choose((chosen + 1) % offered.length) : false));
}

/** Whether somebody writes: who has left the field meanwhile is not told what would go on there. */
const inside = () => Boolean(document.activeElement?.closest(".field"));

async function asked(engine, aloud = false) {
  const id = activeId(), now = selection();
  if (!now || now.start !== now.end) { if (aloud) say("Put the caret where the words shall go."); return; }
  asking?.abort();
  const mine = (asking = new AbortController());
  const typed = now.text.slice(0, now.start);
  try {
    for (const slow of engine ? [false, true] : [false]) { // the glossary knows at once
      const answer = await post(`${base}units/${encodeURIComponent(id)}/next`, { typed, engine: slow }, { signal: mine.signal });
      const still = selection();
      if (mine !== asking || activeId() !== id || still?.text !== now.text || still.start !== now.start) return;
      if (answer.told) silent = true;
      show([...new Set([...answer.terms, ...answer.words])].slice(0, 5));
      if (aloud && slow && inside()) say(offered.length ? `Suggested: ${offered.map((words) => words.trim()).join("; ")}` : answer.told || "No words to suggest.");
    }
  } catch (error) { if (error.name !== "AbortError" && aloud && inside()) say(error.message); }
}

/** Offer these words; the one that was chosen already stays so. */
function show(words) {
  const was = offered[chosen];
  offered = words;
  chosen = Math.max(0, words.indexOf(was));
  place();
}

/** Under the field of the active unit; a row that was rendered anew gets it again. */
function place() {
  const frame = document.querySelector(".unit.active .field");
  document.querySelector(".suggestions")?.remove();
  if (!frame || !offered.length) return;
  frame.after(element("div", { className: "under suggestions", role: "group", "aria-label": "Suggested next words" },
    ...offered.map((words, at) => {
      const made = element("button", { type: "button", className: "small", lang: "en", tabIndex: -1, "aria-pressed": String(at === chosen) },
        words.trim(), at === chosen && element("kbd", {}, "Alt+→"));
      made.addEventListener("mousedown", (event) => event.preventDefault());
      made.addEventListener("click", () => take(words));
      return made;
    })));
}

function choose(at) {
  chosen = at;
  place();
  say(offered[chosen].trim());
}

function take(words) {
  clear();
  insert(words, { exact: true });
}

function clear() {
  asking?.abort();
  offered = [];
  place();
}
