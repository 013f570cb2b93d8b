import { CloudOff, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";

import { useLiveState } from "@/api/live";
import { useIsOnline, useSettled } from "@/lib/hooks";

// A stream that is back before anybody noticed is not worth a word.
const WORTH_TELLING_MS = 2_500;

function Line({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <p className="flex items-center justify-center gap-2 bg-caution-soft px-4 py-1.5 text-center text-sm text-caution [&_svg]:size-4 [&_svg]:shrink-0">
      {icon}
      <span>{children}</span>
    </p>
  );
}

/** Says when the network or the server is away, and what that means for what is being done. */
export function ConnectionBanner() {
  const isOnline = useIsOnline();
  const state = useLiveState();
  const isBroken = useSettled(state === "broken", WORTH_TELLING_MS) && state === "broken";
  return (
    <div role="status">
      {!isOnline && (
        <Line icon={<CloudOff aria-hidden />}>
          You are offline. What you type is kept here; send it when the connection is back.
        </Line>
      )}
      {isOnline && isBroken && (
        <Line icon={<LoaderCircle aria-hidden className="animate-spin" />}>
          The server does not answer. Trying again; what you see may be a little old.
        </Line>
      )}
    </div>
  );
}
