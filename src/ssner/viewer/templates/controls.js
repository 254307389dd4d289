/* Filters and search. */

function chip(kind, name, words, count) {
  const box = make("input", { type: "checkbox", checked: true, "data-filter": `${kind}:${name}` });
  box.addEventListener("change", () => {
    if (box.checked) state.off.delete(box.dataset.filter);
    else state.off.add(box.dataset.filter);
    applyFilters();
  });
  return make("label", { class: "chip", "data-kind": kind, "data-type": name }, box, ...words,
    make("span", { class: "count" }, say(count)));
}

function countAll(things, field) {
  const counts = new Map();
  for (const article of articles) {
    for (const thing of article.sides.at(-1)[things]) {
      const name = thing[field] ?? NO_STATUS;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

function drawFilters() {
  const kinds = [["entity", "entities", "type", "entities"], ["event", "events", "type", "events"], ["status", "events", "status", "statuses"]];
  for (const [kind, things, field, table] of kinds) {
    const counts = countAll(things, field);
    const chips = Object.entries(labels[table]).map(([name, persian]) =>
      chip(kind, name, [...(kind === "status" ? [`${STATUS_SIGNS[name]} `] : []), ...named(persian, name)], counts.get(name) ?? 0));
    if (kind === "status" && counts.has(NO_STATUS)) chips.push(chip(kind, NO_STATUS, ["نگفته"], counts.get(NO_STATUS)));
    byId(`${kind}-filters`).append(...chips);
  }
}

function applyFilters() {
  sieve();
  updateList();
}

function setLeast(value) {
  state.least = value / 100;
  byId("least-shown").textContent = percent(state.least);
}

function resetFilters() {
  state.off.clear();
  for (const box of document.querySelectorAll("[data-filter]")) box.checked = true;
  byId("least").value = 0;
  setLeast(0);
  if (byId("wrong-only")) byId("wrong-only").checked = state.wrongOnly = false;
  applyFilters();
}

let searching = 0;

function search() {
  clearTimeout(searching);
  state.pattern = patternOf(byId("search").value);
  updateList();
  drawArticle();
}

const FIRST_FOUND = ".side:first-child .text .found.first";

/** Go to the next thing found: in this article, else in the next one of the list. */
function nextFound() {
  search();
  const listed = listedIndexes();
  if (!state.pattern || !listed.length) return;
  const found = [...document.querySelectorAll(FIRST_FOUND)];
  const at = found.findIndex((node) => node.classList.contains("current"));
  const isLast = at + 1 >= found.length;
  if (isLast || !listed.includes(state.open)) {
    const here = listed.indexOf(state.open);
    openArticle(listed[(here + 1) % listed.length]);
  }
  const next = isLast ? document.querySelector(FIRST_FOUND) : found[at + 1];
  found[at]?.classList.remove("current");
  next?.classList.add("current");
  next?.scrollIntoView({ block: "center" });
}

function watchControls() {
  byId("search").addEventListener("input", () => {
    clearTimeout(searching);
    searching = setTimeout(search, 120);
  });
  byId("search-form").addEventListener("submit", (happened) => {
    happened.preventDefault();
    nextFound();
  });
  byId("least").addEventListener("input", () => {
    setLeast(byId("least").value);
    applyFilters();
  });
  byId("order").addEventListener("change", () => orderList(byId("order").value));
  byId("reset").addEventListener("click", resetFilters);
  byId("labels").addEventListener("change", () => document.body.classList.toggle("no-labels", !byId("labels").checked));
  byId("wrong-only")?.addEventListener("change", () => {
    state.wrongOnly = byId("wrong-only").checked;
    applyFilters();
  });
  for (const choice of document.querySelectorAll("[name=sides]")) {
    choice.addEventListener("change", () => {
      state.sides = choice.value;
      updateList();
      drawArticle();
    });
  }
  byId("filters-button").addEventListener("click", () => {
    const isOpen = document.body.classList.toggle("filters-open");
    byId("filters-button").setAttribute("aria-expanded", String(isOpen));
  });
  byId("list-button").addEventListener("click", toggleList);
  byId("help-button").addEventListener("click", () => byId("help").showModal());
}

const isNarrow = () => matchMedia("(max-width: 56rem)").matches;

function toggleList() {
  document.body.classList.toggle(isNarrow() ? "list-open" : "list-closed");
}
