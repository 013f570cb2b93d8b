/** What is chosen in a grid: a set that remembers where it began, so that Shift reaches from there. */
import { useCallback, useMemo, useState } from "react";

import type { Asset } from "@/api/types";

export interface Selection {
  readonly chosen: ReadonlyMap<string, Asset>;
  /** The place of what was chosen last: ranges begin there. */
  readonly anchor: number | null;
}

export const NOTHING_CHOSEN: Selection = { chosen: new Map(), anchor: null };

export function toggled(selection: Selection, asset: Asset, index: number): Selection {
  const chosen = new Map(selection.chosen);
  if (!chosen.delete(asset.id)) chosen.set(asset.id, asset);
  return { chosen, anchor: index };
}

/** With more assets; the anchor stays, so that a range can be drawn anew from it. */
export function withMore(selection: Selection, assets: readonly Asset[], anchor: number | null): Selection {
  const chosen = new Map(selection.chosen);
  for (const asset of assets) chosen.set(asset.id, asset);
  return { chosen, anchor: selection.anchor ?? anchor };
}

export interface SelectionControls {
  readonly selection: Selection;
  readonly toggle: (asset: Asset, index: number) => void;
  readonly only: (asset: Asset, index: number) => void;
  readonly add: (assets: readonly Asset[], anchor: number | null) => void;
  readonly clear: () => void;
}

/** A selection and what changes it; the functions never change. */
export function useSelection(): SelectionControls {
  const [selection, setSelection] = useState(NOTHING_CHOSEN);
  const toggle = useCallback((asset: Asset, index: number) => setSelection((was) => toggled(was, asset, index)), []);
  const only = useCallback(
    (asset: Asset, index: number) => setSelection({ chosen: new Map([[asset.id, asset]]), anchor: index }),
    [],
  );
  const add = useCallback(
    (assets: readonly Asset[], anchor: number | null) => setSelection((was) => withMore(was, assets, anchor)),
    [],
  );
  const clear = useCallback(() => setSelection((was) => (was.chosen.size === 0 ? was : NOTHING_CHOSEN)), []);
  return useMemo(() => ({ selection, toggle, only, add, clear }), [selection, toggle, only, add, clear]);
}
