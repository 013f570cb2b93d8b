/** How somebody likes to cut, remembered in this browser. */
import { stored } from "@/lib/store";

const flag = (value: unknown): boolean | null => (typeof value === "boolean" ? value : null);

/** Whether neighbours give way, so that the film and its music keep their length. */
export const keepsLength = stored<boolean>("timeline.keep-length", true, flag);

/** Whether edges snap to beats, to other edges and to the playhead. */
export const snaps = stored<boolean>("timeline.snap", true, flag);
