/** What this browser remembers of how somebody works. */
import { stored } from "./store";

/** The client that everything below the switcher belongs to, or null for all clients. */
export const clientScope = stored<string | null>("client", null, (value) => (typeof value === "string" ? value : null));

/** Whether the rail shows words beside its icons. */
export const railOpen = stored<boolean>("rail", true, (value) => (typeof value === "boolean" ? value : null));
