// Many units at once, each seen before and after and ticked or not: find and replace, repetitions.

import { ApiError, get, post, say, tell } from "./api.js";
import { on } from "./keys.js";
import { activate, activeId } from "./editor.js";
import { refresh } from "./list.js";
import { settled } from "./saving.js";
import { button, element, later, line } from "./pieces.js";
import { selected } from "./search.js";
import { conditions } from "./view.js";

let base = "";

/** Begin: the two dialogs. */
export function startSweep(address) {
  base = address;
  replacing(document.getElementById("replace-dialog"));
  repeating(document.getElementById("repeat-dialog"));
}

/** What went wrong, where somebody in a dialog sees and hears it. */
export function fault(dialog, error) {
  const told = error instanceof ApiError && error.hint ? `${error.message} – ${error.hint}` : error?.message ?? "";
  dialog.querySelector(".fault").textContent = error?.name === "AbortError" ? "" : told;
}

/** A list of things to tick, with a box for all of them; `count(number)` hears how many are. */
export function ticks(holder, items, count) {
  const boxes = () => [...holder.querySelectorAll("li input[type=checkbox]:not(:disabled)")];
  const all = element("input", { type: "checkbox" });
  const told = () => {
    const on = boxes().filter((box) => box.checked).length;
    all.checked = on > 0 && on === boxes().length;
    all.indeterminate = on > 0 && !all.checked;
    count(on);
  };
  all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; told(); });
  const list = element("ul", { className: "plain ticks" }, ...items);
  list.addEventListener("change", told);
  holder.replaceChildren(...(items.length ? [element("label", { className: "choice all" }, all, "All of them"), list] : []));
  told();
}

/** One thing to tick: where it is, what it says before and after, and what to look at. */
export function tick({ value, title, before, after, notes = [], ticked, disabled = false, go = null }) {
  const box = element("input", { type: "checkbox", checked: ticked && !disabled, disabled, "data-value": JSON.stringify(value) });
  return element("li", {}, element("label", { className: "choice" }, box,
    element("span", { className: "what" }, element("span", { className: "small muted" }, title, ...notes.map((note) => element("span", { className: "badge warning" }, note))),
      line("en", before, "del"), line("en", after, "ins"))),
  go && button("Go there", go));
}

/** The values of the ticked ones. */
export const ticked = (holder) => [...holder.querySelectorAll("li input:checked")].map((box) => JSON.parse(box.dataset.value));

async function done(dialog, answer) {
  dialog.close();
  say(answer.step ? `${answer.message} Undo takes it back.` : answer.message);
  await refresh(answer.ids);
  document.dispatchEvent(new CustomEvent("unit-active", { detail: { id: activeId() } }));
}

// Find and replace

function replacing(dialog) {
  const form = dialog.querySelector("form"), holder = dialog.querySelector(".preview"), told = dialog.querySelector(".told-of");
  const apply = dialog.querySelector(".primary");
  let turn = 0;
  const asked = () => ({
    find: form.elements.find.value, new: form.elements.new.value, filter: conditions().toString(),
    ...Object.fromEntries(["regular", "case", "whole"].map((name) => [name, form.elements[name].checked])),
  });
  const look = async () => {
    const mine = (turn += 1);
    apply.disabled = true; // until a fresh look has shown what it would do
    fault(dialog, null);
    if (!form.elements.find.value) { ticks(holder, [], counted); told.textContent = ""; return; }
    try {
      const answer = await post(`${base}replace/preview`, asked());
      if (mine !== turn) return;
      ticks(holder, answer.hits.map((hit) => tick({
        value: [hit.id, hit.version, hit.number], title: `${hit.place} · ${hit.state}`, before: hit.before, after: hit.after,
        notes: hit.held ? [hit.held] : [], ticked: !hit.held, go: () => { dialog.close(); activate(hit.id, { middle: true }); },
      })), counted);
      const where = conditions().toString() ? `the ${answer.units.toLocaleString("en")} units that the filter shows` : "all units";
      told.textContent = answer.hits.length ? `${answer.hits.length}${answer.more ? " (the first of more)" : ""} in ${where}.` : `Nothing to replace in ${where}.`;
    } catch (error) { if (mine === turn) { fault(dialog, error); ticks(holder, [], counted); told.textContent = ""; } }
  };
  const counted = (number) => {
    apply.disabled = number === 0;
    apply.textContent = number ? `Replace ${number.toLocaleString("en")}` : "Replace";
  };
  const soon = later(look, 300);
  form.addEventListener("input", (event) => {
    if (event.target.closest(".preview")) return;
    turn += 1; // what is still on its way was asked with other words
    apply.disabled = true;
    soon();
  });
  form.addEventListener("keydown", (event) => { // a disabled button hears no Enter
    if (event.key === "Enter" && !event.isComposing && event.target.closest(".fields") && apply.disabled) look();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (apply.disabled) return;
    apply.disabled = true;
    const chosen = {};
    for (const [id, version, number] of ticked(holder)) (chosen[id] ??= { version, hits: [] }).hits.push(number);
    try { await done(dialog, await post(`${base}replace`, { ...asked(), ticked: chosen })); } catch (error) { fault(dialog, error); apply.disabled = false; }
  });
  on("replace", async () => {
    const words = selected();
    await settled();
    if (words && !words.includes("\n") && words.length <= 400) form.elements.find.value = words;
    dialog.showModal();
    form.elements.find.select();
    look();
  });
}

// Repetitions

function repeating(dialog) {
  const holder = dialog.querySelector(".preview"), told = dialog.querySelector(".told-of"), apply = dialog.querySelector(".primary");
  let id = null;
  on("repeat", async () => {
    if (!activeId()) { say("Choose a unit first: click it, or press Alt+↓."); return; }
    await settled();
    id = activeId();
    try {
      const answer = await get(`${base}units/${encodeURIComponent(id)}/repetitions`);
      if (!answer.repetitions.length) { say("This sentence stands only here."); return; }
      fault(dialog, null);
      const open = answer.repetitions.filter((one) => !one.same);
      told.textContent = open.length ? `“${answer.target}”` : "All repetitions say so already.";
      ticks(holder, answer.repetitions.map((one) => tick({
        value: [one.id, one.version], title: `${one.number} · ${one.state}`, before: one.before, after: one.after,
        notes: one.same ? [...one.notes, "says so already"] : one.notes, ticked: one.ticked, disabled: one.same,
        go: () => { dialog.close(); activate(one.id, { middle: true }); },
      })), (number) => { apply.disabled = number === 0; apply.textContent = number ? `Apply to ${number}` : "Apply"; });
      dialog.showModal();
    } catch (error) { tell(error); }
  });
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    if (event.submitter !== apply) return;
    event.preventDefault();
    apply.disabled = true;
    try { await done(dialog, await post(`${base}repeat`, { id, ticked: Object.fromEntries(ticked(holder)) })); } catch (error) { fault(dialog, error); apply.disabled = false; }
  });
}
