// Every action of the page: its id, its keys, what it is called, and the group it is shown in.
// `on(id, function)` says what one does. `?` shows this table.
// Where a key writes no plain letter or digit (Alt writes signs, the keyboard is no Latin one), its place tells it.

export const ACTIONS = [
  { id: "next", keys: ["Alt+ArrowDown"], label: "Next unit", group: "Go" },
  { id: "previous", keys: ["Alt+ArrowUp"], label: "Previous unit", group: "Go" },
  { id: "next-open", keys: ["Alt+N"], label: "Next unit that is not reviewed", group: "Go" },
  { id: "previous-open", keys: ["Alt+Shift+N"], label: "Previous unit that is not reviewed", group: "Go" },
  { id: "next-finding", keys: ["F8"], label: "Next unit with a finding", group: "Go" },
  { id: "previous-finding", keys: ["Shift+F8"], label: "Previous unit with a finding", group: "Go" },
  { id: "goto", keys: ["Alt+G"], label: "Go to the unit with a number", group: "Go" },
  { id: "panel", keys: ["Alt+P"], label: "To the panel beside, and back", group: "Go" },
  { id: "leave", keys: ["Escape"], label: "Leave the field", group: "Go" },

  { id: "confirm", keys: ["Ctrl+Enter"], label: "Translated, and on to the next", group: "States" },
  { id: "reviewed", keys: ["Ctrl+Shift+Enter"], label: "Reviewed, and on to the next", group: "States" },
  { id: "final", keys: ["Ctrl+Alt+Enter"], label: "Final, and on to the next", group: "States" },
  { id: "draft", keys: ["Alt+D"], label: "Back to draft", group: "States" },
  { id: "lock", keys: ["Alt+L"], label: "Lock, or unlock", group: "States" },

  { id: "undo", keys: ["Ctrl+Z"], label: "Undo", group: "Edit" },
  { id: "redo", keys: ["Ctrl+Y", "Ctrl+Shift+Z"], label: "Redo", group: "Edit" },
  { id: "copy-source", keys: ["Alt+C"], label: "Copy the source", group: "Edit" },
  { id: "insert-term", keys: ["Alt+T"], label: "Insert the next term that is missing", group: "Edit" },
  { id: "fix", keys: ["Alt+X"], label: "Apply the next certain fix", group: "Edit" },
  { id: "split", keys: ["Alt+S"], label: "Split the unit", group: "Edit" },
  { id: "join", keys: ["Alt+J"], label: "Join with the next unit", group: "Edit" },
  { id: "source", keys: ["Alt+E"], label: "Correct the source", group: "Edit" },
  { id: "repeat", keys: ["Alt+R"], label: "Apply to all repetitions", group: "Edit" },
  { id: "replace", keys: ["Ctrl+H", "Alt+Shift+R"], label: "Find and replace", group: "Edit" },

  { id: "candidate-1", keys: ["Alt+1"], label: "Take candidate 1", group: "Candidates" },
  { id: "candidate-2", keys: ["Alt+2"], label: "Take candidate 2", group: "Candidates" },
  { id: "candidate-3", keys: ["Alt+3"], label: "Take candidate 3", group: "Candidates" },
  { id: "candidate-4", keys: ["Alt+4"], label: "Take candidate 4", group: "Candidates" },
  { id: "candidate-5", keys: ["Alt+5"], label: "Take candidate 5", group: "Candidates" },
  { id: "candidate-6", keys: ["Alt+6"], label: "Take candidate 6", group: "Candidates" },
  { id: "candidate-7", keys: ["Alt+7"], label: "Take candidate 7", group: "Candidates" },
  { id: "candidate-8", keys: ["Alt+8"], label: "Take candidate 8", group: "Candidates" },
  { id: "candidate-9", keys: ["Alt+9"], label: "Take candidate 9", group: "Candidates" },
  { id: "suggest", keys: ["Alt+W", "Ctrl+Space"], label: "Suggest the next words", group: "Candidates" },
  { id: "take-words", keys: ["Alt+ArrowRight"], label: "Take the suggested words", group: "Candidates" },
  { id: "other-words", keys: ["Alt+Shift+ArrowRight"], label: "The next suggestion", group: "Candidates" },

  { id: "note", keys: ["Alt+M"], label: "Write a note", group: "Talk" },
  { id: "query", keys: ["Alt+Q"], label: "Ask about the source", group: "Talk" },
  { id: "queries", keys: ["Alt+Shift+Q"], label: "All queries, for the client", group: "Talk" },
  { id: "silence", keys: ["Alt+I"], label: "Silence the first finding", group: "Talk" },

  { id: "filter", keys: ["Alt+F"], label: "Filter", group: "Look" },
  { id: "clear-filter", keys: ["Alt+Shift+F"], label: "Show all units again", group: "Look" },
  { id: "concordance", keys: ["Alt+K", "Ctrl+K"], label: "Concordance: how was it said before", group: "Look" },
  { id: "search-glossary", keys: ["Alt+B"], label: "Search the glossary", group: "Look" },
  { id: "add-term", keys: ["Alt+A"], label: "Add the selected words to the glossary", group: "Look" },
  { id: "changes", keys: ["Alt+V"], label: "What was changed in the machine’s text", group: "Look" },
  { id: "history", keys: ["Alt+H"], label: "History of the unit", group: "Look" },
  { id: "original", keys: ["Alt+O"], label: "The original beside", group: "Look" },
  { id: "keys", keys: ["F1", "?"], label: "These keys", group: "Look" },
];

const handlers = new Map();
const byKey = new Map(ACTIONS.flatMap((action) => action.keys.map((key) => [key, action.id])));

/** Say what an action does. `act` gets the keyboard event, if there was one; returning false lets the key do its own. */
export function on(id, act) {
  if (!ACTIONS.some((action) => action.id === id)) throw new Error(`no action ${id}`);
  handlers.set(id, act);
}

/** Do an action, as its key would. */
function perform(id, event) {
  return handlers.get(id)?.(event);
}

/** The keys of an action, as people read them: "Ctrl+Enter". */
export function keysOf(id) {
  return (ACTIONS.find((action) => action.id === id)?.keys ?? []).map(shown);
}

function shown(key) {
  return key.replace("ArrowDown", "↓").replace("ArrowUp", "↑").replace("ArrowRight", "→").replace("Escape", "Esc");
}

function keyOf(event) {
  let key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const place = /^(?:Key|Digit)(.)$/.exec(event.code);
  if (place && (event.altKey || event.ctrlKey || event.metaKey) && !/^[A-Z\d]$/.test(key)) key = place[1];
  if (event.code === "Space") key = "Space";
  const shift = event.shiftKey && (event.key.length > 1 || event.altKey || event.ctrlKey || event.metaKey);
  return [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", shift && "Shift", key].filter(Boolean).join("+");
}

function isField(element) {
  return element?.matches?.("textarea, select, input:not([type=checkbox], [type=radio])");
}

function pressed(event) {
  if (event.isComposing || event.defaultPrevented) return;
  if (event.getModifierState("AltGraph") && event.key.length === 1) return; // a sign is being typed
  const key = keyOf(event);
  const id = byKey.get(key);
  if (!id || !handlers.has(id) || (key === "?" && isField(event.target))) return;
  if (document.querySelector("dialog[open]") && id !== "leave") return;
  if (perform(id, event) !== false) event.preventDefault();
}

function table() {
  const groups = new Map();
  for (const action of ACTIONS) groups.set(action.group, [...(groups.get(action.group) ?? []), action]);
  return [...groups].map(([name, actions]) => {
    const section = document.createElement("section");
    section.append(Object.assign(document.createElement("h3"), { textContent: name }));
    const list = document.createElement("dl");
    for (const action of actions) {
      if (!handlers.has(action.id)) continue;
      const keys = document.createElement("dt");
      action.keys.forEach((key, at) => {
        if (at) keys.append(" ");
        keys.append(Object.assign(document.createElement("kbd"), { textContent: shown(key) }));
      });
      list.append(keys, Object.assign(document.createElement("dd"), { textContent: action.label }));
    }
    section.append(list);
    return section;
  });
}

/** Show the table in `dialog`, whose element with class `keys` it fills. */
export function showKeys(dialog) {
  dialog.querySelector(".keys").replaceChildren(...table());
  dialog.showModal();
}

/** Listen for keys; buttons with data-action do their action and tell their key. */
export function startKeys() {
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-action]");
    if (button && handlers.has(button.dataset.action)) perform(button.dataset.action, event);
  });
  for (const button of document.querySelectorAll("[data-action]")) tellKey(button);
}

/** Put an action's key into its button's tooltip, and where assistive technology looks for it. */
function tellKey(button) {
  const action = ACTIONS.find((one) => one.id === button.dataset.action);
  if (!action?.keys.length) return;
  button.title = `${action.label} (${action.keys.map(shown).join(", ")})`;
  button.setAttribute("aria-keyshortcuts", action.keys.map((key) => key.replace("Ctrl", "Control")).join(" "));
}
