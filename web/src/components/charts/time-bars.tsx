/** Bars over time. Recharts comes with it: load it lazily, in the pages that show it. */
import { useId } from "react";
import { Bar, BarChart, CartesianGrid, LabelList, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

import { cx } from "@/components/ui/cx";

import { namedPlaces, type Part, partClass, type PartLook, sumOf, ticksTo } from "./parts";

export interface TimeBar {
  readonly key: string;
  /** Under the axis. */
  readonly tick: string;
  /** Where there is room for it. */
  readonly name: string;
  /** The same parts in each bar, from the ground up. */
  readonly parts: readonly Part[];
  readonly note?: string | undefined;
}

export interface TimeBarsProps {
  readonly bars: readonly TimeBar[];
  readonly format: (value: number) => string;
  /** What the chart shows, in a sentence; the numbers themselves are for a table beside it. */
  readonly label: string;
  readonly namesMost?: number | undefined;
}

interface TooltipGiven {
  readonly active?: boolean | undefined;
  readonly payload?: readonly { readonly payload?: unknown }[] | undefined;
}

const fills: Record<PartLook, (id: string) => string> = {
  solid: () => "var(--accent)",
  soft: (id) => `url(#${id}-soft)`,
  caution: (id) => `url(#${id}-caution)`,
};

function Stripes({ id, color, degrees }: { readonly id: string; readonly color: string; readonly degrees: number }) {
  return (
    <pattern id={id} width={4} height={4} patternUnits="userSpaceOnUse" patternTransform={`rotate(${degrees})`}>
      <rect width={2} height={4} fill={color} />
    </pattern>
  );
}

function isBar(value: unknown): value is TimeBar {
  return typeof value === "object" && value !== null && "parts" in value;
}

function Values({ active, payload, format }: TooltipGiven & Pick<TimeBarsProps, "format">) {
  const bar = payload?.[0]?.payload;
  if (!active || !isBar(bar)) return null;
  const shown = bar.parts.filter((part) => part.value > 0);
  return (
    <div className="min-w-36 rounded-card border border-line bg-raised px-3 py-2 text-xs text-ink shadow-high">
      <p className="mb-1 font-semibold">{bar.name}</p>
      {shown.length === 0 && <p className="text-muted">{format(0)}</p>}
      {shown.map((part) => (
        <p key={part.id} className="flex items-center gap-2 text-muted tabular">
          <span aria-hidden className={cx("h-2 w-3 rounded-xs", partClass[part.look])} />
          {part.label}
          <span className="ms-auto ps-4 text-ink">{format(part.value)}</span>
        </p>
      ))}
      {bar.note !== undefined && <p className="mt-1 text-faint tabular">{bar.note}</p>}
    </div>
  );
}

const axisText = { fill: "var(--faint)", fontSize: 12 };

/** The highest bar is named by its value, so that the eye has a measure without the axis. */
function highestOf(bars: readonly TimeBar[]): TimeBar | null {
  return bars.reduce<TimeBar | null>(
    (highest, bar) => (sumOf(bar.parts) > sumOf(highest?.parts ?? []) ? bar : highest),
    null,
  );
}

/** Thin bars from zero, one for each stretch of time. */
export function TimeBars({ bars, format, label, namesMost = 6 }: TimeBarsProps) {
  const id = useId();
  const highest = highestOf(bars);
  const ticks = ticksTo(highest === null ? 0 : sumOf(highest.parts));
  const named = namedPlaces(bars.length, namesMost).flatMap((place) => bars[place]?.key ?? []);
  const tickOf = new Map(bars.map((bar) => [bar.key, bar.tick]));
  const parts = bars[0]?.parts ?? [];
  return (
    <div role="img" aria-label={label} className="h-56 w-full [&_svg]:outline-none">
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 640, height: 224 }}>
        <BarChart data={[...bars]} margin={{ top: 20, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <defs>
            <Stripes id={`${id}-soft`} color="var(--accent)" degrees={45} />
            <Stripes id={`${id}-caution`} color="var(--caution)" degrees={-45} />
          </defs>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="key"
            ticks={named}
            interval={0}
            tickFormatter={(key: string) => tickOf.get(key) ?? key}
            tick={axisText}
            tickLine={false}
            axisLine={{ stroke: "var(--strong)" }}
            tickMargin={6}
          />
          <YAxis
            ticks={ticks}
            domain={[0, ticks.at(-1) ?? 0]}
            tickFormatter={format}
            tick={axisText}
            tickLine={false}
            axisLine={false}
            width={56}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: "var(--hover)" }}
            content={(given: TooltipGiven) => <Values {...given} format={format} />}
          />
          {parts.map((part, index) => (
            <Bar
              key={part.id}
              dataKey={(bar: TimeBar) => bar.parts[index]?.value ?? 0}
              stackId="all"
              fill={fills[part.look](id)}
              maxBarSize={14}
              isAnimationActive={false}
            >
              {index === parts.length - 1 && (
                <LabelList
                  position="top"
                  fill="var(--muted)"
                  fontSize={12}
                  valueAccessor={(entry: { payload?: unknown }) =>
                    isBar(entry.payload) && highest !== null && entry.payload.key === highest.key
                      ? format(sumOf(highest.parts))
                      : ""
                  }
                />
              )}
            </Bar>
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
