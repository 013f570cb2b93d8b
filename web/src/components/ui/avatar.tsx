import { cx } from "./cx";

/** "AM" of "Ana María", one letter of one word; whole characters in every script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => Array.from(word ?? "")[0] ?? "",
  );
  return letters.join("").toLocaleUpperCase();
}

const sizes = { sm: "size-5 text-[10px]", md: "size-7 text-xs", lg: "size-10 text-base" };

export interface AvatarProps {
  readonly name: string;
  /** Round for people, square for clients. */
  readonly shape?: "round" | "square" | undefined;
  readonly size?: keyof typeof sizes | undefined;
  /** A brand's own colour, as ground; the letters choose black or white by themselves. */
  readonly color?: string | undefined;
  readonly imageUrl?: string | undefined;
  readonly className?: string | undefined;
}

function isLight(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = (color.match(/[0-9a-f]{2}/gi) ?? []).map((part) => parseInt(part, 16) / 255);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 0.58;
}

/** A person or a brand, small. Its name stands beside it, so that it is hidden from screen readers. */
export function Avatar({ name, shape = "round", size = "md", color, imageUrl, className }: AvatarProps) {
  const style = color === undefined ? undefined : { backgroundColor: color, color: isLight(color) ? "#000" : "#fff" };
  return (
    <span
      aria-hidden
      style={style}
      className={cx(
        "grid shrink-0 place-items-center overflow-hidden bg-accent-soft font-semibold text-accent select-none",
        shape === "round" ? "rounded-full" : "rounded-control",
        sizes[size],
        className,
      )}
    >
      {imageUrl === undefined ? initials(name) : <img src={imageUrl} alt="" className="size-full object-cover" />}
    </span>
  );
}
