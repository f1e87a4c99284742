// What somebody does to units reaches the server: one request for a unit at a time, words as they are typed, the rest in
// order behind them. Nothing counts as saved before the server has answered; until then the words lie in the tab's own
// storage as well, and are sent again when the page is loaded anew.

import { ApiError, post, tell, warn } from "./api.js";

const PAUSE = 400;                               // after the last key
const WAITS = [500, 1000, 2000, 4000, 5000];     // between tries while the server is away
const AGAIN = [0, 401, 403, 408, 429];           // answers, with those from 500 on, after which the same is sent again
const SITTING = Math.random().toString(36).slice(2, 12);

let base = "";
let shelf = "";
const sittings = new Map();

/** Begin; words that a former page could not save are sent now. */
export function startSaving(address, name) {
  base = address;
  shelf = `bilingual/${name}/`;
  for (const key of Object.keys(sessionStorage)) {
    if (!key.startsWith(shelf)) continue;
    const { version, saved, sent, text } = JSON.parse(sessionStorage.getItem(key));
    const sitting = sittingOf(key.slice(shelf.length), version, saved);
    sitting.text = text;
    if (sent !== undefined) sitting.trying = { version, target: sent };
    sitting.push();
  }
  addEventListener("pagehide", () => { for (const one of sittings.values()) one.leave(); });
  addEventListener("beforeunload", (event) => { if (isBehind() || isRefused()) event.preventDefault(); });
  document.addEventListener("connection-back", () => { for (const one of sittings.values()) one.push(); });
}

/** Whether something has not been saved yet. */
export const isBehind = () => [...sittings.values()].some((one) => one.behind);
/** Whether the server could not be reached for something. */
export const isFailing = () => [...sittings.values()].some((one) => one.behind && one.turn > 0);
/** Whether the server has refused words that are still in the page. */
export const isRefused = () => [...sittings.values()].some((one) => one.isRefused);
/** Whether something of a unit has not been saved yet. */
export const isBusy = (id) => sittings.get(id)?.behind ?? false;
/** When everything has been answered. */
export const settled = async () => { while (isBehind()) await new Promise((done) => setTimeout(done, 30)); };

/** The sitting at a unit: the one that is going on, or a new one from a version and its words. */
export function sittingOf(id, version, words) {
  let one = sittings.get(id);
  if (!one || !(one.behind || one.isRefused)) {
    one = new Sitting(id, version, words);
    sittings.set(id, one);
  }
  return one;
}

class Sitting {
  constructor(id, version, words) {
    Object.assign(this, { id, version, saved: words, text: words, refused: null, join: null, acts: [], trying: null, busy: false, turn: 0, timer: 0, keys: 0, seconds: 0, last: 0 });
  }

  get behind() { return this.busy || this.trying !== null || this.isOpen || this.acts.length > 0; }

  /** Whether there are words that are neither saved nor refused. */
  get isOpen() { return this.text !== this.saved && this.text !== this.refused; }

  /** Whether the words are some that the server will not have: they stay in the page until others are typed. */
  get isRefused() { return this.text !== this.saved && this.text === this.refused; }

  /** The words are these now; they are sent when somebody stops to think. */
  type(text) {
    this.text = text;
    this.store();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.push(), PAUSE);
    told();
  }

  /** A key was pressed, or something done: time goes on, but not while nobody is there. */
  spend(key = false) {
    const now = performance.now();
    if (this.last) this.seconds += Math.min(now - this.last, 30000) / 1000;
    this.last = now;
    if (key) this.keys += 1;
  }

  /** An act besides typing, after the words typed so far; what the server says of it, or null where it was refused. */
  act(body) {
    this.spend();
    return new Promise((done) => {
      this.acts.push({ body, done, after: this.text });
      this.push();
    });
  }

  async push() {
    clearTimeout(this.timer);
    if (this.busy) return;
    this.busy = true;
    told();
    try {
      while (this.trying || this.isOpen || this.acts.length) {
        if (!(await this.once())) break;
      }
    } finally {
      this.busy = false;
      told();
    }
  }

  /** Send what is next; whether to go on at once. */
  async once() {
    const act = !this.trying && !this.isOpen ? this.acts[0] : null;
    const body = this.trying ?? (act ? { ...act.body } : { target: this.text, ...(this.join && { join: this.join }) });
    if (!this.trying) {
      Object.assign(body, { version: this.version, sitting: SITTING, seconds: Math.round(this.seconds * 10) / 10, keys: this.keys });
      this.seconds = 0;
      this.keys = 0;
    }
    this.trying = body;
    this.store();
    let answer;
    try {
      answer = await post(`${base}units/${encodeURIComponent(this.id)}`, body);
    } catch (error) {
      return this.failed(error, act ?? (body.target === undefined ? this.acts[0] : null));
    }
    this.trying = null;
    const over = this.turn > 0 || (body.target !== undefined && this.refused !== null);
    this.turn = 0;
    this.version = answer.version;
    if (body.target !== undefined) {
      this.refused = null;
      this.saved = body.target;
      this.join = answer.step ?? this.join;
    } else {
      this.join = null;
      const done = this.acts.shift();
      if (!this.isRefused && (this.text === done.after || this.text === this.saved)) this.text = this.saved = answer.target;
      else this.saved = answer.target;
      done.done(answer);
    }
    this.store();
    if (over && !isFailing() && !isRefused()) warn(""); // what could not be saved is saved now
    document.dispatchEvent(new CustomEvent("unit-saved", { detail: { id: this.id, row: answer.row, answer, typed: body.target !== undefined } }));
    return true;
  }

  failed(error, act) {
    if (!(error instanceof ApiError)) throw error;
    if (AGAIN.includes(error.status) || error.status >= 500) {
      this.turn += 1;
      if (this.turn === 1 && error.status) tell(error); // that the server is away is told already
      this.timer = setTimeout(() => this.push(), WAITS[Math.min(this.turn, WAITS.length) - 1]);
      return false; // the same request again: if it did arrive, it changes nothing a second time
    }
    const body = this.trying;
    this.turn = 0;
    if (error.status === 409 && body.target !== undefined && body.target !== this.text) {
      this.trying = { ...body, target: this.text }; // what was typed meanwhile is kept beside as well
      return true;
    }
    this.trying = null;
    if (act) this.acts.shift().done(null);
    if (error.status === 409 && error.data.now) {
      const mine = body.target === undefined ? null : this.text;
      this.version = error.data.now.version;
      this.saved = this.text = error.data.now.target;
      this.store();
      document.dispatchEvent(new CustomEvent("unit-overtaken", { detail: { id: this.id, mine, now: error.data.now, row: error.data.row, message: error.message, hint: error.hint } }));
      return true;
    }
    const gone = error.status === 404 && body.target !== undefined;
    if (gone) document.dispatchEvent(new CustomEvent("unit-gone", { detail: { id: this.id, text: this.text, drop: () => this.drop() } }));
    else tell(error);
    if (body.target !== undefined) {
      this.refused = body.target; // said once; typing on tries again
      for (const one of this.acts.splice(0)) one.done(null); // they were meant for these words
      document.dispatchEvent(new CustomEvent("unit-refused", { detail: { id: this.id, message: error.message } }));
    }
    return true;
  }

  /** Nobody wants the words any more. */
  drop() {
    this.text = this.saved;
    this.refused = null;
    this.store();
    told();
  }

  /** The tab goes away: what is not saved is sent as it is, and stays in the tab's storage. */
  leave() {
    if (this.busy || !this.isOpen) return;
    const body = { target: this.text, version: this.version, sitting: SITTING, ...(this.join && { join: this.join }) };
    post(`${base}units/${encodeURIComponent(this.id)}`, body, { keepalive: true }).catch(() => {});
  }

  store() {
    const key = shelf + this.id;
    try {
      if (this.text === this.saved && this.trying?.target === undefined) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify({ version: this.version, saved: this.saved, sent: this.trying?.target, text: this.text }));
    } catch { /* a full or forbidden storage keeps no word from the server */ }
  }
}

function told() {
  document.dispatchEvent(new CustomEvent("saving-changed"));
}
