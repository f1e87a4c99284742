// What belongs to the unit somebody works in: its findings, terms, notes, changes and history, fetched when it changes.

import { fragment, tell } from "./api.js";
import { ask } from "./asking.js";
import { act, activeId, insert, selection } from "./editor.js";

let base = "";
let turn = 0;
let timer = 0;

/** Begin to show the panel of whichever unit somebody works in. */
export function startPanel(panel, address) {
  base = address;
  document.addEventListener("unit-active", (event) => soon(event.detail.id, 40));
  document.addEventListener("unit-saved", (event) => { if (event.detail.id === activeId()) soon(event.detail.id, 60); });
  document.addEventListener("row-changed", (event) => soon(event.detail.row.dataset.unit, 120));
  document.addEventListener("progress", () => { if (activeId() && document.querySelector("#of-unit [data-unchecked]")) soon(activeId(), 0); });
  panel.addEventListener("click", clicked);
  panel.addEventListener("focusin", (event) => { // a search is no use with its answers below the edge
    const section = event.target.closest("[data-panel=concordance], [data-panel=glossary]");
    if (section && event.target.matches("[type=search]")) section.scrollIntoView({ block: "start" });
  });
  panel.addEventListener("submit", spoken);
  panel.addEventListener("toggle", (event) => { if (event.target.id === "history" && event.target.open) past(event.target); }, true);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("form.talk")) {
      event.preventDefault();
      event.stopPropagation();
      event.target.form.requestSubmit();
    }
  });
}

function soon(id, wait) {
  clearTimeout(timer);
  timer = setTimeout(() => show(id), wait);
}

async function show(id) {
  const mine = (turn += 1);
  const place = document.getElementById("of-unit");
  try {
    const made = await fragment(`${base}units/${encodeURIComponent(id)}/panel`);
    if (mine !== turn) return;
    const drafts = new Map([...place.querySelectorAll("form.talk textarea")].filter((field) => field.value && place.dataset.id === id).map((field) => [field.id, field.value]));
    const focus = place.contains(document.activeElement) ? document.activeElement.id : "";
    const open = place.dataset.id === id && place.querySelector("#history")?.open;
    if (place.dataset.id !== id) place.closest(".panel").scrollTop = 0;
    arrange(place, made);
    place.dataset.id = id;
    for (const [field, text] of drafts) document.getElementById(field).value = text;
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    if (open) place.querySelector("#history").open = true;
    document.dispatchEvent(new CustomEvent("panel-shown", { detail: { id } }));
  } catch (error) { if (mine === turn) tell(error); }
}

/** What is wrong comes before what could be taken instead; the candidates stay where they are, with whoever is in them. */
function arrange(place, made) {
  const candidates = place.querySelector("[data-panel=candidates]");
  for (const child of [...place.children]) if (child !== candidates) child.remove();
  const findings = made.querySelector("[data-part=findings]");
  if (findings.querySelector(".finding")) candidates.before(findings);
  candidates.after(made);
  local(place);
}

/** Times as the clock on this wall shows them. */
function local(place) {
  for (const time of place.querySelectorAll("time")) {
    const then = new Date(time.dateTime);
    if (!Number.isNaN(then.valueOf())) time.textContent = then.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  }
}

async function past(details) {
  const id = document.getElementById("of-unit").dataset.id;
  try { details.querySelector(".versions").replaceChildren(await fragment(`${base}units/${encodeURIComponent(id)}/history`)); local(details); } catch (error) { tell(error); }
}

async function spoken(event) {
  const form = event.target.closest("form.talk");
  if (!form) return;
  event.preventDefault();
  const field = form.querySelector("textarea"), text = field.value.trim();
  if (!text) { field.focus(); return; }
  if (await act({ [form.dataset.talk]: text })) { field.value = ""; field.focus(); }
}

async function clicked(event) {
  const button = event.target.closest("button");
  if (!button || !document.getElementById("of-unit").contains(button)) return;
  const data = button.dataset;
  if (data.insert !== undefined) insert(data.insert);
  else if (data.show !== undefined) mark(...data.show.split(" ").map(Number));
  else if (data.fix !== undefined) await act({ fix: { start: Number(data.start), end: Number(data.end), old: data.old, text: data.text } });
  else if (data.silence !== undefined) await silence(data.silence);
  else if (data.unsilence !== undefined) await act({ unsilence: data.unsilence });
  else if (data.answered !== undefined) await act({ answered: Number(data.answered) });
  else if (data.unnote !== undefined) await act({ unnote: Number(data.unnote) });
  else if (data.restore !== undefined) await act({ restore: Number(data.restore) });
  else if (data.code !== undefined) await code(data.code);
}

async function silence(check) {
  const reason = await ask("Silence a finding", { label: "Why is it no fault here?", told: `“${check}” will not be told of this unit any more.`, confirm: "Silence" });
  if (reason !== null) await act({ silence: { check, reason } });
}

function mark(start, end) {
  const field = document.querySelector(".unit.active textarea");
  field?.focus();
  field?.setSelectionRange(start, end);
}

async function code(id) {
  const now = selection();
  if (!now) return;
  const point = (offset) => [...now.text.slice(0, offset)].length;
  await act({ code: { id, start: point(now.start), end: point(now.end) } });
}
