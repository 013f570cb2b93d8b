// Sets the theme before anything is painted; src/lib/theme.ts keeps it from then on.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("gauntlet.theme");
  } catch (_) {
    // Storage may be forbidden; the system's theme is used then.
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
