import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, RotateCw, TriangleAlert } from "lucide-react";

import { type Diagnosis, doctorQuery } from "@/api/admin";
import { Failed, RowsPending } from "@/components/page/parts";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Toolbar } from "@/components/ui/page-header";
import { Banner } from "@/components/ui/states";
import { assertNever } from "@/lib/never";

type Finding = Diagnosis["findings"][number];

function StateBadge({ state }: { readonly state: Finding["state"] }) {
  switch (state) {
    case "ok":
      return (
        <Badge tone="positive" icon={<CircleCheck aria-hidden />}>
          Good
        </Badge>
      );
    case "limited":
      return (
        <Badge tone="caution" icon={<TriangleAlert aria-hidden />}>
          Limited
        </Badge>
      );
    case "missing":
      return (
        <Badge tone="critical" icon={<CircleAlert aria-hidden />}>
          Missing
        </Badge>
      );
    default:
      return assertNever(state);
  }
}

const ORDER: Record<Finding["state"], number> = { missing: 0, limited: 1, ok: 2 };

function FindingRow({ finding }: { readonly finding: Finding }) {
  return (
    <li className="grid gap-x-6 gap-y-1 py-3 md:grid-cols-[6rem_10rem_minmax(0,1fr)]">
      <span>
        <StateBadge state={finding.state} />
      </span>
      <h3 className="text-sm">
        {finding.name}
        {finding.needed && finding.state === "missing" && (
          <span className="block text-xs font-normal text-critical">Needed for every ad</span>
        )}
      </h3>
      <div className="min-w-0 text-sm wrap-anywhere text-muted">
        <p className="first-letter:uppercase">{finding.detail}</p>
        {finding.remedy !== null && <p className="mt-0.5 text-ink">{finding.remedy}</p>}
      </div>
    </li>
  );
}

/** What this machine can do, and what would put right what it cannot. */
export function Doctor() {
  const { data, error, isFetching, refetch } = useQuery(doctorQuery);
  const look = () => void refetch();
  return (
    <div className="flex flex-col gap-3">
      <Toolbar
        label="Doctor"
        end={
          <Button icon={<RotateCw aria-hidden />} busy={isFetching} onClick={look}>
            Look again
          </Button>
        }
      >
        <h2 className="sr-only">Doctor</h2>
        <p className="text-sm text-muted">
          What this machine can do, as <code>gauntlet doctor</code> finds it.
        </p>
      </Toolbar>
      {error && !data ? (
        <Failed error={error} onRetry={look} />
      ) : data === undefined ? (
        <RowsPending />
      ) : (
        <>
          {data.canMakeAds ? (
            <Banner tone="positive" title="This machine can make ads" />
          ) : (
            <Banner tone="critical" title="This machine cannot make ads">
              Something that every ad needs is missing; what to do stands beside it.
            </Banner>
          )}
          <ul className="divide-y divide-line">
            {[...data.findings]
              .sort((one, other) => ORDER[one.state] - ORDER[other.state])
              .map((finding) => (
                <FindingRow key={finding.name} finding={finding} />
              ))}
          </ul>
        </>
      )}
    </div>
  );
}
