// The unit somebody works in: its field in the row, what is done to it by key or button, and the way to other units.

import { get, post, say, tell, warn } from "./api.js";
import { on } from "./keys.js";
import { bring, placeOf, refresh, rowOf, shownIds, textOf, update } from "./list.js";
import { isBehind, settled, sittingOf } from "./saving.js";
import { ask, askPlaces } from "./asking.js";
import { conflict } from "./conflict.js";
import { caretAt, codePoints, wordStart } from "./offsets.js";

let base = "";
let active = null; // { id, row, field, marks, sitting, began, undone, where }

/** The unit somebody works in, if there is one. */
export const activeId = () => active?.id ?? null;
/** Whether a row holds the field. */
export const isActive = (row) => active !== null && active.row === row;
/** The words in the field, and what of them is selected, in JavaScript's offsets. */
export const selection = () => active && { text: active.field.value, start: active.field.selectionStart, end: active.field.selectionEnd };

/** Begin to listen: clicks on rows, keys, what other parts of the page say. */
export function startEditor(sheet, address) {
  base = address;
  sheet.addEventListener("click", clicked);
  sheet.addEventListener("keydown", (event) => {
    if (event.target === sheet && (event.key === "Enter" || event.key === "F2")) { event.preventDefault(); edit(); }
  });
  document.addEventListener("row-changed", (event) => dress(event.detail.row));
  document.addEventListener("unit-saved", saved);
  document.addEventListener("unit-overtaken", overtaken);
  document.addEventListener("unit-refused", (event) => { if (active?.id === event.detail.id) active.row.classList.add("refused"); });
  document.addEventListener("insert-text", (event) => insert(event.detail.text, event.detail));
  for (const [id, act] of Object.entries(ACTS)) on(id, act);
  for (let number = 1; number <= 9; number += 1) on(`candidate-${number}`, () => candidate(number));
}

/** Put the field into a unit's row, bringing it into sight; `place` is where the caret goes. */
export async function activate(id, { focus = true, place = null, middle = false } = {}) {
  if (active?.id === id) { if (focus) active.field.focus(); return active.row; }
  let row = rowOf(id);
  if (!row || !focus) row = await bring(id, { middle });
  if (!row) return null;
  leave();
  row = rowOf(id);
  const words = textOf(row, ".target");
  const sitting = sittingOf(id, Number(row.dataset.version ?? 0), words);
  const field = document.createElement("textarea");
  field.lang = "en";
  field.spellcheck = true;
  field.rows = 1;
  field.value = sitting.text;
  field.readOnly = row.classList.contains("locked");
  const number = row.querySelector(".n")?.textContent ?? placeOf(id) + 1;
  field.setAttribute("aria-label", `English of unit ${number}${field.readOnly ? ", locked" : ""}`);
  const source = row.querySelector(".source .text");
  source.id = `s-${id}`;
  field.setAttribute("aria-describedby", source.id);
  const marks = document.createElement("div");
  marks.className = "backdrop";
  marks.setAttribute("aria-hidden", "true");
  const frame = document.createElement("div");
  frame.className = "field";
  frame.append(marks, field);
  const text = row.querySelector(".target .text");
  marks.append(...inside(text));
  const preview = text.querySelector(".code") ? previewOf(text) : null;
  text.replaceWith(frame);
  if (preview) frame.after(preview);
  active = { id, row, field, marks, sitting, began: sitting.text, undone: 0, plain: row.classList.contains("plain") };
  row.classList.add("active");
  row.setAttribute("aria-current", "true");
  field.addEventListener("input", typed);
  field.addEventListener("keydown", (event) => sitting.spend(event.key.length === 1 || event.key === "Backspace" || event.key === "Delete"));
  field.addEventListener("focus", () => sitting.spend());
  grow();
  widths.observe(frame);
  await bring(id, { middle });
  if (focus) {
    field.focus({ preventScroll: true });
    const at = place ?? field.value.length;
    field.setSelectionRange(at, at);
  }
  sitting.spend();
  document.dispatchEvent(new CustomEvent("unit-active", { detail: { id } }));
  if (active?.plain) refresh([id]);
  return row;
}

/** Take the field out again; what was typed is on its way already. */
export function leave() {
  if (!active) return;
  const { id, row, field, sitting } = active;
  sitting.spend();
  sitting.push();
  sitting.join = null;
  active = null;
  widths.disconnect();
  const frame = field.closest(".field");
  const text = document.createElement("div");
  text.className = "text";
  text.textContent = sitting.text;
  for (const more of row.querySelectorAll(".preview, .conflict")) more.remove();
  frame.replaceWith(text);
  row.classList.remove("active", "refused");
  row.removeAttribute("aria-current");
  if (!sitting.behind) refresh([id]); // else the answer brings the row
}

/** Work on in the unit somebody was in, or the first one in sight. */
export async function edit() {
  if (active) active.field.focus();
  else if (shownIds().length) await activate(shownIds()[0]);
}

/** Write at the caret, as if typed; in the place of everything with `whole`, without a space of its own with `exact`. */
export function insert(text, { whole = false, exact = false } = {}) {
  if (!active || active.field.readOnly) { say("Choose a unit that is not locked first."); return; }
  const { field } = active;
  field.focus();
  if (whole) field.setSelectionRange(0, field.value.length);
  const start = field.selectionStart;
  const before = field.value.slice(0, start), after = field.value.slice(field.selectionEnd);
  const gap = !whole && !exact && /[\p{L}\p{N},;:.!?)”’]$/u.test(before) && /^[\p{L}\p{N}(“‘]/u.test(text) ? " " : "";
  const end = !whole && !exact && /[\p{L}\p{N}]$/u.test(text) && /^[\p{L}\p{N}(“‘]/u.test(after) ? " " : "";
  if (!document.execCommand("insertText", false, gap + text + end)) {
    field.setRangeText(gap + text + end, start, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input"));
  }
}

/** Do an act to the unit somebody works in; what the server said, or null. */
export async function act(body) {
  if (!active) { say("Choose a unit first: click it, or press Alt+↓."); return null; }
  const { sitting } = active;
  return sitting.act(body);
}

const widths = new ResizeObserver(() => { if (active) grow(); });

function typed(event) {
  active.undone = event.inputType === "historyUndo" ? active.undone + 1 : event.inputType === "historyRedo" ? active.undone - 1 : 0;
  active.marks.replaceChildren();
  active.row.classList.remove("refused");
  grow();
  active.sitting.type(active.field.value);
}

function grow() {
  const { field } = active;
  field.style.height = "0";
  field.style.height = `${field.scrollHeight + 2}px`;
}

const inside = (text) => [...text.cloneNode(true).childNodes].filter((node) => !node.classList?.contains("code"));

function previewOf(text) {
  const made = document.createElement("div");
  made.className = "preview";
  made.append(...[...text.childNodes].map((node) => node.cloneNode(true)));
  return made;
}

/** What the server rendered of the unit somebody works in: everything but the field itself. */
function dress(row) {
  if (!active || row.dataset.unit !== active.id) return;
  const own = active.row;
  own.dataset.version = row.dataset.version;
  own.dataset.state = row.dataset.state;
  own.dataset.worst = row.dataset.worst;
  for (const name of ["locked", "first"]) own.classList.toggle(name, row.classList.contains(name));
  if (own.classList.contains("plain")) own.className = `${row.className} active`;
  for (const side of [".place", ".source", ".status"]) {
    const old = own.querySelector(side), now = row.querySelector(side);
    if (old.innerHTML !== now.innerHTML) old.replaceChildren(...now.childNodes);
  }
  own.querySelector(".source .text").id = `s-${active.id}`;
  active.field.readOnly = row.classList.contains("locked");
  if (active.sitting.version < Number(row.dataset.version) && !active.sitting.behind && !active.sitting.isRefused) {
    active.sitting.version = Number(row.dataset.version);
    const words = textOf(row, ".target");
    if (words !== active.field.value) take(words);
  }
  const text = row.querySelector(".target .text");
  own.querySelector(".preview")?.remove();
  if (text.querySelector(".code")) active.field.closest(".field").after(previewOf(text));
  if (textOf(row, ".target") === active.field.value) active.marks.replaceChildren(...inside(text));
}

/** The field gets other words that are saved already: an undo, a candidate. Its own undo begins anew. */
function take(words) {
  active.sitting.text = active.sitting.saved = words;
  if (active.field.value !== words) active.field.value = words;
  active.began = words;
  active.undone = 0;
  active.marks.replaceChildren();
  grow();
}

function saved(event) {
  const { id, row, answer, typed: byTyping } = event.detail;
  if (active?.id === id && !byTyping && !active.sitting.isRefused && answer.target !== active.field.value) take(answer.target);
  update(id, row);
  if (answer.also?.length) refresh(answer.also);
}

function overtaken(event) {
  const { id, mine, now, row, message, hint } = event.detail;
  update(id, row);
  warn(`${message} – ${hint}`);
  if (active?.id !== id) return;
  if (mine === null || mine === now.target) { take(now.target); return; }
  active.row.querySelector(".conflict")?.remove();
  const box = conflict(now.by, now.target, mine, {
    theirs: () => { take(now.target); active.field.focus(); },
    own: () => { take(now.target); insert(mine, { whole: true }); active.field.focus(); },
  });
  active.field.closest(".field").after(box);
  active.field.value = mine;
  active.sitting.text = active.sitting.saved = now.target;
  grow();
}

// Clicks

function clicked(event) {
  const row = event.target.closest(".unit[data-unit]");
  if (!row || event.target.closest("textarea, button")) return;
  const chosen = getSelection();
  if (!chosen.isCollapsed && row.contains(chosen.anchorNode)) return; // words are being selected
  const term = event.target.closest("mark.term");
  const place = event.target.closest(".target") ? caretAt(row.querySelector(".target .text"), event) : null;
  if (term && isActive(row)) { insertTerm(term.dataset.term); return; }
  activate(row.dataset.unit, { place });
}

/** Insert a term's rendering: of the one with that id, else of the next one that is missing. */
function insertTerm(id) {
  const all = [...document.querySelectorAll("#of-unit [data-part=terms] li")];
  const button = (item) => item.querySelector("[data-term]");
  const text = active?.field.value.toLowerCase() ?? "";
  const said = (one) => [...one.querySelectorAll("[data-insert]")].some((other) => text.includes(other.dataset.insert.toLowerCase()));
  const fresh = Number(all[0]?.closest("section").dataset.version) === active?.sitting.version && !active.sitting.behind;
  const item = id ? all.find((one) => button(one).dataset.term === id)
    : all.find((one) => !said(one) && (one.classList.contains("is-missing") || !fresh)); // the panel is a moment behind the keys
  if (item) insert(button(item).dataset.insert);
  else say(all.length ? "Every term of the source is in the translation." : "The glossary has none of these words.");
}

// The way to other units

async function step(by, wanted = null) {
  const ids = shownIds();
  if (!ids.length) return;
  let at = active ? placeOf(active.id) ?? -1 : by > 0 ? -1 : ids.length;
  if (wanted) {
    do at += by; while (at >= 0 && at < ids.length && !wanted.has(ids[at]));
  } else at += by;
  if (at < 0 || at >= ids.length) { say(wanted ? "There is no other one in this direction." : by > 0 ? "This is the last unit." : "This is the first unit."); return; }
  await activate(ids[at]);
}

async function among(query) {
  try { return new Set((await get(`${base}list?${query}&now=1`)).ids); } catch (error) { tell(error); return new Set(); }
}

const OPEN = "state=new&state=draft&state=translated";

async function confirm(state) {
  if (!active || document.activeElement?.closest("#filter")) { await edit(); return; } // nobody has looked at it yet
  if (!active.field.value.trim() && active.row.querySelector(".source .text").textContent.trim()) {
    warn("There is no translation to confirm yet.");
    return;
  }
  if (active.sitting.isRefused) {
    warn("These words are not saved: they were refused. Write others first.");
    return;
  }
  active.sitting.act({ state });
  const at = placeOf(active.id), ids = shownIds();
  if (at !== undefined && at + 1 < ids.length) await activate(ids[at + 1]);
  else say("That was the last unit.");
}

async function turn(way) {
  if (isBehind()) await settled();
  let answer;
  try { answer = await post(`${base}${way}`); } catch (error) { tell(error); return; }
  say(answer.message);
  if (!answer.done) return;
  if (active) active.undone = 0; // what the field itself could do again is past
  if (answer.recut) { document.dispatchEvent(new CustomEvent("view-wanted", { detail: { go: answer.ids[0] } })); return; }
  await refresh(answer.ids);
  if (answer.ids.length && !answer.ids.includes(active?.id)) await activate(answer.ids[0]);
  document.dispatchEvent(new CustomEvent("unit-active", { detail: { id: active?.id } }));
}

function candidate(number) {
  const button = document.querySelector(`[data-panel=candidates] [data-candidate="${number}"]`);
  if (button) button.click(); else say(`There is no candidate ${number}.`);
}

async function split() {
  if (!active) return;
  const { id, row, field, sitting } = active;
  const chinese = textOf(row, ".source"), english = field.value;
  const places = await askPlaces("Split the unit", chinese, english, wordStart(english, field.selectionStart));
  if (!places) return;
  await settled();
  if (active?.id !== id || active.field.value !== english || textOf(active.row, ".source") !== chinese) {
    warn("The unit was changed meanwhile: choose the places anew.");
    if (active?.id === id) await split();
    return;
  }
  await recut("split", { id, version: sitting.version, source_at: codePoints(chinese, places[0]), target_at: codePoints(english, places[1]) });
}

async function recut(way, body) {
  try {
    const answer = await post(`${base}${way}`, body);
    leave();
    say(way === "split" ? "The unit was split." : "The units were joined.");
    document.dispatchEvent(new CustomEvent("view-wanted", { detail: { go: answer.id } }));
  } catch (error) { tell(error); }
}

async function talk(id) {
  if (!active) return;
  const field = document.getElementById(id);
  field?.scrollIntoView({ block: "nearest" });
  field?.focus();
}

async function part(name) {
  const section = document.querySelector(`#of-unit [data-part="${name}"]`) ?? document.querySelector("#of-unit");
  section.scrollIntoView({ block: "start" });
  section.tabIndex = -1;
  section.focus({ preventScroll: true });
}

const ACTS = {
  next: () => step(1),
  previous: () => step(-1),
  "next-open": async () => step(1, await among(OPEN)),
  "previous-open": async () => step(-1, await among(OPEN)),
  "next-finding": async () => step(1, await among("finding=any")),
  "previous-finding": async () => step(-1, await among("finding=any")),
  goto: async () => {
    const now = active?.row.querySelector(".n")?.textContent ?? "1";
    const number = await ask("Go to unit", { label: "Number", type: "number", value: now });
    if (number === null) return;
    let ids;
    try { ({ ids } = await get(`${base}list`)); } catch (error) { tell(error); return; } // numbers count what a filter hides
    const id = ids[Number(number) - 1];
    if (id === undefined) warn(`There are ${ids.length.toLocaleString("en")} units.`);
    else if (placeOf(id) === undefined) warn(`The filter does not show unit ${number}. Alt+Shift+F shows all.`);
    else await activate(id, { middle: true });
  },
  panel: () => {
    const panel = document.getElementById("panel");
    if (panel.contains(document.activeElement)) edit(); else panel.focus();
  },
  leave: () => {
    const dialog = document.querySelector("dialog[open]");
    if (dialog) return false;
    const menu = document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); } else if (document.activeElement === active?.field) active.row.closest(".sheet").focus();
    else edit();
    return true;
  },
  confirm: () => confirm("translated"),
  reviewed: () => confirm("reviewed"),
  final: () => confirm("final"),
  draft: async () => { if (await act({ state: "draft" })) say("Back to draft."); },
  lock: async () => {
    const answer = active && await act({ locked: !active.row.classList.contains("locked") });
    if (answer) say(answer.locked ? "Locked." : "Unlocked.");
  },
  undo: (event) => {
    if (event?.target === active?.field && active && active.field.value !== active.began) return false; // the field's own
    return void turn("undo");
  },
  redo: (event) => {
    if (event?.target === active?.field && active?.undone > 0) return false;
    return void turn("redo");
  },
  "copy-source": () => active && insert(textOf(active.row, ".source"), { whole: true }),
  "insert-term": () => insertTerm(),
  fix: () => {
    const button = document.querySelector("#of-unit [data-fix]");
    if (button) button.click(); else say("There is no certain fix for this unit.");
  },
  split,
  join: async () => {
    if (!active) return;
    const { id, sitting } = active, next = shownIds()[placeOf(id) + 1];
    if (next === undefined) { warn("No unit is shown after this one."); return; }
    await settled();
    const row = rowOf(next) ?? await bring(next);
    if (row) await recut("join", { id, version: sitting.version, next, next_version: Number(row.dataset.version) });
  },
  source: async () => {
    if (!active) return;
    const words = await ask("Correct the source", { label: "Chinese; what the file says is kept beside it", lang: "zh-Hans", value: textOf(active.row, ".source"), long: true });
    if (words !== null && await act({ source: words })) say("The source was corrected.");
  },
  note: () => talk("new-note"),
  query: () => talk("new-query"),
  silence: () => {
    const button = document.querySelector("#of-unit [data-silence]");
    if (button) button.click(); else say("There is no finding here.");
  },
  changes: () => part("changes"),
  history: () => { document.getElementById("history")?.setAttribute("open", ""); part("about"); },
};
