/* The beginning. */

const indexFromAddress = () => Math.max(articles.findIndex((article) => addressOf(article) === location.hash), 0);

/** Tell the style how high the bar is, for what hangs below it. */
function measureBar() {
  document.documentElement.style.setProperty("--bar-height", `${byId("bar").offsetHeight}px`);
}

drawFilters();
setLeast(0);
drawList();
watchControls();
watchKeys();
watchPointing(byId("article"));
updateList();
if (articles.length) openArticle(indexFromAddress());
else drawArticle();
measureBar();
addEventListener("resize", () => {
  measureBar();
  relight();
});
addEventListener("hashchange", () => articles.length && openArticle(indexFromAddress()));
