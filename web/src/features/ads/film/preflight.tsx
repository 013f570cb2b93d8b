import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { preflightQuery } from "@/api/jobs";
import type { Schemas } from "@/api/types";
import { Failed } from "@/components/page/parts";
import { Badge, Button, Skeleton } from "@/components/ui";
import { formatDuration, plural } from "@/lib/units";

type Check = Schemas["PreflightCheck"];
type Status = Check["status"];

const SIGNS: Record<Status, ReactNode> = {
  passed: <CircleCheck aria-label="Passed" className="text-positive" />,
  warned: <TriangleAlert aria-label="Look at this" className="text-caution" />,
  failed: <CircleAlert aria-label="Failed" className="text-critical" />,
};

const RANK: Record<Status, number> = { failed: 0, warned: 1, passed: 2 };

interface PreflightProps {
  readonly jobId: number;
  readonly onSeek: (timeS: number) => void;
}

/** What was checked, the worst first; what failed leads to its second of the film. */
export function Preflight({ jobId, onSeek }: PreflightProps) {
  const preflight = useQuery(preflightQuery(jobId));
  const checks = [...(preflight.data?.checks ?? [])].sort((a, b) => RANK[a.status] - RANK[b.status]);
  const passed = checks.filter((check) => check.status === "passed");
  return (
    <section>
      <h2 className="mb-3 flex items-center gap-2 text-base">Checks {preflight.data && <Overall checks={checks} />}</h2>
      {preflight.isError && <Failed error={preflight.error} onRetry={() => void preflight.refetch()} />}
      {preflight.isPending && <Skeleton lines={4} />}
      <Checks checks={checks.filter((check) => check.status !== "passed")} onSeek={onSeek} />
      {passed.length > 0 && (
        <details className="mt-2 text-sm">
          <summary className="w-fit rounded-control text-muted">{plural(passed.length, "check")} passed</summary>
          <div className="mt-3">
            <Checks checks={passed} onSeek={onSeek} />
          </div>
        </details>
      )}
    </section>
  );
}

/** The worst that was found, and how often. */
function Overall({ checks }: { readonly checks: readonly Check[] }) {
  const worst = checks[0]?.status ?? "passed";
  if (worst === "passed") return <Badge tone="positive">All passed</Badge>;
  const count = checks.filter((check) => check.status === worst).length;
  return worst === "failed" ? (
    <Badge tone="critical">{count} failed</Badge>
  ) : (
    <Badge tone="caution">{count} to look at</Badge>
  );
}

interface ChecksProps {
  readonly checks: readonly Check[];
  readonly onSeek: (timeS: number) => void;
}

function Checks({ checks, onSeek }: ChecksProps) {
  if (checks.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {checks.map((check, index) => (
        <CheckRow key={`${index}-${check.id}`} check={check} onSeek={onSeek} />
      ))}
    </ul>
  );
}

function CheckRow({ check, onSeek }: { readonly check: Check; readonly onSeek: (timeS: number) => void }) {
  const { atS } = check;
  return (
    <li className="flex items-start gap-2 text-sm">
      <span className="mt-0.5 shrink-0 [&_svg]:size-4">{SIGNS[check.status]}</span>
      <span className="block min-w-0 flex-1 wrap-anywhere first-letter:uppercase">{check.message}</span>
      {atS !== null && (
        <Button size="sm" variant="ghost" onClick={() => onSeek(atS)} className="-my-1">
          Show {formatDuration(atS)}
        </Button>
      )}
    </li>
  );
}
