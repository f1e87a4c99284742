// The page where a document is delivered: what is open, the files that are written, single downloads, the memory.

import { get, post, say, tell } from "./api.js";

const place = document.getElementById("finish");
const base = place.dataset.base;
const n = (count) => count.toLocaleString("en");

function node(name, text = "", of = {}) {
  const made = Object.assign(document.createElement(name), of);
  made.append(text);
  return made;
}

// --- The checks

async function checks() {
  const line = document.getElementById("checks-told");
  try {
    let found = await get(`${base}/checks`);
    while (found.checked < found.total) {
      line.textContent = `The checks are running: ${n(found.checked)} of ${n(found.total)} units…`;
      found = await get(`${base}/checks`);
    }
    const { error, warning, hint } = found.severities;
    line.textContent = error + warning + hint
      ? `The checks find ${n(error)} ${error === 1 ? "error" : "errors"}, ${n(warning)} ${warning === 1 ? "warning" : "warnings"}, ${n(hint)} ${hint === 1 ? "hint" : "hints"}.`
      : "The checks find nothing.";
    if (!found.findings.length) return;
    document.getElementById("checks").hidden = false;
    document.querySelector("#checks tbody").replaceChildren(...found.findings.map(row));
    const more = document.getElementById("checks-more");
    more.hidden = !found.more;
    more.textContent = `… and ${n(found.more)} more: the editing page shows them all.`;
  } catch (error) {
    line.textContent = `The checks could not run: ${error.message}`;
  }
}

function row(finding) {
  const first = node("td");
  first.append(node("span", finding.severity, { className: `badge ${finding.severity}` }), " ", finding.reason, " ",
    finding.times > 1 ? `(${n(finding.times)} times) ` : "",
    node("a", "go there", { href: `${base}/#u-${encodeURIComponent(finding.id)}` }));
  const made = node("tr");
  made.append(first, node("td", finding.source, { lang: "zh" }), node("td", finding.target, { lang: "en" }));
  return made;
}

// --- Finish

document.getElementById("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const chosen = new FormData(event.target);
  const mark = chosen.has("mark");
  const documents = [
    ...chosen.getAll("document").map((kind) => ({ kind, mark })),
    ...chosen.getAll("both").map((kind) => ({ kind, mark, bilingual: true })),
  ];
  const button = event.target.querySelector("button.primary");
  button.disabled = true;
  try {
    const done = await post(`${base}/finish`, { formats: chosen.getAll("format"), documents, memory: chosen.has("memory") });
    const list = node("ul");
    list.append(...done.written.map((name, at) => {
      const made = node("li", "", { className: "mono break" });
      made.append(node("a", name, { href: `${base}/${done.links[at]}`, download: "" }));
      return made;
    }));
    const box = node("div", "", { className: "message good" });
    box.append(node("p", done.written.length ? `Written into ${done.folder}:` : "No file was to be written."), list);
    if (done.memory !== null) box.append(node("p", done.memory
      ? `${n(done.memory)} reviewed ${done.memory === 1 ? "sentence is" : "sentences are"} new in the memory.`
      : "The memory has nothing new: nothing was reviewed since, or it is there already."));
    const warnings = done.told.map((text) => node("p", text, { className: "message warning break" }));
    const shown = document.getElementById("written");
    shown.replaceChildren(box, ...warnings);
    shown.focus();
  } catch (error) { tell(error); }
  button.disabled = false;
});

// --- One file

const kind = document.getElementById("kind");

document.getElementById("one").addEventListener("submit", (event) => {
  event.preventDefault();
  const url = new URL(`${base}/${kind.value}`, location.href);
  if (kind.value.startsWith("deliver/")) {
    if (document.getElementById("down-mark").checked) url.searchParams.set("mark", "1");
    if (document.getElementById("down-notice").checked) url.searchParams.set("no-notice", "1");
  }
  const link = node("a", "", { href: url.href, download: "" });
  document.body.append(link);
  link.click();
  link.remove();
  say("The download has begun.");
});

kind.addEventListener("change", losses);

async function losses() {
  const shown = document.getElementById("losses");
  shown.textContent = "";
  const format = /^download\/(.+)$/.exec(kind.value)?.[1];
  if (!format) return;
  try {
    const { losses: told } = await get(`${base}/losses/${format}`);
    shown.textContent = told.length ? `What this format has no place for:\n${told.join("\n")}` : "This format holds everything.";
  } catch (error) { tell(error); }
}

// --- The memory

for (const [id, drafts] of [["remember", false], ["remember-all", true]]) {
  document.getElementById(id).addEventListener("click", async () => {
    try {
      const done = await post("/memory", { name: place.dataset.name, drafts });
      say(done.wanted ? `${n(done.new)} new in the memory, ${n(done.same + done.known)} there already` : "Nobody has translated or confirmed anything yet.");
    } catch (error) { tell(error); }
  });
}

checks();
