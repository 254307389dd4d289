/* The keyboard. Letters are also known by their place on it, for a Persian layout. */

const LETTERS = { KeyJ: "j", KeyK: "k", KeyN: "n", KeyP: "p", KeyL: "l", KeyD: "d", KeyB: "b", Slash: "/" };

function stepEvent(by) {
  const buttons = [...document.querySelectorAll(".card:not([hidden]) .event-name")];
  if (!buttons.length) return;
  const at = buttons.indexOf(document.activeElement);
  const next = at === -1 && by < 0 ? buttons.length - 1 : Math.min(Math.max(at + by, 0), buttons.length - 1);
  buttons[next].focus({ focusVisible: true });
}

function stepMention(mark, by) {
  const marks = [...mark.closest(".text").querySelectorAll("mark:not(.off)")];
  const next = marks[marks.indexOf(mark) + by];
  if (!next) return;
  mark.tabIndex = -1;
  next.tabIndex = 0;
  next.focus({ focusVisible: true });
}

function stepItem(by) {
  const listed = listedIndexes();
  const next = listed[Math.min(Math.max(listed.indexOf(state.open) + by, 0), listed.length - 1)];
  if (next === undefined) return;
  openArticle(next);
  items.find((item) => item.index === next).button.focus();
}

const toggle = (id) => byId(id)?.click();

const KEYS = {
  j: () => stepArticle(1),
  k: () => stepArticle(-1),
  n: () => stepEvent(1),
  p: () => stepEvent(-1),
  l: () => toggle("labels"),
  d: () => toggle("wrong-only"),
  b: toggleList,
  "/": () => byId("search").select(),
  "?": () => byId("help").showModal(),
  "؟": () => byId("help").showModal(),
};

function escape() {
  if (document.activeElement === byId("search")) {
    byId("search").value = "";
    search();
    byId("search").blur();
  } else if (document.body.classList.contains("list-open")) document.body.classList.remove("list-open");
  else {
    document.activeElement?.blur?.();
    unpin();
  }
}

function onMark(happened) {
  const mark = happened.target;
  if (happened.key === "ArrowLeft") stepMention(mark, 1);
  else if (happened.key === "ArrowRight") stepMention(mark, -1);
  else if (happened.key === "Enter" || happened.key === " ") mark.click();
  else return false;
  return true;
}

function onList(happened) {
  const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  if (!(happened.key in steps)) return false;
  stepItem(steps[happened.key]);
  return true;
}

function watchKeys() {
  document.addEventListener("keydown", (happened) => {
    if (happened.ctrlKey || happened.altKey || happened.metaKey || byId("help").open) return;
    if (happened.key === "Escape") return escape();
    const { target } = happened;
    if (target.matches("input[type=search], select")) return;
    if (target.matches("mark") ? onMark(happened) : target.closest("#articles") && onList(happened)) {
      happened.preventDefault();
      return;
    }
    const act = KEYS[happened.key] ?? (happened.shiftKey ? undefined : KEYS[LETTERS[happened.code]]);
    if (!act) return;
    happened.preventDefault();
    act();
  });
}
