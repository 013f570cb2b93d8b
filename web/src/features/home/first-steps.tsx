import { Link, useNavigate } from "@tanstack/react-router";
import { Briefcase, Check, Clapperboard, ImagePlus } from "lucide-react";
import { type ReactNode, useState } from "react";

import { NewClientDialog } from "@/components/shell/new-client-dialog";
import { Button, buttonClass } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";

export type FirstStep = "client" | "pictures" | "ad";

const ORDER: readonly FirstStep[] = ["client", "pictures", "ad"];

interface StepProps {
  readonly number: number;
  readonly icon: ReactNode;
  readonly title: string;
  readonly state: "done" | "now" | "later";
  readonly children: ReactNode;
  readonly action: ReactNode;
}

function Step({ number, icon, title, state, children, action }: StepProps) {
  return (
    <li
      aria-current={state === "now" ? "step" : undefined}
      className={cx(
        "flex flex-col gap-2 rounded-card border p-5",
        state === "now" ? "border-strong bg-surface" : "border-line",
      )}
    >
      <div className="mb-2 flex items-center gap-3">
        <span
          className={cx(
            "grid size-9 place-items-center rounded-full [&_svg]:size-4.5",
            state === "now" && "bg-accent text-accent-ink",
            state === "done" && "bg-positive-soft text-positive",
            state === "later" && "bg-sunken text-muted dark:bg-raised",
          )}
        >
          {state === "done" ? <Check aria-hidden /> : icon}
        </span>
        <span className="text-xs font-semibold text-faint">{state === "done" ? "Done" : `Step ${number} of 3`}</span>
      </div>
      <h3 className="text-base">{title}</h3>
      <p className="text-sm text-muted">{children}</p>
      <div className="mt-auto pt-3">{state === "done" ? null : action}</div>
    </li>
  );
}

/** A new studio: three steps to the first ad, the next one lit. */
export function FirstSteps({ next }: { readonly next: FirstStep }) {
  const [isCreating, setIsCreating] = useState(false);
  const navigate = useNavigate();
  const state = (step: FirstStep): StepProps["state"] => {
    const distance = ORDER.indexOf(step) - ORDER.indexOf(next);
    return distance < 0 ? "done" : distance === 0 ? "now" : "later";
  };
  const look = (step: FirstStep): string =>
    buttonClass({ variant: state(step) === "now" ? "primary" : "secondary", size: "lg" });
  return (
    <section aria-labelledby="first-steps" className="mx-auto mt-[4vh] max-w-240">
      <h2 id="first-steps" className="text-xl">
        Three steps to your first ad
      </h2>
      <p className="mt-1 mb-6 max-w-140 text-base text-muted">
        Everything needed is built in: it works without a key and without a connection. Hosted models can be added
        later.
      </p>
      <ol className="grid gap-4 md:grid-cols-3">
        <Step
          number={1}
          state={state("client")}
          icon={<Briefcase aria-hidden />}
          title="Create a client"
          action={
            <Button variant="primary" size="lg" onClick={() => setIsCreating(true)}>
              Create your first client
            </Button>
          }
        >
          A brand with its name, colours, fonts and voice. What you make for it carries them.
        </Step>
        <Step
          number={2}
          state={state("pictures")}
          icon={<ImagePlus aria-hidden />}
          title="Add its pictures"
          action={
            <Link to="/library" className={look("pictures")}>
              Upload pictures
            </Link>
          }
        >
          Product shots, footage, the logo, music. Drop them onto the library; the ad is cut from them.
        </Step>
        <Step
          number={3}
          state={state("ad")}
          icon={<Clapperboard aria-hidden />}
          title="Make an ad"
          action={
            <Link to="/ads/new" className={look("ad")}>
              Describe your ad
            </Link>
          }
        >
          Say in a sentence what it is for. You get a storyboard, approve it, and download the film.
        </Step>
      </ol>
      <NewClientDialog
        open={isCreating}
        onOpenChange={setIsCreating}
        onCreated={() => void navigate({ to: "/library" })}
      />
    </section>
  );
}
