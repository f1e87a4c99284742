// The start page: documents go in by dropping, choosing or pasting, their progress is shown, the list is kept up to date.

import { ApiError, fragment, get, post, say, send, tell, warn } from "./api.js";

const start = document.getElementById("start");
const endings = start.dataset.endings.split(" ");
const aligned = start.dataset.aligned.split(" ");
const most = Number(start.dataset.most);
const form = document.getElementById("new");
const drop = document.getElementById("drop");
const list = document.getElementById("jobs");
const files = new Map();  // job id → what it was made from, to try it again
const over = new Set();  // jobs whose end was told

// --- What goes in

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = document.getElementById("pasted");
  if (!field.value.trim()) { warn("Paste some Chinese text first."); field.focus(); return; }
  const name = document.getElementById("pasted-name").value.trim() || "pasted text";
  translate({ body: new Blob([field.value]), name }).then((done) => {
    if (done) { field.value = ""; document.getElementById("pasted-name").value = ""; }
  });
});

document.getElementById("files").addEventListener("change", async (event) => {
  const chosen = [...event.target.files];
  event.target.value = "";
  await all(chosen);
});

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const text = event.dataTransfer.getData("text/plain");
  if (event.dataTransfer.files.length) all([...event.dataTransfer.files]);
  else if (text) document.getElementById("pasted").value = text;
});

async function all(chosen) {
  const refused = [];
  for (const file of chosen) {
    const why = unfit(file);
    if (why) refused.push(`${file.name}: ${why}`);
    else await translate({ body: file, file: file.name }, {}, refused);
  }
  if (refused.length) warn(refused.join("\n"));
}

/** Why a file cannot be translated, as far as the page can tell; "" where it may. */
function unfit(file) {
  const ending = file.name.includes(".") ? file.name.slice(file.name.lastIndexOf(".")).toLowerCase() : "";
  if (file.size > most) return `larger than ${Math.floor(most / 2 ** 20)} MB, the most that is taken here`;
  if (!file.size) return "is empty, or a folder";
  if (!endings.includes(ending) && aligned.includes(ending)) return "is an aligned file – use “Bring an edited file home”";
  return "";
}

/** Send one document; whether it was taken. A name that is taken asks what to do. */
async function translate(what, more = {}, refused = null) {
  const asked = new URLSearchParams(options());
  if (what.name) asked.set("name", what.name);
  for (const [key, value] of Object.entries(more)) asked.set(key, value);
  const headers = what.file ? { "X-File-Name": encodeURIComponent(what.file) } : {};
  try {
    const job = await send(`/translate?${asked}`, what.body, headers);
    files.set(job.id, what);
    say(`${job.name} is in the queue`);
    await refresh();
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) {
      const answer = await same(error.data);
      if (answer === "update") return translate(what, { update: "1", name: error.data.name }, refused);
      if (answer === "free") return translate(what, { name: error.data.free }, refused);
      return false;
    }
    if (refused && error instanceof ApiError) refused.push([error.message, error.hint].filter(Boolean).join(" – "));
    else tell(error);
    return false;
  }
}

function options() {
  const chosen = new FormData(form);
  const asked = [["formats", chosen.getAll("format").join(",")], ["memory", chosen.has("memory") ? "1" : "0"]];
  const boxes = form.querySelectorAll('[name="table"]');
  const tables = chosen.getAll("table");
  if (boxes.length && !tables.length) asked.push(["table", ""]); // none of them
  else if (tables.length < boxes.length) asked.push(...tables.map((table) => ["table", table]));
  return asked;
}

function same({ message, free }) {
  const dialog = document.getElementById("same");
  document.getElementById("same-told").textContent = message;
  document.getElementById("same-free").textContent = `Keep both: “${free}”`;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue), { once: true }));
}
document.getElementById("same").addEventListener("click", (event) => {
  const answer = event.target.dataset.answer;
  if (answer !== undefined) document.getElementById("same").close(answer);
});

// --- What is on its way

const STATES = { waiting: "waiting", running: "translating", done: "done", failed: "not done", stopped: "stopped" };
let timer = 0;

async function refresh() {
  clearTimeout(timer);
  let jobs;
  try {
    ({ jobs } = await get("/jobs"));
  } catch {
    timer = setTimeout(refresh, 3000);  // api.js has told that the server is away
    return;
  }
  show(jobs);
  const busy = jobs.some((job) => job.state === "waiting" || job.state === "running");
  timer = setTimeout(refresh, busy ? 700 : 15000);
}

const dismiss = document.getElementById("jobs-dismiss");
dismiss.addEventListener("click", async () => {
  document.getElementById("documents-title").focus();
  try {
    for (const row of list.querySelectorAll("[data-state=done]")) show((await post("/jobs/cancel", { id: Number(row.dataset.id) })).jobs);
  } catch (error) { tell(error); }
});

function show(jobs) {
  document.getElementById("jobs-area").hidden = !jobs.length;
  dismiss.hidden = jobs.filter((job) => job.state === "done").length < 2;
  for (const row of [...list.children]) if (!jobs.some((job) => String(job.id) === row.dataset.id)) row.remove();
  let ended = false;
  for (const job of jobs) {
    const row = list.querySelector(`[data-id="${job.id}"]`) || add(job);
    fill(row, job);
    if (["done", "failed"].includes(job.state) && !over.has(job.id)) {
      over.add(job.id);
      ended = ended || job.state === "done";
      if (row.dataset.seen) (job.state === "done" ? say : warn)(`${job.name}: ${STATES[job.state]}`);
    }
    row.dataset.seen = "1";
  }
  if (ended) documents();
}

function add(job) {
  const row = document.getElementById("job").content.firstElementChild.cloneNode(true);
  row.dataset.id = job.id;
  row.querySelector(".job-name").textContent = job.name;
  row.querySelector(".job-cancel").addEventListener("click", () =>
    post("/jobs/cancel", { id: job.id }).then(({ jobs }) => show(jobs), tell));
  row.querySelector(".job-again").addEventListener("click", async () => {
    if (await translate(files.get(job.id), { name: job.name, update: "1" })) await post("/jobs/cancel", { id: job.id });
    refresh();
  });
  list.append(row);
  return row;
}

function fill(row, job) {
  const busy = job.state === "waiting" || job.state === "running";
  row.dataset.state = job.state;
  const badge = row.querySelector(".job-state");
  badge.textContent = STATES[job.state];
  badge.className = `job-state badge ${{ done: "good", failed: "error" }[job.state] || ""}`;
  const bar = row.querySelector(".job-bar");
  bar.hidden = job.state !== "running";
  bar.setAttribute("aria-label", `Progress of ${job.name}`);
  if (job.state === "running" && job.total) bar.value = job.done / job.total; else bar.removeAttribute("value");
  row.querySelector(".job-told").textContent = told(job);
  const open = row.querySelector(".job-open");
  open.hidden = job.state !== "done";
  open.href = `/d/${encodeURIComponent(job.name)}/`;
  open.setAttribute("aria-label", `Open ${job.name}`);
  row.querySelector(".job-again").hidden = !(["failed", "stopped"].includes(job.state) && files.has(job.id));
  const cancel = row.querySelector(".job-cancel");
  cancel.textContent = busy ? "Cancel" : "Dismiss";
  cancel.setAttribute("aria-label", `${cancel.textContent} ${job.name}`);
}

function told(job) {
  const n = (count) => count.toLocaleString("en");
  if (job.state === "waiting") return "Waits for the one before it.";
  if (job.state === "failed") return job.hint ? `${job.message} – ${job.hint}` : job.message;
  if (job.state === "stopped") return "Stopped; what was translated so far is kept, so the next try is quick.";
  if (job.state === "running") {
    if (!job.total) return "Loading the translation model…";
    if (job.counted === "parts") return `Reading part ${n(job.done)} of ${n(job.total)}`;
    if (job.done >= job.total) return "Settling terms and numbers, writing the files…";
    return `${n(job.done)} of ${n(job.total)} characters${left(job.left)}`;
  }
  const made = job.made;
  const parts = [`${n(made.units)} ${made.units === 1 ? "unit" : "units"}`, `${n(made.characters)} characters`, `${made.seconds} s`];
  if (made.recalled) parts.push(`${n(made.recalled)} from the memory`);
  if (made.flagged) parts.push(`${n(made.flagged)} flagged for your eye`);
  if (made.kept) parts.push(`${n(made.kept)} kept as people edited them`);
  return [parts.join(" · "), ...made.warnings].join("\n");
}

function left(seconds) {
  if (seconds === null || seconds === undefined) return "";
  if (seconds < 10) return " · a few seconds left";
  if (seconds < 90) return ` · about ${Math.round(seconds / 5) * 5} seconds left`;
  return ` · about ${Math.round(seconds / 60)} minutes left`;
}

// --- What is there

async function documents() {
  try {
    document.getElementById("documents").replaceChildren(await fragment("/documents"));
    await counts();
  } catch (error) { tell(error); }
}

/** Fill in the counts, one document after the other: long ones take a moment. */
async function counts() {
  for (const row of document.querySelectorAll("tr[data-name]:not([data-counted])")) {
    try {
      const made = await fragment(`/d/${encodeURIComponent(row.dataset.name)}/overview`);
      row.replaceWith(made);
    } catch (error) { tell(error); return; }
  }
  for (const time of document.querySelectorAll("time[datetime]")) {
    const when = new Date(time.dateTime);
    if (!Number.isNaN(when.valueOf())) time.textContent = when.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  }
}

document.addEventListener("connection-back", () => { refresh(); documents(); });
refresh();
counts();
