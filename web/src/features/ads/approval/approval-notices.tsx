import type { JobDetail, Schemas } from "@/api/types";
import { Banner, Button, RelativeTime } from "@/components/ui";

import { tellChanges } from "../desk/changes";

type Version = Schemas["StoryboardVersion"];

interface MovedOnProps {
  readonly seen: JobDetail;
  readonly job: JobDetail;
  /** Newest first. */
  readonly versions: readonly Version[];
  readonly canLook: boolean;
  readonly onLook: () => void;
}

/** The storyboard moved on while somebody looked at it: what changed, and a way to the present one. */
export function MovedOn({ seen, job, versions, canLook, onLook }: MovedOnProps) {
  const since = versions.filter((version) => version.version > (seen.storyboardVersion ?? 0));
  const differences = canLook ? tellChanges(seen.storyboard, job.storyboard) : "";
  return (
    <Banner
      tone="caution"
      title={`The storyboard changed while you looked: it is at version ${job.storyboardVersion} now`}
      action={
        <Button variant="primary" disabled={!canLook} onClick={onLook}>
          {canLook ? `Show version ${job.storyboardVersion}` : "Being drawn…"}
        </Button>
      }
    >
      <ul>
        {since.map((version) => (
          <li key={version.version} dir="auto">
            Version {version.version}: {version.change}
          </li>
        ))}
      </ul>
      {differences && <p>{differences}</p>}
      <p>Nothing is approved. Version {seen.storyboardVersion} is shown below as you saw it.</p>
    </Banner>
  );
}

/** An approval that a later change has voided: whose, of what, and by which change. */
export function VoidApproval({ job, versions }: { readonly job: JobDetail; readonly versions: readonly Version[] }) {
  const voided = versions.find((version) => version.lastApproval != null);
  const mark = voided?.lastApproval;
  if (voided === undefined || mark == null || mark.voidedAt === null) return null;
  return (
    <Banner tone="caution" title={`The approval of version ${voided.version} is void`}>
      <p>
        <bdi>{mark.voidReason ?? "The storyboard was changed."}</bdi>{" "}
        <span className="text-faint">
          <RelativeTime at={mark.voidedAt} />
        </span>
      </p>
      <p>Version {job.storyboardVersion} waits for an approval of its own.</p>
    </Banner>
  );
}
