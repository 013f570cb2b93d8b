/** The places of the studio: what the rail, the bottom bar and the palette show. */
import {
  Briefcase,
  ChartNoAxesColumn,
  Clapperboard,
  Film,
  FolderOpen,
  House,
  Image,
  type LucideIcon,
  ShieldCheck,
  Sparkles,
} from "lucide-react";

export type PlacePath =
  "/" | "/ads" | "/library" | "/models" | "/images" | "/videos" | "/clients" | "/costs" | "/admin";

export interface Place {
  readonly to: PlacePath;
  readonly label: string;
  readonly icon: LucideIcon;
  /** The keys that go there, one after the other. */
  readonly keys?: string;
  /** Other addresses that belong to it. */
  readonly also?: readonly string[];
  /** Stands below the place before it. */
  readonly isNested?: boolean;
  readonly isForAdmins?: boolean;
}

export const PLACES: readonly Place[] = [
  { to: "/", label: "Home", icon: House, keys: "g h" },
  { to: "/ads", label: "Ads", icon: Clapperboard, keys: "g a", also: ["/briefs"] },
  { to: "/library", label: "Library", icon: FolderOpen, keys: "g l" },
  { to: "/models", label: "Models", icon: Sparkles, keys: "g m" },
  { to: "/images", label: "Images", icon: Image, keys: "g i", isNested: true },
  { to: "/videos", label: "Videos", icon: Film, keys: "g v", isNested: true },
  { to: "/clients", label: "Clients", icon: Briefcase, keys: "g c", also: ["/campaigns"] },
  { to: "/costs", label: "Costs", icon: ChartNoAxesColumn, keys: "g s" },
  { to: "/admin", label: "Admin", icon: ShieldCheck, keys: "g d", isForAdmins: true },
];

export function placesFor(role: "admin" | "member"): readonly Place[] {
  return PLACES.filter((place) => !place.isForAdmins || role === "admin");
}

/** Whether an address belongs to a place. */
export function isAt(place: Pick<Place, "to" | "also">, pathname: string): boolean {
  if (place.to === "/") return pathname === "/";
  return [place.to, ...(place.also ?? [])].some((start) => pathname === start || pathname.startsWith(`${start}/`));
}
