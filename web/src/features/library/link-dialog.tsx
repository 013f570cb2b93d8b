/** A link that gives the file to whoever has it, for a time. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { signAsset } from "@/api/assets";
import { problemOf } from "@/api/problem";
import type { Asset } from "@/api/types";
import { Banner, Button, CopyButton, Dialog, Field, Segmented, TextInput } from "@/components/ui";
import { formatExact } from "@/lib/units";

const HOUR_S = 3_600;
const LENGTHS = [
  { value: "hour", label: "1 hour", seconds: HOUR_S },
  { value: "day", label: "1 day", seconds: 24 * HOUR_S },
  { value: "week", label: "7 days", seconds: 7 * 24 * HOUR_S },
] as const;
type Length = (typeof LENGTHS)[number]["value"];

export function LinkDialog({ asset, onClose }: { readonly asset: Asset; readonly onClose: () => void }) {
  const [length, setLength] = useState<Length>("day");
  const sign = useMutation({
    mutationFn: (expiresInS: number) => signAsset(asset.id, { kind: "original", expiresInS, download: false }),
  });
  const seconds = LENGTHS.find((each) => each.value === length)?.seconds ?? HOUR_S;
  const problem = sign.error ? problemOf(sign.error) : null;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Link to this file"
      description="Whoever has the link gets the file, without signing in. It ends by itself, or when the file goes into the bin."
      footer={
        sign.data ? (
          <CopyButton text={sign.data.url} label="Copy link" labelled />
        ) : (
          <Button variant="primary" busy={sign.isPending} onClick={() => sign.mutate(seconds)}>
            Make link
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Good for">
          <Segmented
            label="Good for"
            value={length}
            onValueChange={(next) => {
              setLength(next);
              sign.reset();
            }}
            options={LENGTHS}
          />
        </Field>
        {problem && (
          <Banner tone="critical" title={problem.detail}>
            {problem.nextStep}
          </Banner>
        )}
        {sign.data && (
          <Field label="Link" hint={`Until ${formatExact(new Date(sign.data.expiresAt))}`}>
            <TextInput readOnly dir="ltr" value={sign.data.url} onFocus={(event) => event.currentTarget.select()} />
          </Field>
        )}
      </div>
    </Dialog>
  );
}
