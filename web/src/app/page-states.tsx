/** What stands in a page's place: nothing there, not there yet, or failed. */
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Compass } from "lucide-react";

import { problemOf } from "@/api/problem";
import { buttonClass } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/states";
import { Skeleton } from "@/components/ui/skeleton";
import { useTitle } from "@/lib/hooks";

export function NotFound() {
  useTitle("Nothing here");
  return (
    <div className="mx-auto flex max-w-100 flex-col items-center px-4 py-24 text-center">
      <Compass aria-hidden className="mb-4 size-8 stroke-[1.5] text-faint" />
      <h1 className="text-lg">There is nothing at this address</h1>
      <p className="mt-1.5 text-base text-pretty text-muted">
        It may have been deleted, or belong to a client that you are not a member of.
      </p>
      <Link to="/" className={buttonClass({ className: "mt-5" })}>
        Go home
      </Link>
    </div>
  );
}

/** The place of a page whose program is still being loaded. */
export function PagePending() {
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <span className="sr-only" role="status">
        Loading
      </span>
      <Skeleton className="h-7 w-56 max-w-full" />
      <Skeleton lines={3} className="max-w-120" />
    </div>
  );
}

/** Whether a part of the studio could not be loaded: usually because a newer version is served now. */
function isOldVersion(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|importing a module script|preload/i.test(error.message);
}

export function PageFailed({ error, reset }: ErrorComponentProps) {
  useTitle("Something failed");
  const router = useRouter();
  if (isOldVersion(error)) {
    return (
      <ErrorState
        headingLevel={1}
        className="py-24"
        problem={{
          title: "This page could not be loaded",
          detail: "The studio was updated, or the connection broke.",
          nextStep: "What you typed is kept. Load the page again.",
        }}
        retryLabel="Load again"
        onRetry={() => window.location.reload()}
      />
    );
  }
  const problem = problemOf(error);
  return (
    <ErrorState
      headingLevel={1}
      className="py-24"
      problem={{
        title: problem.title || "This page failed",
        detail: problem.detail,
        nextStep: problem.nextStep ?? undefined,
        code: problem.code,
      }}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}
