import { useMutation } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";

import { checkStorage, type StorageCheckResult } from "@/api/admin";
import { Failed, Section } from "@/components/page/parts";
import { Button } from "@/components/ui/button";
import { Banner } from "@/components/ui/states";
import { formatCount, plural } from "@/lib/units";

function Result({ result }: { readonly result: StorageCheckResult }) {
  const looked = `${formatCount(result.blobsChecked)} of ${plural(result.blobs, "file")} looked at.`;
  if (result.isSound)
    return (
      <Banner tone="positive" title="Everything is where it belongs">
        {looked}
      </Banner>
    );
  const count = result.findings.length;
  return (
    <div className="flex flex-col gap-3">
      {count > 0 ? (
        <Banner tone="critical" title={`${plural(count, "thing does", "things do")} not agree`}>
          {looked} Nothing was changed; <code>gauntlet storage check --repair</code> puts right what can be put right.
        </Banner>
      ) : (
        <Banner tone="neutral" title="Sound so far">
          {looked} The time for one check is over; go on where it ended.
        </Banner>
      )}
      <ul className="divide-y divide-line">
        {result.findings.map((finding) => (
          <li key={`${finding.kind}-${finding.subject}`} className="py-2.5 text-sm">
            <p className="font-medium wrap-anywhere">{finding.message}</p>
            <p className="text-xs text-faint wrap-anywhere">
              <code>{finding.subject}</code>
              {finding.store && ` · ${finding.store}`}
            </p>
            {finding.nextStep && <p className="mt-0.5 text-muted">{finding.nextStep}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Proves that what is written down and what is stored agree. */
export function Check() {
  const checking = useMutation({ mutationFn: (after: string | null) => checkStorage(after) });
  const { data } = checking;
  const rest = data && !data.isComplete ? data.lastDigest : null;
  return (
    <Section
      title="Check"
      end={
        <div className="flex gap-2">
          {rest !== null && (
            <Button busy={checking.isPending} onClick={() => checking.mutate(rest)}>
              Check the rest
            </Button>
          )}
          <Button icon={<ShieldCheck aria-hidden />} busy={checking.isPending} onClick={() => checking.mutate(null)}>
            Check storage
          </Button>
        </div>
      }
    >
      <p className="-mt-2 mb-3 max-w-160 text-sm text-muted">
        Looks whether every file is there with the right size, for 20 seconds at most. It changes nothing.
      </p>
      <div aria-live="polite">
        {checking.error ? (
          <Failed error={checking.error} onRetry={() => checking.mutate(null)} />
        ) : (
          data && <Result result={data} />
        )}
      </div>
    </Section>
  );
}
