import { useQuery } from "@tanstack/react-query";

import { fontsQuery } from "@/api/clients";
import type { Schemas } from "@/api/types";
import { Banner, cx, Field, Skeleton, TextInput } from "@/components/ui";

import { TypeShape } from "./type-shape";

type FontSample = Schemas["FontSample"];

export interface FontFieldProps {
  readonly label: string;
  readonly use: "heading" | "body";
  readonly value: string | null | undefined;
  readonly disabled: boolean;
  readonly onChange: (family: string) => void;
  /** The family that films are really set in. */
  readonly drawnIn: string | undefined;
  /** Whether the one that is named is none of the studio's. */
  readonly isMissing: boolean;
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase();
}

function hintOf(value: string | null | undefined, drawnIn: string | undefined): string | undefined {
  return drawnIn === undefined || value ? undefined : `Nothing is named: ${drawnIn} would be used now.`;
}

interface FamiliesProps extends Pick<FontFieldProps, "label" | "value" | "disabled" | "onChange"> {
  readonly fonts: readonly FontSample[];
}

function Families({ fonts, label, value, disabled, onChange }: FamiliesProps) {
  return (
    <ul aria-label={`${label}: families of this studio`} className="grid grid-cols-2 gap-1.5 sm:grid-cols-3">
      {fonts.map((font) => {
        const isChosen = isSame(font.family, value ?? "");
        return (
          <li key={font.family} className="min-w-0">
            <button
              type="button"
              aria-pressed={isChosen}
              aria-label={font.family}
              disabled={disabled}
              onClick={() => onChange(isChosen ? "" : font.family)}
              className={cx(
                "flex h-10 w-full min-w-0 items-center overflow-hidden rounded-control border px-2.5 text-ink transition-colors disabled:opacity-55",
                isChosen ? "border-accent bg-selected" : "border-line enabled:hover:border-edge",
              )}
            >
              <TypeShape outline={font.heading} sizePx={16} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Sample({ font, use }: { readonly font: FontSample; readonly use: FontFieldProps["use"] }) {
  return (
    <figure className="flex min-w-0 flex-col gap-1 py-1">
      <TypeShape outline={use === "heading" ? font.heading : font.body} sizePx={use === "heading" ? 34 : 19} />
      <figcaption className="text-xs text-faint">
        {font.family} · weights {font.weights.join(", ")}
      </figcaption>
    </figure>
  );
}

/** A typeface by its name: one of the studio's, shown in its own shapes, or another, with what stands in for it. */
export function FontField(props: FontFieldProps) {
  const { label, use, value, disabled, onChange, drawnIn, isMissing } = props;
  const fonts = useQuery(fontsQuery());
  const drawn = fonts.data?.find((font) => isSame(font.family, drawnIn ?? ""));
  return (
    <div className="flex flex-col gap-2">
      <Field label={label} hint={hintOf(value, drawnIn)}>
        <TextInput
          value={value ?? ""}
          disabled={disabled}
          maxLength={80}
          placeholder="Chosen by the mood of each ad"
          onValueChange={onChange}
        />
      </Field>
      {isMissing && drawnIn !== undefined && (
        <Banner tone="caution">
          This studio has no font called <bdi className="font-semibold">{value}</bdi>. Films are set in {drawnIn}{" "}
          instead. The name is kept in the guidelines.
        </Banner>
      )}
      {fonts.isPending && <Skeleton shape="block" className="h-21" />}
      {fonts.isError && (
        <p className="text-xs text-faint">The samples could not be loaded. Names can be typed all the same.</p>
      )}
      {drawn && <Sample font={drawn} use={use} />}
      {fonts.data && (
        <Families fonts={fonts.data} label={label} value={value} disabled={disabled} onChange={onChange} />
      )}
    </div>
  );
}
