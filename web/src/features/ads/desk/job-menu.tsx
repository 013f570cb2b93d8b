import { useNavigate } from "@tanstack/react-router";
import { Ban, CopyPlus, Ellipsis, Film, Pause } from "lucide-react";
import { useState } from "react";

import { cancelJob, pauseJob } from "@/api/jobs";
import type { JobDetail } from "@/api/types";
import { isWorking } from "@/components/jobs/job-facts";
import { ConfirmDialog, IconButton, Menu, type MenuEntry } from "@/components/ui";

import { useJobChange } from "./mutations";

interface JobMenuProps {
  readonly job: JobDetail;
  readonly mayEdit: boolean;
}

/** What can be done with the whole ad, wherever one is in it. */
export function JobMenu({ job, mayEdit }: JobMenuProps) {
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const pause = useJobChange(job.id, { call: () => pauseJob(job.id), failure: "The ad was not paused" });
  const cancel = useJobChange(job.id, {
    call: () => cancelJob(job.id),
    failure: "The ad was not canceled",
    onDone: () => setAsking(false),
  });
  const entries: MenuEntry[] = [
    {
      label: "Open timeline",
      icon: <Film aria-hidden />,
      disabled: job.storyboardVersion === null,
      onSelect: () => void navigate({ to: "/ads/$jobId/timeline", params: { jobId: job.id } }),
    },
    {
      label: "New ad from this prompt",
      icon: <CopyPlus aria-hidden />,
      onSelect: () => void navigate({ to: "/ads/new", search: { from: job.id } }),
    },
  ];
  if (mayEdit && isWorking(job)) {
    entries.push({ label: "Pause", icon: <Pause aria-hidden />, onSelect: () => pause.mutate() });
  }
  if (mayEdit && job.status !== "completed" && job.status !== "canceled") {
    entries.push(
      { kind: "separator" },
      { label: "Cancel ad…", icon: <Ban aria-hidden />, danger: true, onSelect: () => setAsking(true) },
    );
  }
  return (
    <>
      <Menu entries={entries} trigger={<IconButton label="More about this ad" icon={<Ellipsis aria-hidden />} />} />
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Cancel this ad?"
        description="Its work stops for good. What was made stays to be looked at, and what was spent stays spent."
        verb="Cancel ad"
        cancelLabel="Keep ad"
        danger
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate()}
      />
    </>
  );
}
