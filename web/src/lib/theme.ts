/** Light, dark, or as the system says; public/theme.js sets it before the first paint. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

function kept(): Theme {
  try {
    const theme = localStorage.getItem("gauntlet.theme");
    return theme === "light" || theme === "dark" ? theme : "system";
  } catch {
    return "system";
  }
}

const listeners = new Set<() => void>();
const system = window.matchMedia("(prefers-color-scheme: dark)");

export const theme = {
  get: kept,
  set: (next: Theme): void => {
    try {
      // Kept as a bare word: the script before the first paint reads it without parsing.
      if (next === "system") localStorage.removeItem("gauntlet.theme");
      else localStorage.setItem("gauntlet.theme", next);
    } catch {
      // Storage is forbidden: the choice holds until the page is left.
    }
    apply(next);
    for (const listener of listeners) listener();
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function apply(chosen: Theme): void {
  const isDark = chosen === "dark" || (chosen === "system" && system.matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
}

system.addEventListener("change", () => apply(kept()));
