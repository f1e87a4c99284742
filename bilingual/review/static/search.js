// How it was said before, in this document and in the memory; and the terms of the glossary.

import { get, tell } from "./api.js";
import { on } from "./keys.js";
import { activate, selection } from "./editor.js";
import { button, element, insertText, later, line, pieces } from "./pieces.js";
import { openTerm } from "./terms.js";

let base = "";

/** Begin: a form and its answers in each of the two sections. */
export function startSearch(concordance, glossary, address) {
  base = address;
  const words = searching(concordance, "Concordance", "concordance", "Chinese or English words", said);
  const terms = searching(glossary, "Glossary", "search-glossary", "Chinese, English or pinyin", found);
  concordance.querySelector("form").append(element("select", { name: "side", "aria-label": "Look in" },
    ...[["both", "both"], ["zh", "Chinese"], ["en", "English"]].map(([value, text]) => element("option", { value }, text))));
  concordance.querySelector("select").addEventListener("change", words);
  document.addEventListener("glossary-changed", terms);
}

/** The words somebody has selected: in the field, or anywhere on the page. */
export function selected() {
  const now = selection();
  if (now && now.start !== now.end && document.activeElement?.closest(".field")) return now.text.slice(now.start, now.end).trim();
  return String(getSelection()).trim();
}

function searching(section, title, action, hint, fill) {
  const id = `h-${action}`;
  const input = element("input", { type: "search", name: "q", "aria-labelledby": id, placeholder: hint, maxLength: 200, autocomplete: "off", spellcheck: false });
  const form = element("form", { role: "search", "aria-labelledby": id, className: "looking" }, input);
  const answers = element("div", { className: "answers" });
  section.setAttribute("aria-labelledby", id);
  section.replaceChildren(element("h2", { id }, title), form, answers);
  let turn = 0;
  const look = async () => {
    const mine = (turn += 1);
    const asked = new URLSearchParams(new FormData(form));
    if (!asked.get("q").trim()) { answers.replaceChildren(); return; }
    try {
      const made = await fill(asked);
      if (mine === turn) answers.replaceChildren(...made);
    } catch (error) { if (mine === turn) tell(error); }
  };
  const soon = later(look, 350);
  input.addEventListener("input", soon);
  form.addEventListener("submit", (event) => { event.preventDefault(); look(); });
  on(action, () => {
    const words = selected();
    if (words && words.length <= 200) input.value = words;
    section.parentElement.scrollTop = section.offsetTop - section.parentElement.offsetTop;
    input.focus({ preventScroll: true });
    input.select();
    look();
  });
  return look;
}

async function said(asked) {
  const [here, before] = await Promise.all(["document", "memory"].map((where) => get(`${base}search/${where}?${asked}`)));
  return [
    ...group("In this document", here, (hit) => [line("zh-Hans", hit.source), line("en", hit.target),
      element("p", { className: "row small muted" }, `${hit.number} · ${hit.state}`, button("Go there", () => activate(hit.id, { middle: true })), hit.text && insertion(hit.text))]),
    ...group("In the memory", before, (hit) => [line("zh-Hans", hit.source), line("en", hit.target),
      element("p", { className: "row small muted" }, hit.origin, insertion(hit.text))]),
  ];
}

async function found(asked) {
  const answer = await get(`${base}search/glossary?${asked}`);
  return group("", answer, (hit) => [
    element("p", {}, element("button", { type: "button", className: "insert", title: "Insert at the caret", onclick: () => insertText(hit.text) },
      element("span", { lang: "zh-Hans" }, ...pieces(hit.source)), " → ", element("span", { lang: "en" }, ...pieces(hit.target)))),
    element("p", { className: "small muted break" }, [
      `${hit.kind}, ${hit.status}`, hit.when !== "always" && hit.when, hit.admitted.length && `also: ${hit.admitted.join("; ")}`,
      hit.forbidden.length && `never: ${hit.forbidden.join("; ")}`, hit.note, hit.reference,
    ].filter(Boolean).join(" · ")),
    element("p", { className: "row" }, button("Where it occurs, and another rendering …", () => openTerm(hit.key))),
  ]);
}

function group(title, answer, shown) {
  const count = answer.hits.length;
  const told = answer.told || (count ? "" : "Nothing found.");
  return [
    title && element("h3", { className: "small" }, `${title} `, element("span", { className: "count" }, String(count))),
    told && element("p", { className: "muted small break", role: "status" }, told),
    element("ul", { className: "plain hits" }, ...answer.hits.map((hit) => element("li", {}, ...shown(hit)))),
  ].filter(Boolean);
}

const insertion = (text) => button("Insert", () => insertText(text));
