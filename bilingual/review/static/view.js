// Which units are shown: the filter's form, its conditions as chips, and the address, which keeps them.

import { get, say, tell } from "./api.js";
import { on } from "./keys.js";
import { show } from "./list.js";
import { activate, activeId, leave } from "./editor.js";
import { markFound } from "./found.js";

const FIELDS = ["state", "finding", "flag", "term", "text", "source", "target", "regex", "case", "locked", "repeated", "note", "query", "by"];

let base = "";
let form = null;
let turn = 0;
let timer = 0;
let last = null; // the unit somebody last worked in: a filter that comes and goes leads back to it

/** Begin: the form, the way back and forth of the browser, and the first list. */
export async function startView(element, address) {
  base = address;
  form = element;
  form.addEventListener("submit", (event) => { event.preventDefault(); chosen(); document.getElementById("more").open = false; });
  form.addEventListener("reset", () => setTimeout(chosen, 0));
  form.addEventListener("change", (event) => { if (event.target.type !== "search") chosen(); });
  form.elements.words.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(chosen, 350); });
  addEventListener("popstate", () => load({ fill: true }));
  document.addEventListener("view-wanted", (event) => load({ go: event.detail?.go }));
  on("filter", () => { form.elements.words.focus(); form.elements.words.select(); });
  on("clear-filter", () => change(new URLSearchParams(), true));
  document.addEventListener("focusin", (event) => { if (event.target.closest?.(".field")) last = activeId(); });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target) || event.target.closest("[data-action]")) menu.open = false;
  });
  await load({ fill: true, first: true });
}

/** The conditions in force, as parameters of an address. */
export function conditions() {
  const given = new URLSearchParams(location.search), kept = new URLSearchParams();
  for (const [key, value] of given) if (FIELDS.includes(key) && value) kept.append(key, value);
  return kept;
}

function chosen() {
  const data = new FormData(form), wanted = new URLSearchParams();
  for (const [key, value] of data) {
    if (!value || key === "side" || key === "words") continue;
    wanted.append(key, value);
  }
  if (data.get("words")) wanted.set(data.get("side"), data.get("words"));
  else { wanted.delete("regex"); wanted.delete("case"); }
  change(wanted);
}

function change(wanted, fill = document.activeElement?.form !== form) {
  clearTimeout(timer);
  if (wanted.toString() === conditions().toString()) { if (fill) filled(); return; }
  const query = wanted.toString();
  history.pushState(null, "", query ? `?${query}` : location.pathname);
  load({ fill });
}

async function load({ fill = false, first = false, go = null } = {}) {
  const mine = (turn += 1);
  if (fill) filled();
  let answer;
  try { answer = await get(`${base}list?${conditions()}`); } catch (error) {
    if (mine === turn) { tell(error); document.getElementById("count").textContent = "The filter cannot be used"; }
    return;
  }
  if (mine !== turn) return;
  const was = [go, last, activeId()].find((id) => id && answer.ids.includes(id));
  if (!first || conditions().toString()) leave();
  show(answer.ids);
  markFound(document.getElementById("sheet"), conditions());
  document.getElementById("sheet").setAttribute("aria-rowcount", answer.ids.length + 1);
  const total = answer.total.toLocaleString("en"), count = answer.ids.length.toLocaleString("en");
  document.getElementById("count").textContent = conditions().toString() ? `${count} of ${total} units` : `${total} units`;
  chips(answer.chips);
  if (!answer.ids.length) say("No unit fits. Take a condition away.");
  document.dispatchEvent(new CustomEvent("view-changed", { detail: { ids: answer.ids, serial: answer.serial, shape: answer.shape } }));
  if (first) return;
  if (answer.ids.length) await activate(was ?? answer.ids[0], { focus: !form.contains(document.activeElement), middle: was !== undefined });
}

function chips(given) {
  document.getElementById("chips").replaceChildren(...given.map(({ key, value, label }) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: `${label} ✕` });
    button.setAttribute("aria-label", `Take away: ${label}`);
    button.addEventListener("click", () => {
      const left = new URLSearchParams([...conditions()].filter(([name, one]) => !(name === key && one === value)));
      change(left);
      form.elements.words.focus();
      filled();
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }));
}

/** Make the form say what the address says. */
function filled() {
  const given = conditions();
  for (const field of form.elements) {
    if (!field.name) continue;
    if (field.type === "checkbox") field.checked = given.getAll(field.name).includes(field.value);
    else if (field.tagName === "SELECT" && field.name !== "side") field.value = [...field.options].find((option) => option.value && given.getAll(field.name).includes(option.value))?.value ?? "";
    else if (FIELDS.includes(field.name)) field.value = given.get(field.name) ?? "";
  }
  const side = ["text", "source", "target"].find((name) => given.get(name));
  form.elements.words.value = side ? given.get(side) : "";
  form.elements.side.value = side ?? "text";
}
