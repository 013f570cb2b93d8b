import type { BriefDetail } from "@/api/types";
import { Badge, Banner } from "@/components/ui";

import type { BriefEditing } from "./editing";
import { History } from "./history";
import { MadeBy } from "./made-by";
import { RefineBrief } from "./refine-brief";

interface BriefAsideProps {
  readonly detail: BriefDetail;
  readonly editing: BriefEditing;
  readonly readOnly: boolean;
}

/** What is said about the brief beside it: warnings, a change in words, its history, who made it. */
export function BriefAside({ detail, editing, readOnly }: BriefAsideProps) {
  const { warnings, confidence } = editing.brief;
  const unsure = confidence.parts.filter((part) => part.score < 0.5);
  return (
    <div className="flex flex-col gap-7">
      {warnings.map((warning, index) => (
        <Banner key={`${index}-${warning.code}`} tone="caution">
          {warning.message}
        </Banner>
      ))}
      {!readOnly && <RefineBrief detail={detail} blocked={editing.count > 0} />}
      {unsure.length > 0 && (
        <section>
          <h2 className="mb-2 text-base">Not sure of</h2>
          <ul className="flex flex-col gap-2 text-sm">
            {unsure.map((part) => (
              <li key={part.part}>
                <Badge tone="caution">{part.part.replaceAll("_", " ")}</Badge>
                <span className="ms-2 text-muted wrap-anywhere">{part.reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <History detail={detail} />
      <MadeBy detail={detail} />
    </div>
  );
}
