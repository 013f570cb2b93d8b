import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "./button";
import type { ButtonSize } from "./button";
import { VisuallyHidden } from "./visually-hidden";

const SHOWN_MS = 1_600;

export interface CopyButtonProps {
  readonly text: string;
  /** "Copy link". */
  readonly label: string;
  readonly copiedLabel?: string | undefined;
  /** Where the browser forbids it. */
  readonly failedLabel?: string | undefined;
  /** Shows the label beside the icon. */
  readonly labelled?: boolean | undefined;
  readonly size?: ButtonSize | undefined;
  readonly className?: string | undefined;
}

type Phase = "idle" | "copied" | "failed";

/** Puts text on the clipboard and says so. */
export function CopyButton(props: CopyButtonProps) {
  const { text, label, copiedLabel = "Copied", failedLabel = "Copying is not allowed here", labelled = false } = props;
  const [phase, setPhase] = useState<Phase>("idle");

  useEffect(() => {
    if (phase === "idle") return;
    const timer = setTimeout(() => setPhase("idle"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [phase]);

  const copy = () => {
    // Without a secure origin there is no clipboard at all.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard === undefined) setPhase("failed");
    else
      clipboard.writeText(text).then(
        () => setPhase("copied"),
        () => setPhase("failed"),
      );
  };

  const words: Record<Phase, string> = { idle: label, copied: copiedLabel, failed: failedLabel };
  const icon = phase === "copied" ? <Check aria-hidden className="text-positive" /> : <Copy aria-hidden />;
  const look = { size: props.size, className: props.className, icon, onClick: copy };
  return (
    <>
      {labelled ? <Button {...look}>{words[phase]}</Button> : <IconButton {...look} label={words[phase]} />}
      <VisuallyHidden role="status">{phase === "idle" ? "" : words[phase]}</VisuallyHidden>
    </>
  );
}
