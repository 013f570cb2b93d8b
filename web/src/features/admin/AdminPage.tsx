import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Compass } from "lucide-react";

import { meQuery } from "@/api/session";
import { buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Tabs } from "@/components/ui/tabs";
import { useTitle } from "@/lib/hooks";

import { Audit } from "./audit";
import { Doctor } from "./doctor";
import { Jobs } from "./jobs/jobs";
import { Keys } from "./keys";
import { Storage } from "./storage/storage";
import { Users } from "./users/users";

const route = getRouteApi("/studio/admin");

const TABS = [
  { value: "users", label: "Users", content: <Users /> },
  { value: "keys", label: "Keys", content: <Keys /> },
  { value: "storage", label: "Storage", content: <Storage /> },
  { value: "jobs", label: "Jobs", content: <Jobs /> },
  { value: "doctor", label: "Doctor", content: <Doctor /> },
  { value: "audit", label: "Audit log", content: <Audit /> },
] as const;

/** For members this page does not exist, and says no more than any other address that does not. */
function NothingHere() {
  useTitle("Nothing here");
  return (
    <div className="mx-auto flex max-w-100 flex-col items-center px-4 py-24 text-center">
      <Compass aria-hidden className="mb-4 size-8 stroke-[1.5] text-faint" />
      <h1 className="text-lg">There is nothing at this address</h1>
      <p className="mt-1.5 text-base text-pretty text-muted">
        It may have been deleted, or belong to a client that you are not a member of.
      </p>
      <Link href="/" className={buttonClass({ className: "mt-5" })}>
        Go home
      </Link>
    </div>
  );
}

function Admin() {
  useTitle("Admin");
  const { tab = "users" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className="mx-auto flex w-full max-w-[80rem] flex-col gap-5 pb-8">
      <PageHeader title="Admin" description="Who may work here, where space goes, and what happened." />
      <Tabs
        label="Admin"
        value={tab}
        // The filters of one part mean nothing to another.
        onValueChange={(next) => void navigate({ to: "/admin", search: { tab: next } })}
        tabs={TABS}
      />
    </div>
  );
}

/** What administrators look after. */
export function AdminPage() {
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  return me.role === "admin" ? <Admin /> : <NothingHere />;
}
