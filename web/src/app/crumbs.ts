/** The way to the page that is open, out of its address. Pure; names come from whoever knows them. */
import type { Crumb } from "@/components/ui/breadcrumbs";

/** What an address speaks of, to be named. */
export interface Named {
  readonly kind: "job" | "brief" | "client" | "campaign" | "asset";
  readonly id: string;
}

interface Way {
  readonly crumbs: readonly (Crumb | Named)[];
}

const TOP: Readonly<Record<string, string>> = {
  ads: "Ads",
  library: "Library",
  models: "Models",
  images: "Images",
  videos: "Videos",
  clients: "Clients",
  costs: "Costs",
  admin: "Admin",
  account: "Account",
};

const HOME: Crumb = { label: "Home", href: "/" };

/** The thing that the address is about, if it has a name. */
export function namedAt(pathname: string): Named | null {
  return way(pathname).crumbs.find((crumb): crumb is Named => "kind" in crumb) ?? null;
}

/** The crumbs of an address; `name` is that of the thing it is about, once it is known. */
export function crumbsAt(pathname: string, name: string | undefined): Crumb[] {
  return way(pathname).crumbs.map((crumb) =>
    "kind" in crumb ? { label: name ?? "…", href: crumb.kind === "job" ? `/ads/${crumb.id}` : undefined } : crumb,
  );
}

function way(pathname: string): Way {
  const [top, id, more] = pathname.split("/").filter(Boolean).map(decodeURIComponent);
  if (top === undefined) return { crumbs: [{ label: "Home" }] };
  if (top === "briefs" && id)
    return {
      crumbs: [
        { label: "Ads", href: "/ads" },
        { kind: "brief", id },
      ],
    };
  if (top === "campaigns" && id)
    return {
      crumbs: [
        { label: "Clients", href: "/clients" },
        { kind: "campaign", id },
      ],
    };
  const label = TOP[top];
  if (label === undefined) return { crumbs: [HOME] };
  const first = { label, href: `/${top}` };
  return { crumbs: id === undefined ? [first] : [first, ...below(top, id, more)] };
}

function below(top: string, id: string, more: string | undefined): (Crumb | Named)[] {
  switch (top) {
    case "ads":
      if (id === "new") return [{ label: "New ad" }];
      return [{ kind: "job", id }, ...(more === "timeline" ? [{ label: "Timeline" }] : [])];
    case "library":
      return [{ kind: "asset", id }];
    case "clients":
      return [{ kind: "client", id }];
    case "models":
      return [{ label: more === undefined ? id : `${id}/${more}` }];
    case "images":
      return [{ label: `Image ${id}` }];
    case "videos":
      return [{ label: `Video ${id}` }];
    default:
      return [];
  }
}
