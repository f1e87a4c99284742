// Bringing an edited file home: look first, then take it; and taking a merge back.

import { fragment, post, say, send, tell } from "./api.js";

const form = document.getElementById("choose");
const result = document.getElementById("result");
const take = document.getElementById("take");
const n = (count) => count.toLocaleString("en");

form.addEventListener("submit", (event) => { event.preventDefault(); merge(true); });
take.addEventListener("click", () => merge(false));
form.addEventListener("change", () => { take.hidden = true; });

async function merge(dry) {
  const file = document.getElementById("file").files[0];
  if (!file) return;
  const chosen = new FormData(form);
  const asked = new URLSearchParams({ name: document.getElementById("name").value, prefer: chosen.get("prefer") });
  for (const key of ["empty", "exact"]) if (chosen.has(key)) asked.set(key, "1");
  if (dry) asked.set("dry", "1");
  try {
    const done = await send(`/merge?${asked}`, file, { "X-File-Name": encodeURIComponent(file.name) });
    show(done);
    if (done.step) await merges();
  } catch (error) { tell(error); }
}

/** The list of the merges, with the one just made. */
async function merges() {
  const page = await fragment(location.pathname + location.search);
  document.getElementById("merges").replaceWith(page.getElementById("merges"));
}

function show(done) {
  result.hidden = false;
  const verb = done.dry ? "would change" : "changed";
  document.getElementById("result-title").textContent = done.changes
    ? `${done.file} → ${done.document}: ${n(done.changes)} of ${n(done.rows)} rows ${verb}`
    : `${done.file} → ${done.document}: nothing to change`;
  document.getElementById("then").textContent = done.dry ? "Now" : "Before";
  const counts = done.counts.map(([what, count]) => item("li", `${what}: ${n(count)}`));
  document.getElementById("counts").replaceChildren(...counts);
  take.hidden = !(done.dry && (done.changes || done.conflicts));
  const told = done.told.map((text) => item("p", text, "message warning break"));
  if (done.step) {
    const back = item("button", "Undo this merge");
    back.type = "button";
    back.addEventListener("click", () => undo(done.step));
    const line = item("p", `${done.file} is taken home. `, "message good");
    line.append(back);
    told.unshift(line);
  }
  document.getElementById("told-merge").replaceChildren(...told);
  document.getElementById("rows").replaceChildren(...done.findings.map(row));
  result.focus();
  result.scrollIntoView({ block: "start" });
}

function row(finding) {
  const what = item("td", finding.what);
  if (finding.told) what.append(item("span", finding.told, "sub"));
  const made = item("tr", "");
  const source = item("td", finding.source);
  source.lang = "zh";
  const [before, after] = changed(finding.before, finding.after);
  made.append(what, source, before, after);
  return made;
}

/** Both texts in cells, with what differs between them marked: the words between a common beginning and end. */
function changed(before, after) {
  const [one, other] = [before, after].map((text) => text.match(/\s+|[^\s]+/gu) || []);
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < one.length - head && tail < other.length - head && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  return [[one, "del"], [other, "ins"]].map(([words, tag]) => {
    const cell = item("td", words.slice(0, head).join(""));
    cell.lang = "en";
    const middle = words.slice(head, words.length - tail).join("");
    if (middle) cell.append(item(before && after ? tag : "span", middle));
    cell.append(words.slice(words.length - tail).join(""));
    return cell;
  });
}

function item(name, text, className = "") {
  const made = document.createElement(name);
  made.append(text);
  if (className) made.className = className;
  return made;
}

async function undo(step) {
  try {
    const done = await post("/merges/undo", { step });
    say([`${n(done.restored)} units are as they were before`, ...done.told].join("\n"));
    setTimeout(() => location.reload(), 1200);
  } catch (error) { tell(error); }
}

document.addEventListener("click", (event) => {
  if (event.target.dataset?.undo) undo(Number(event.target.dataset.undo));
});
