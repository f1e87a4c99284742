// The rows of the document, as many as are near: fifty at a time, fetched before they are seen, kept while there is
// room. What was not fetched yet is shown by its plain words at once, so that no row is ever blank.

import { fragment, get, tell } from "./api.js";
import { isBusy } from "./saving.js";

const SIZE = 50;      // rows of a chunk
const KEPT = 160;     // chunks whose rows are kept as text
const AHEAD = 2.5;    // windows filled above and below the one that is seen
const BEHIND = 8;     // windows away at which rows are let go
const AT_ONCE = 3;    // requests for rows in flight

let base = "";
let sheet = null;
let ids = [];
let places = new Map();
let chunks = [];
let view = 0;
let inFlight = 0;
let held = null;      // the row that stays where it is when the window or the panel gets another width, and its place
const kept = new Map();     // chunk number → its rows as text, the oldest first
const words = new Map();    // id → [source, target, state, version]
let isHeld = () => false;   // whether a row must stay as it is, because somebody works in it

/** Begin with the rows that came with the page. `held(row)` tells which row must not be replaced. */
export function startList(element, address, held) {
  sheet = element;
  base = address;
  isHeld = held;
  const first = sheet.querySelector(".chunk");
  chunks = [{ element: first, from: 0, full: true, live: true, height: first.offsetHeight }];
  ids = [...first.querySelectorAll(".unit")].map((row) => row.dataset.unit);
  places = new Map(ids.map((id, at) => [id, at]));
  let timer = 0;
  sheet.addEventListener("scroll", () => { place(); clearTimeout(timer); timer = setTimeout(hold, 80); }, { passive: true });
  document.addEventListener("unit-active", hold);
  new ResizeObserver(rewrap).observe(sheet);
}

/** Show these units in this order; the rows that came with the page stay where they are. */
export function show(wanted) {
  const same = chunks.length === 1 && ids.every((id, at) => wanted[at] === id) && (ids.length === SIZE || ids.length === wanted.length);
  const first = same ? chunks[0] : null;
  view += 1;
  kept.clear();
  ids = wanted;
  places = new Map(ids.map((id, at) => [id, at]));
  for (const chunk of chunks) if (chunk !== first) chunk.element.remove();
  const made = [];
  for (let from = 0; from < ids.length; from += SIZE) {
    if (first && from === 0) { made.push(first); continue; }
    const element = document.createElement("div");
    element.className = "chunk empty";
    made.push({ element, from, full: false, live: false, height: 0 });
  }
  chunks = made;
  sheet.append(...made.map((chunk) => chunk.element));
  guess();
  if (!first) sheet.scrollTop = 0;
  place();
}

/** The ids in view, in their order. */
export const shownIds = () => ids;
/** Where a unit stands in the view, from 0; undefined where it does not. */
export const placeOf = (id) => places.get(id);
/** A unit's row, if it is near. */
export const rowOf = (id) => document.getElementById(`u-${id}`);

/** Bring a unit's row into sight, and give it. */
export async function bring(id, { middle = false } = {}) {
  const at = places.get(id);
  if (at === undefined) return null;
  const number = Math.floor(at / SIZE);
  if (!chunks[number].live) {
    if (!filled(number)) await load(number);
    const now = chunks[number];
    if (!now) return null;
    measure();
    sheet.scrollTop = topOf(number) + now.height * ((at % SIZE) / Math.max(1, sizeOf(number))) - sheet.clientHeight / 3;
    place();
  }
  const row = rowOf(id);
  if (!row) return null;
  const box = row.getBoundingClientRect(), { above, below } = room();
  if (middle || box.top < above || box.bottom > below) {
    const wished = middle ? above + (below - above) * 0.3 : box.top < above ? above + 60 : below - box.height - 40;
    sheet.scrollTop += box.top - Math.max(above, Math.min(wished, below - box.height)); // all of it, else its beginning
    place();
  }
  hold();
  return rowOf(id);
}

/** Where a row can be read: below the heads, and with something of the next one to see. */
function room() {
  const { top, bottom } = sheet.getBoundingClientRect();
  return { above: top + 36, below: bottom - 90 };
}

/** Remember what is looked at: the unit somebody works in, if it is in sight, else the first row that is. */
function hold() {
  const { top, bottom } = sheet.getBoundingClientRect();
  const seen = (row) => { const box = row.getBoundingClientRect(); return box.bottom > top + 32 && box.top < bottom; };
  const active = sheet.querySelector(".unit.active");
  const row = active && seen(active) ? active : [...sheet.querySelectorAll(".chunk .unit")].find(seen);
  held = row ? { id: row.dataset.unit, top: row.getBoundingClientRect().top - top } : null;
}

/** Other widths wrap the words anew: what was looked at stays where it was, the active unit in sight. */
function rewrap() {
  for (const chunk of chunks) chunk.measured = false;
  measure();
  guess();
  const row = held && rowOf(held.id);
  if (!row) { place(); return; }
  sheet.scrollTop += row.getBoundingClientRect().top - sheet.getBoundingClientRect().top - held.top;
  if (row.classList.contains("active")) bring(held.id); else place();
}

/** Put a row that the server rendered in the place of the one that is there. */
export function update(id, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const row = holder.content.querySelector(".unit");
  const old = rowOf(id);
  remember(row);
  if (old && row) stable(() => swap(old, row, true));
  else if (places.has(id)) kept.delete(Math.floor(places.get(id) / SIZE));
}

/** Fetch rows again that are others now; all that are near without ids. */
export async function refresh(changed) {
  const wanted = changed ? changed.filter((id) => places.has(id)) : ids;
  for (const id of wanted) kept.delete(Math.floor(places.get(id) / SIZE));
  const near = (changed ? wanted : [...sheet.querySelectorAll(".chunk .unit")].map((row) => row.dataset.unit)).filter(rowOf);
  for (let at = 0; at < near.length; at += SIZE) {
    try {
      const rows = [...(await fragment(`${base}rows?${idsAsked(near.slice(at, at + SIZE))}`)).querySelectorAll(".unit")];
      stable(() => { for (const row of rows) { remember(row); const old = rowOf(row.dataset.unit); if (old) swap(old, row); } });
    } catch (error) { if (error.status) tell(error); return; }
  }
}

/** Ids as an address asks for them. */
export const idsAsked = (wanted) => wanted.map((id) => `id=${encodeURIComponent(id)}`).join("&");

/** The ids of the rows that can be seen. */
export function inSight() {
  const room = sheet.getBoundingClientRect();
  return [...sheet.querySelectorAll(".chunk .unit")].filter((row) => {
    const box = row.getBoundingClientRect();
    return box.bottom > room.top && box.top < room.bottom;
  }).map((row) => row.dataset.unit);
}

/** Fetch the plain words of the whole document, in the background. */
export async function loadWords(total) {
  for (let from = 0; from < total; from += 1000) {
    try {
      for (const [id, ...rest] of await get(`${base}texts?from=${from}`)) if (!words.has(id)) words.set(id, rest);
    } catch { return; }
    await new Promise((done) => setTimeout(done, 20));
  }
  stable(guess);
}

function remember(row) {
  if (row) words.set(row.dataset.unit, [textOf(row, ".source"), textOf(row, ".target"), row.dataset.state, row.dataset.version]);
}

/** The words of a cell, without the tags of inline codes. */
export function textOf(row, side) {
  const text = row.querySelector(`${side} .text`).cloneNode(true);
  for (const code of text.querySelectorAll(".code")) code.remove();
  return text.textContent;
}

/** A row in the place of an older one; not while newer words than the server's are on their way. */
function swap(old, row, answered = false) {
  if (!answered && isBusy(row.dataset.unit)) return;
  if (isHeld(old)) document.dispatchEvent(new CustomEvent("row-changed", { detail: { row } }));
  else old.replaceWith(row);
}

const sizeOf = (number) => Math.min(SIZE, ids.length - chunks[number].from);
const idsOf = (number) => ids.slice(chunks[number].from, chunks[number].from + SIZE);

function topOf(number) {
  let top = sheet.querySelector(".heads").offsetHeight;
  for (let at = 0; at < number; at += 1) top += chunks[at].height;
  return top;
}

/** What is live has its own height; it is read again when it is needed. */
function measure() {
  for (const chunk of chunks) if (chunk.live) chunk.height = chunk.element.offsetHeight || chunk.height;
}

/** What is not live gets the height that its words will need. */
function guess() {
  const wide = Math.max(300, sheet.clientWidth - (innerWidth <= 1200 ? 165 : 224));
  const chinese = (wide * 0.47 - 22) / 15, english = (wide * 0.53 - 22) / 7.15;
  for (const [number, chunk] of chunks.entries()) {
    if (chunk.live || chunk.measured) continue;
    let height = 0;
    for (const id of idsOf(number)) {
      const known = words.get(id);
      const lines = known ? Math.max(Math.ceil(known[0].length / chinese) * 1.07, Math.ceil(known[1].length / english), 2) : 3;
      height += 14 + lines * 23.3;
    }
    chunk.height = height;
    chunk.element.style.height = `${height}px`;
  }
}

/** Do something to the rows and keep what is in sight where it is. */
function stable(act) {
  const room = sheet.getBoundingClientRect().top + 32;
  const anchor = [...sheet.querySelectorAll(".chunk .unit")].find((row) => row.getBoundingClientRect().bottom > room);
  const id = anchor?.dataset.unit, was = anchor?.getBoundingClientRect().top;
  act();
  const now = id && rowOf(id);
  if (now) {
    const moved = now.getBoundingClientRect().top - was;
    if (Math.abs(moved) > 0.5) sheet.scrollTop += moved;
  }
}

function place() {
  if (!chunks.length) return;
  measure();
  const height = sheet.clientHeight, top = sheet.scrollTop;
  const fill = [], empty = [];
  let at = sheet.querySelector(".heads").offsetHeight;
  for (const [number, chunk] of chunks.entries()) {
    const bottom = at + chunk.height;
    if (bottom > top - height * AHEAD && at < top + height * (1 + AHEAD)) { if (!chunk.live || !chunk.full) fill.push([Math.abs((at + bottom) / 2 - top), number]); }
    else if (chunk.live && (bottom < top - height * BEHIND || at > top + height * (1 + BEHIND)) && !holds(chunk)) empty.push(number);
    at = bottom;
  }
  if (!fill.length && !empty.length) return;
  fill.sort((one, other) => one[0] - other[0]);
  const ready = fill.filter(([, number]) => !chunks[number].live || kept.has(number));
  if (ready.length || empty.length) {
    stable(() => {
      for (const number of empty) letGo(number);
      for (const [, number] of ready) filled(number);
    });
  }
  for (const [, number] of fill) if (!chunks[number].full) load(number, true);
}

const holds = (chunk) => [...chunk.element.querySelectorAll(".unit.active")].some(isHeld);

function letGo(number) {
  const chunk = chunks[number];
  chunk.height = chunk.element.offsetHeight;
  if (chunk.full) keep(number, chunk.element.innerHTML);
  chunk.element.replaceChildren();
  chunk.element.removeAttribute("role");
  chunk.element.classList.add("empty");
  chunk.element.style.height = `${chunk.height}px`;
  Object.assign(chunk, { live: false, full: false, measured: true });
}

function keep(number, html) {
  kept.delete(number);
  kept.set(number, html);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
}

/** Show a chunk by what is at hand: its rows, else its plain words. Whether anything was. */
function filled(number) {
  const chunk = chunks[number];
  if (kept.has(number)) { put(number, kept.get(number)); return true; }
  if (chunk.live) return true;
  const wanted = idsOf(number);
  if (!wanted.every((id) => words.has(id))) return false;
  chunk.element.replaceChildren(...wanted.map((id, at) => plainRow(id, chunk.from + at)));
  alive(chunk, false);
  return true;
}

function put(number, html) {
  const chunk = chunks[number];
  if (!chunk.live) chunk.element.innerHTML = html;
  else {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    for (const row of holder.content.querySelectorAll(".unit")) {
      const old = rowOf(row.dataset.unit);
      if (old) swap(old, row);
    }
  }
  alive(chunk, true);
}

function alive(chunk, full) {
  chunk.element.setAttribute("role", "rowgroup");
  chunk.element.classList.remove("empty");
  chunk.element.style.height = "";
  Object.assign(chunk, { live: true, full });
}

function plainRow(id, at) {
  const [source, target, state, version] = words.get(id);
  const row = document.createElement("div");
  row.className = "unit plain";
  row.id = `u-${id}`;
  row.dataset.unit = id;
  row.dataset.state = state;
  row.dataset.version = version;
  row.setAttribute("role", "row");
  row.setAttribute("aria-rowindex", at + 2);
  const cell = (role, name, lang, text) => {
    const made = document.createElement("div");
    made.setAttribute("role", role);
    made.className = name;
    if (lang) {
      made.lang = lang;
      made.append(Object.assign(document.createElement("div"), { className: "text", textContent: text }));
    }
    row.append(made);
    return made;
  };
  cell("rowheader", "place");
  cell("cell", "source", "zh-Hans", source);
  cell("cell", "target", "en", target);
  cell("cell", "status").append(Object.assign(document.createElement("span"), { className: `badge state ${state}`, textContent: state }));
  return row;
}

const waiting = new Map();

/** Fetch a chunk's rows and put them in; with `queue` when there is a free hand, the nearest first. */
function load(number, queue = false) {
  const chunk = chunks[number];
  if (waiting.has(chunk)) return waiting.get(chunk);
  if (queue && inFlight >= AT_ONCE) return null; // `place` asks again when a hand is free
  const mine = view;
  inFlight += 1;
  const done = fragmentText(`${base}rows?${idsAsked(idsOf(number))}`).then((html) => {
    if (mine !== view) return;
    keep(number, html);
    stable(() => put(number, html));
    for (const row of chunk.element.querySelectorAll(".unit")) if (!words.has(row.dataset.unit)) remember(row);
  }).then(() => 0, (error) => { if (error.status) tell(error); return 2000; }).then((pause) => {
    inFlight -= 1;
    waiting.delete(chunk);
    setTimeout(place, pause);
  });
  waiting.set(chunk, done);
  return done;
}

async function fragmentText(path) {
  const holder = document.createElement("div");
  holder.append(await fragment(path));
  return holder.innerHTML;
}
