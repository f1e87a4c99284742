// Work on the glossary: a term from a selection, where a term occurs in all documents, and another rendering for it.

import { get, post, say, tell } from "./api.js";
import { on } from "./keys.js";
import { activate, activeId, selection } from "./editor.js";
import { textOf, rowOf } from "./list.js";
import { settled } from "./saving.js";
import { element, line } from "./pieces.js";
import { fault, tick, ticked, ticks } from "./sweep.js";

let name = "";
let base = "";
let chinese = { id: null, text: "" }; // what was selected last in a source: writing English takes the selection away

/** Begin: the form for a new term, and the dialog of one that is there. */
export function startTerms(address, document_) {
  base = address;
  name = document_;
  document.addEventListener("click", (event) => {
    const work = event.target.closest?.("[data-work]");
    if (work) ofUnit(work.dataset);
  });
  document.addEventListener("selectionchange", () => {
    const now = getSelection();
    const row = now.anchorNode?.parentElement?.closest(".unit[data-unit]");
    if (row && !now.isCollapsed && now.anchorNode.parentElement.closest(".source")) chinese = { id: row.dataset.unit, text: String(now).trim() };
  });
  adding(document.getElementById("term-dialog"));
  rendering(document.getElementById("rendering-dialog"));
}

// A new term

function adding(dialog) {
  const form = dialog.querySelector("form"), { elements } = form;
  for (const [from, to] of [["sentence", "source"], ["translation", "target"]]) {
    const take = () => {
      const field = elements[from];
      if (field.selectionStart !== field.selectionEnd) elements[to].value = field.value.slice(field.selectionStart, field.selectionEnd).trim();
    };
    elements[from].addEventListener("select", take);
    elements[from].addEventListener("keyup", take);
  }
  on("add-term", async () => {
    const id = activeId(), now = selection(), row = id && rowOf(id);
    try {
      const offered = await get("/glossary/tables");
      const options = (select, list, chosen) => select.replaceChildren(...list.map(([value, text, disabled]) => element("option", { value, disabled, selected: value === chosen }, text)));
      options(elements.table, offered.tables.map((one) => [`${one.number}/${one.name}`, one.open ? `${one.told} – open in a spreadsheet` : one.told, one.open]), localStorage.getItem("bilingual/table"));
      options(elements.kind, offered.kinds.map((kind) => [kind, kind]), "phrase");
      options(elements.status, offered.statuses.map((status) => [status, status]), "proposed");
    } catch (error) { tell(error); return; }
    fault(dialog, null);
    elements.sentence.value = row ? textOf(row, ".source") : "";
    elements.translation.value = now?.text ?? "";
    elements.source.value = id && chinese.id === id ? chinese.text : "";
    elements.target.value = now && now.start !== now.end ? now.text.slice(now.start, now.end).trim() : "";
    elements.note.value = "";
    elements.case.checked = false;
    dialog.showModal();
    (elements.source.value ? elements.target : elements.source).focus();
  });
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value === "") return;
    event.preventDefault();
    const [table, ...rest] = elements.table.value.split("/");
    const given = Object.fromEntries(["source", "target", "kind", "status", "note"].map((key) => [key, elements[key].value]));
    try {
      const answer = await post("/glossary/term", { ...given, case: elements.case.checked, table, name: rest.join("/") });
      localStorage.setItem("bilingual/table", elements.table.value);
      chinese = { id: null, text: "" };
      dialog.close();
      say(answer.message);
      changed();
    } catch (error) { fault(dialog, error); }
  });
}

function changed() {
  document.dispatchEvent(new CustomEvent("glossary-changed"));
  if (activeId()) document.dispatchEvent(new CustomEvent("unit-active", { detail: { id: activeId() } }));
}

// A term that is there

let open = async () => {};

/** Show where a term occurs, and let it be given another rendering. */
export const openTerm = (key) => open(key);

/** The same for a term of the panel, which knows its id and its Chinese. */
async function ofUnit({ work, words }) {
  try {
    const { hits } = await get(`${base}search/glossary?q=${encodeURIComponent(words)}`);
    const hit = hits.find((one) => one.id === work);
    if (hit) await open(hit.key); else say("The glossary has this term no more.");
  } catch (error) { tell(error); }
}

function rendering(dialog) {
  const form = dialog.querySelector("form"), holder = dialog.querySelector(".preview"), told = dialog.querySelector(".told-of");
  const title = dialog.querySelector("h2"), look = dialog.querySelector(".look"), apply = dialog.querySelector(".primary");
  let key = "";
  let seen = "";
  const heard = (number) => {
    apply.textContent = number ? `Change the entry and ${number.toLocaleString("en")} unit${number === 1 ? "" : "s"}` : "Change the entry only";
  };
  const reset = () => { seen = ""; apply.hidden = true; };
  form.elements.target.addEventListener("input", reset);
  open = async (wanted) => {
    key = wanted;
    reset();
    fault(dialog, null);
    try {
      await settled();
      const answer = await get(`/glossary/uses?key=${encodeURIComponent(key)}`);
      title.replaceChildren(element("span", { lang: "zh-Hans" }, plain(answer.source)), " → ", element("span", { lang: "en" }, plain(answer.target)));
      form.elements.target.value = plain(answer.target);
      const outcomes = Object.entries(answer.outcomes).map(([outcome, count]) => `${count} ${outcome}`).join(", ");
      told.textContent = answer.count ? `${answer.count} in ${answer.documents.length} document${answer.documents.length === 1 ? "" : "s"}: ${outcomes}.` : "It occurs in no document by itself.";
      holder.replaceChildren(...answer.documents.flatMap((document_) => [
        element("h3", {}, document_.name, " ", element("span", { className: "count" }, String(document_.count))),
        element("ul", { className: "plain hits" }, ...document_.uses.map((use) => element("li", {},
          element("p", { className: "row small muted" }, there(dialog, document_.name, use), use.outcome, use.forbidden && element("span", { className: "badge error" }, `forbidden: ${use.forbidden}`)),
          line("zh-Hans", use.source), use.target.length && line("en", use.target)))),
      ]));
      if (!dialog.open) dialog.showModal();
      form.elements.target.select();
    } catch (error) { if (dialog.open) fault(dialog, error); else tell(error); }
  };
  look.addEventListener("click", preview);
  async function preview() {
    fault(dialog, null);
    try {
      const answer = await post("/glossary/preview", { key, target: form.elements.target.value });
      seen = answer.target;
      told.textContent = answer.count ? `${answer.count} unit${answer.count === 1 ? "" : "s"} would change.` : "No unit would change, only the entry.";
      const items = answer.documents.flatMap((document_) => document_.changes.map((change) => tick({
        value: [document_.name, change.id, change.version], title: `${document_.name}, ${change.number} · ${change.state}`,
        before: change.before, after: change.after, notes: change.notes, ticked: change.ticked,
      })));
      ticks(holder, items, heard);
      const left = answer.documents.flatMap((document_) => document_.left.map((one) => element("li", {},
        element("p", { className: "row small muted" }, there(dialog, document_.name, one), one.why), line("zh-Hans", one.source), one.target.length && line("en", one.target))));
      if (left.length) holder.append(element("details", {}, element("summary", {}, `${left.length} stay as they are: look at them yourself`), element("ul", { className: "plain hits" }, ...left)));
      apply.hidden = false;
    } catch (error) { fault(dialog, error); }
  }
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value === "") return;
    event.preventDefault();
    if (event.submitter !== apply || seen !== form.elements.target.value.split(/\s+/).filter(Boolean).join(" ")) { preview(); return; }
    apply.disabled = true;
    const chosen = {};
    for (const [document_, id, version] of ticked(holder)) (chosen[document_] ??= {})[id] = version;
    try {
      const answer = await post("/glossary/rename", { key, target: seen, keep: form.elements.keep.value, ticked: chosen });
      dialog.close();
      say([`The entry is changed (${answer.place}).`, ...answer.documents.map((one) => `${one.name}: ${one.message}`)].join("\n"));
      changed();
    } catch (error) { fault(dialog, error); } finally { apply.disabled = false; }
  });
}

const plain = (list) => list.map(([text]) => text).join("");

/** The way to a unit of any document. */
function there(dialog, document_, use) {
  const link = element("a", { href: `/d/${encodeURIComponent(document_)}/#u-${encodeURIComponent(use.id)}` }, `${document_}, ${use.number}`);
  link.addEventListener("click", (event) => {
    if (document_ !== name) return;
    event.preventDefault();
    dialog.close();
    activate(use.id, { middle: true });
  });
  return link;
}
