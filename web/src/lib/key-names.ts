/** Keys as they are written on this machine's keyboard. */

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

const NAMES: Readonly<Record<string, string>> = {
  mod: isMac ? "⌘" : "Ctrl",
  alt: isMac ? "⌥" : "Alt",
  shift: isMac ? "⇧" : "Shift",
  escape: "Esc",
  enter: "↵",
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  space: "Space",
  backspace: "⌫",
  delete: "Del",
};

/** The keys of a shortcut one by one: "mod+k" is pressed together, "g h" one after the other. */
export function keyParts(keys: string): readonly (readonly string[])[] {
  return keys.split(" ").map((chord) => chord.split(/\+(?!$)/).map((key) => NAMES[key] ?? key.toLocaleUpperCase()));
}

/** The keys of a shortcut in a line: "Ctrl+K", "⌘K", "G H". */
export function shownKeys(keys: string): string {
  return keyParts(keys)
    .map((chord) => chord.join(isMac ? "" : "+"))
    .join(" ");
}
