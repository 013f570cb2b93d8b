import { Skeleton } from "@/components/ui";

const SCENES = [1, 2, 3, 4, 5, 6];

/** The page that a brief will be, while its planner is at it. */
export function BriefSkeleton({ prompt }: { readonly prompt: string }) {
  return (
    <div aria-busy="true" className="mx-auto flex w-full max-w-3xl flex-col gap-8">
      <div>
        <p role="status" className="text-lg font-semibold">
          Planning the brief…
        </p>
        <p dir="auto" className="mt-1 line-clamp-3 text-base text-muted wrap-anywhere">
          {prompt}
        </p>
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Skeleton lines={3} />
        <Skeleton lines={3} />
      </div>
      {SCENES.map((scene) => (
        <div key={scene} className="grid grid-cols-[2rem_minmax(0,1fr)] gap-x-3">
          <Skeleton className="w-4" />
          <Skeleton lines={3} />
        </div>
      ))}
    </div>
  );
}
