/* Search that does not mind Arabic and Persian letters, digits, half-spaces, diacritics or case. */

const HALF_SPACE = "\u200c";

/** One UTF-16 unit as a search sees it; half-spaces are nothing. */
function foldUnit(unit) {
  const folded = DATA.folding[unit] ?? unit;
  return folded === HALF_SPACE ? "" : folded.toLowerCase();
}

const FOLDED = new RegExp(`[A-Z${Object.keys(DATA.folding).map((c) => (c === "\\" ? "\\\\" : c)).join("")}]`, "g");

const fold = (text) => text.replace(FOLDED, foldUnit);

/** A pattern that finds a query in folded text, or null for an empty query. Its spaces may be half or none. */
function patternOf(query) {
  const spaced = query.replace(FOLDED, (unit) => (DATA.folding[unit] === HALF_SPACE ? " " : unit));
  const words = fold(spaced).split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  return new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("\\s*"), "g");
}

/** Spans of the raw text where the pattern is found. */
function findIn(text, pattern) {
  let folded = "";
  const offsets = [];
  for (let index = 0; index < text.length; index++) {
    for (const unit of text[index].replace(FOLDED, foldUnit)) {
      folded += unit;
      offsets.push(index);
    }
  }
  return Array.from(folded.matchAll(pattern), (found) => [
    offsets[found.index],
    offsets[found.index + found[0].length - 1] + 1,
  ]);
}
