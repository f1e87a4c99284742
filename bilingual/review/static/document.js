// The editing page: its parts, put to work one after the other.

import { keysOf, on, showKeys, startKeys } from "./keys.js";
import { loadWords, placeOf, shownIds, startList } from "./list.js";
import { activate, activeId, isActive, startEditor } from "./editor.js";
import { startGone } from "./gone.js";
import { startOriginal } from "./original.js";
import { startPanel } from "./panel.js";
import { startProgress } from "./progress.js";
import { startSaving } from "./saving.js";
import { startTools } from "./tools.js";
import { startView } from "./view.js";

const root = document.getElementById("document");
const { name } = root.dataset;
const base = `/d/${encodeURIComponent(name)}/`;
const last = `bilingual/last/${name}`;
const sheet = document.getElementById("sheet");

startGone(sheet.closest(".columns"));
startSaving(base, name);
startList(sheet, base, isActive);
startEditor(sheet, base);
startPanel(document.getElementById("panel"), base);
startOriginal(document.getElementById("original"), base);
startTools(base, name);
on("keys", () => showKeys(document.getElementById("keys-dialog")));
on("queries", (event) => { if (event?.type === "click") return false; location.assign(`${base}queries`); return true; });
startKeys();
for (const button of document.querySelectorAll(".menu .list [data-action]")) {
  const [key] = keysOf(button.dataset.action);
  if (key) button.append(Object.assign(document.createElement("kbd"), { textContent: key }));
}
// Enter in a dialog does what it asks for. By itself it would press the first button, which throws away what was written.
for (const cancel of document.querySelectorAll(":is(#ask, #replace-dialog, #term-dialog, #rendering-dialog) button[value='']")) {
  cancel.type = "button";
  cancel.addEventListener("click", () => cancel.closest("dialog").close(""));
}
document.addEventListener("unit-active", (event) => { if (event.detail.id) localStorage.setItem(last, event.detail.id); });

loadWords(Number(root.dataset.total));
await startView(document.getElementById("filter"), base);
const wanted = location.hash.startsWith("#u-") ? decodeURIComponent(location.hash.slice(3)) : localStorage.getItem(last);
if (activeId() === null && shownIds().length) {
  const known = wanted && placeOf(wanted) !== undefined;
  await activate(known ? wanted : shownIds()[0], { middle: known });
}
startProgress(base, Number(root.dataset.serial));
