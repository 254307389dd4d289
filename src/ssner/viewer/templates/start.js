/* The beginning. */

function indexFromAddress() {
  let id = "";
  try {
    id = decodeURIComponent(location.hash.slice(1));
  } catch {
    return 0;
  }
  return Math.max(articles.findIndex((article) => article.id === id), 0);
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
addEventListener("resize", relight);
addEventListener("hashchange", () => articles.length && openArticle(indexFromAddress()));
