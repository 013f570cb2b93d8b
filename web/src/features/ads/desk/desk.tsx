import type { ReactNode } from "react";

import { Skeleton, Stepper, VisuallyHidden } from "@/components/ui";
import type { Step } from "@/components/ui";

interface DeskProps {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  readonly steps: readonly Step[];
  readonly viewing: string;
  readonly children: ReactNode;
}

/** The frame of the ad's desk: what it is, where it is on its way, and the step that is open. */
export function Desk({ title, aside, actions, steps, viewing, children }: DeskProps) {
  return (
    <div className="mx-auto flex w-full max-w-[96rem] flex-col gap-5 pb-8">
      <header className="flex flex-col gap-3">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
          <div className="flex max-w-full min-w-0 flex-1 basis-60 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 dir="auto" className="line-clamp-2 text-xl wrap-anywhere">
              {title}
            </h1>
            {aside}
          </div>
          {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </div>
        <Stepper steps={steps} viewing={viewing} label="Steps of this ad" className="-mx-2" />
      </header>
      {children}
    </div>
  );
}

/** The desk before its ad is there. */
export function DeskSkeleton() {
  return (
    <div aria-busy="true" className="mx-auto flex w-full max-w-[96rem] flex-col gap-5">
      <VisuallyHidden role="status">Loading the ad</VisuallyHidden>
      <Skeleton className="h-7 w-72 max-w-full" />
      <div className="flex gap-3">
        {[1, 2, 3, 4, 5].map((step) => (
          <Skeleton key={step} className="h-6 w-20" />
        ))}
      </div>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-4">
        {[1, 2, 3, 4, 5, 6].map((frame) => (
          <Skeleton key={frame} shape="media" aspect={9 / 16} />
        ))}
      </div>
    </div>
  );
}
