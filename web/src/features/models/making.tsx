import { useEffect, useState } from "react";

import { modelQuery } from "@/api/models";
import type { GeneratedMedium } from "@/api/types";
import { stageWords } from "@/components/media/generation";
import { Progress } from "@/components/ui/progress";
import { formatDuration, formatMoney } from "@/lib/units";
import { useQuery } from "@tanstack/react-query";

const TICK_MS = 1_000;

/** Seconds since a moment, counted while the component is there. */
function useElapsedS(since: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
}

/** A medium that is being made: where it is, since when, what is set aside for it. */
export function Making({ medium }: { readonly medium: GeneratedMedium }) {
  const elapsedS = useElapsedS(medium.createdAt);
  const [owner = "", name = ""] = medium.model.split("/");
  const usualS = useQuery(modelQuery(owner, name, medium.clientId)).data?.typicalTimeS ?? null;
  const words = stageWords(medium);
  const times = [`${formatDuration(elapsedS)} so far`, usualS === null ? "" : `usually ${formatDuration(usualS)}`];
  const held = medium.reservedCostMicrousd;
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="text-base font-semibold">
        {words}
      </p>
      <Progress value={null} label={words} />
      <p className="text-sm text-faint tabular">
        {times.filter(Boolean).join(" · ")}
        {held > 0 && ` · ${formatMoney(held)} reserved`}
      </p>
    </div>
  );
}
