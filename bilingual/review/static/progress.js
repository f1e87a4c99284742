// How far the document has come, whether everything is saved, and what others changed meanwhile.

import { get } from "./api.js";
import { idsAsked, inSight, refresh } from "./list.js";
import { isBehind, isFailing, isRefused } from "./saving.js";

const STATES = ["final", "reviewed", "translated", "draft", "new"];
const PAUSE = 4000;

let base = "";
let serial = 0;
let shape = -1;
let timer = 0;

/** Begin to ask how far it is; the server reads and checks on meanwhile. */
export function startProgress(address, since) {
  base = address;
  serial = since;
  document.addEventListener("saving-changed", saved);
  document.addEventListener("unit-saved", () => { clearTimeout(timer); timer = setTimeout(look, 600); });
  document.addEventListener("view-changed", (event) => { shape = event.detail.shape; serial = Math.max(serial, event.detail.serial); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  look();
}

async function look() {
  clearTimeout(timer);
  let answer;
  try {
    answer = await get(`${base}progress?since=${serial}&new=1&${idsAsked(inSight())}`);
  } catch {
    timer = setTimeout(look, 2 * PAUSE);
    return;
  }
  serial = answer.serial;
  if (shape >= 0 && answer.shape !== shape) {
    shape = answer.shape;
    document.dispatchEvent(new CustomEvent("view-wanted", { detail: {} }));
  } else if (answer.anew) refresh();
  else if (answer.changed.length) refresh(answer.changed);
  show(answer);
  document.dispatchEvent(new CustomEvent("progress", { detail: answer }));
  timer = setTimeout(look, answer.more ? 150 : document.hidden ? 10 * PAUSE : PAUSE);
}

function show({ units, characters, findings, read, checked, total, more, spent, left }) {
  const all = Object.values(units).reduce((sum, count) => sum + count, 0) || 1;
  const meter = document.querySelector("#progress .meter");
  let from = 0;
  meter.replaceChildren(...STATES.map((state) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const wide = (units[state] / all) * 1000;
    for (const [key, value] of Object.entries({ x: from, y: 0, width: wide, height: 10, class: state })) bar.setAttribute(key, value);
    from += wide;
    return bar;
  }));
  const done = units.reviewed + units.final, characterSum = Object.values(characters).reduce((sum, count) => sum + count, 0);
  const doneCharacters = characters.reviewed + characters.final;
  meter.setAttribute("aria-label", STATES.map((state) => `${units[state]} ${state}`).join(", "));
  const n = (value) => value.toLocaleString("en");
  const told = [`${n(done)} of ${n(total)} units reviewed`];
  if (read === total) told.push(`${n(doneCharacters)} of ${n(characterSum)} characters`);
  if (units.translated) told.push(`${n(units.translated)} translated`);
  if (findings.error) told.push(`${n(findings.error)} with errors`);
  if (spent) told.push(`${spent} spent`);
  if (left) told.push(`about ${left} left`);
  document.getElementById("figures").textContent = told.join(" · ");
  const reading = document.getElementById("reading");
  reading.textContent = !more ? "" : read < total ? `reading … ${n(read)} of ${n(total)}` : checked < total ? `checking … ${n(checked)} of ${n(total)}` : "";
}

function saved() {
  const place = document.getElementById("saved");
  const [style, text] = isFailing() ? ["lost", "Not saved – trying again"] : isBehind() ? ["saving", "Saving"] : isRefused() ? ["lost", "Not saved: it was refused"] : ["", "Everything is saved"];
  if (place.textContent === text) return;
  place.className = `saved ${style}`;
  place.textContent = text;
}
