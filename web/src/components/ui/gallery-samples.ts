/** Things to show components with: awkward names, drawn pictures. */

export const longName =
  "Summer launch 2026 for the northern markets with a working title that somebody pasted from a spreadsheet and never shortened, " +
  "including_a_part_without_any_space_in_it_that_must_break_somewhere_v12_final";

export const rtlName = "حملة الصيف — إطلاق المنتج الجديد في الرياض";

function drawing(widthPx: number, heightPx: number, colors: readonly [string, string, string]): string {
  const [ground, shape, light] = colors;
  const unit = Math.min(widthPx, heightPx);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">` +
    `<rect width="100%" height="100%" fill="${ground}"/>` +
    `<circle cx="${widthPx * 0.68}" cy="${heightPx * 0.36}" r="${unit * 0.3}" fill="${light}"/>` +
    `<path d="M0 ${heightPx} L${widthPx * 0.42} ${heightPx * 0.42} L${widthPx * 0.86} ${heightPx} Z" fill="${shape}"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export const pictures = {
  tall: drawing(1080, 1920, ["#d9622b", "#4f1d0b", "#ffd9a3"]),
  wide: drawing(1920, 1080, ["#24506b", "#0b1d2b", "#bfe3f2"]),
  square: drawing(1080, 1080, ["#dfe7d5", "#50704a", "#f2b84b"]),
} as const;

export interface Spend {
  readonly id: string;
  readonly name: string;
  readonly model: string;
  readonly images: number;
  readonly microusd: number;
  readonly durationS: number;
}

export const spends: readonly Spend[] = [
  { id: "1", name: "Trail shoes, spring", model: "Built in", images: 8, microusd: 0, durationS: 15 },
  { id: "2", name: rtlName, model: "Hosted", images: 24, microusd: 1_240_000, durationS: 30 },
  { id: "3", name: longName, model: "Hosted", images: 3, microusd: 3_400, durationS: 92 },
];
