import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";

import { assetQuery } from "@/api/assets";
import { briefQuery } from "@/api/briefs";
import { campaignQuery, clientQuery } from "@/api/clients";
import { jobQuery } from "@/api/jobs";
import { jobTitle } from "@/components/jobs/job-facts";
import { Breadcrumbs } from "@/components/ui/breadcrumbs";

import { crumbsAt, type Named, namedAt } from "./crumbs";

/** The name of what is open. The page asks for the same, so that it is asked for once. */
function useName(named: Named | null): string | undefined {
  const is = (kind: Named["kind"]): { enabled: boolean } => ({ enabled: named?.kind === kind });
  const id = named?.id ?? "";
  const job = useQuery({ ...jobQuery(Number(id)), ...is("job"), select: jobTitle });
  const brief = useQuery({ ...briefQuery(id), ...is("brief"), select: (found) => found.title ?? "Brief" });
  const client = useQuery({ ...clientQuery(id), ...is("client"), select: nameOf });
  const campaign = useQuery({ ...campaignQuery(id), ...is("campaign"), select: nameOf });
  const asset = useQuery({ ...assetQuery(id), ...is("asset"), select: nameOf });
  if (named === null) return undefined;
  return { job, brief, client, campaign, asset }[named.kind].data;
}

function nameOf(thing: { name: string }): string {
  return thing.name;
}

/** Where the page stands. */
export function Way() {
  const pathname = useLocation({ select: (location) => location.pathname });
  const name = useName(namedAt(pathname));
  return <Breadcrumbs className="-ms-1" crumbs={crumbsAt(pathname, name)} />;
}
