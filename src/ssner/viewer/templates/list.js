/* The list of articles, with counts. */

const items = [];

function snippet(text) {
  const line = text.trim().split("\n", 1)[0];
  return line.length > 110 ? `${line.slice(0, 109)}…` : line;
}

function itemOf(article, index) {
  const counts = make("span", { class: "counts" });
  const button = make("button", { type: "button", tabindex: "-1", "data-index": index },
    make("span", { class: "snippet" }, foreign(snippet(article.text))),
    make("span", { class: "name" }, foreign(shortName(article.id))), counts);
  button.addEventListener("click", () => openArticle(index));
  return { node: make("li", {}, button), button, counts, index, article, shown: true, events: 0 };
}

function drawList() {
  items.push(...articles.map(itemOf));
  byId("articles").append(...items.map((item) => item.node));
}

function countWords({ article }, counts, found) {
  const words = [`${say(counts.entities)} نام`, `${say(counts.events)} رویداد`];
  const out = [words.join(" · ")];
  if (article.differences !== undefined) {
    out.push(make("span", { class: "difference-count", "data-none": article.differences === 0 },
      article.differences ? `${say(article.differences)} تفاوت` : "بی‌تفاوت"));
  }
  if (found) out.push(make("span", { class: "found-count" }, `${say(found)} یافته`));
  return out;
}

/** Count anew what filters and search leave of each article, and show those of which something is left. */
function updateList() {
  let found = 0;
  for (const item of items) {
    const counts = countsOf(item.article);
    const hits = state.pattern ? foundIn(item.article) : 0;
    item.events = counts.events;
    item.shown = (!state.pattern || hits > 0) && (!choosesEvents() || counts.events > 0 || (state.wrongOnly && counts.entities > 0));
    item.node.hidden = !item.shown;
    item.counts.replaceChildren(...countWords(item, counts, hits));
    if (item.shown) found += hits;
  }
  const shown = items.filter((item) => item.shown);
  const events = shown.reduce((sum, item) => sum + item.events, 0);
  byId("list-summary").textContent =
    shown.length === items.length
      ? `${say(items.length)} خبر، ${say(events)} رویداد`
      : `${say(shown.length)} از ${say(items.length)} خبر، ${say(events)} رویداد`;
  byId("found").textContent = state.pattern ? (found ? `${say(found)} یافته در ${say(shown.length)} خبر` : "یافت نشد") : "";
  markOpenInList();
}

const ORDERS = {
  file: (a, b) => a.index - b.index,
  events: (a, b) => b.events - a.events || a.index - b.index,
  differences: (a, b) => (b.article.differences ?? -1) - (a.article.differences ?? -1) || a.index - b.index,
};

function orderList(order) {
  items.sort(ORDERS[order]);
  byId("articles").append(...items.map((item) => item.node));
  markOpenInList();
}

/** The places in the file of the listed articles, in the list's order. */
const listedIndexes = () => items.filter((item) => item.shown).map((item) => item.index);

function markOpenInList() {
  for (const item of items) {
    const isOpen = item.index === state.open;
    item.button.tabIndex = isOpen ? 0 : -1;
    if (isOpen) {
      item.button.setAttribute("aria-current", "true");
      item.node.scrollIntoView({ block: "nearest" });
    } else item.button.removeAttribute("aria-current");
  }
}
