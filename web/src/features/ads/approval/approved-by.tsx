import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";

import { useMemberName } from "@/api/rights";
import { meQuery } from "@/api/session";
import type { JobDetail } from "@/api/types";
import { buttonClass } from "@/components/ui";
import { formatExact } from "@/lib/units";

/** Who approved what is on the card, and when. */
export function ApprovedBy({ job }: { readonly job: JobDetail }) {
  const me = useQuery(meQuery).data;
  const { approval } = job;
  const name = useMemberName(job.clientId, approval?.userId);
  if (approval === null) return null;
  const who = me?.id === approval.userId ? "you" : (name ?? `user ${approval.userId}`);
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 rounded-card bg-positive-soft px-4 py-3">
      <CircleCheck aria-hidden className="size-5 shrink-0 text-positive" />
      <p className="min-w-40 flex-1 text-base">
        <span className="font-semibold">Approved</span> by <bdi>{who}</bdi>,{" "}
        {formatExact(new Date(approval.approvedAt))}
      </p>
      <Link
        to="/ads/$jobId"
        params={{ jobId: job.id }}
        search={{ step: "film" }}
        className={buttonClass({ variant: "primary" })}
      >
        Go to film
      </Link>
    </div>
  );
}
