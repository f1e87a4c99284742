// The tools of the editing page, put to work one after the other.

import { startCandidates } from "./candidates.js";
import { startSearch } from "./search.js";
import { startSuggest } from "./suggest.js";
import { startSweep } from "./sweep.js";
import { startTerms } from "./terms.js";

/** Begin; `base` is the document's address. */
export function startTools(base, name) {
  const section = (panel) => document.querySelector(`[data-panel="${panel}"]`);
  startCandidates(section("candidates"), base);
  startSuggest(section("candidates"), base);
  startSearch(section("concordance"), section("glossary"), base);
  startSweep(base);
  startTerms(base, name);
}
