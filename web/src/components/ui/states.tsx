import { CircleAlert, CircleCheck, Info, RotateCw, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "./badge";
import { Button, iconButtonClass } from "./button";
import { cx } from "./cx";

export interface EmptyStateProps {
  readonly title: ReactNode;
  readonly children?: ReactNode;
  /** A drawing or an icon. */
  readonly illustration?: ReactNode;
  /** The one next step. */
  readonly action?: ReactNode;
  /** 1 where it stands in the place of a whole page. */
  readonly headingLevel?: 1 | 2 | undefined;
  readonly className?: string | undefined;
}

function Title({ level, children }: { readonly level: 1 | 2; readonly children: ReactNode }) {
  const Heading = `h${level}` as const;
  return <Heading className="text-lg wrap-anywhere">{children}</Heading>;
}

/** Nothing is here yet, and what to do about it. */
export function EmptyState(props: EmptyStateProps) {
  const { title, children, illustration, action, headingLevel = 2, className } = props;
  return (
    <div className={cx("mx-auto flex max-w-100 flex-col items-center px-4 py-12 text-center", className)}>
      {illustration !== undefined && (
        <div className="mb-4 text-faint [&>svg]:size-8 [&>svg]:stroke-[1.5]">{illustration}</div>
      )}
      <Title level={headingLevel}>{title}</Title>
      {children !== undefined && <div className="mt-1.5 text-base text-balance text-muted">{children}</div>}
      {action !== undefined && <div className="mt-5">{action}</div>}
    </div>
  );
}

/** What the API says of a failure, as far as it is shown. */
export interface ProblemWords {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly nextStep?: string | undefined;
  readonly code?: string | undefined;
}

export interface ErrorStateProps {
  readonly problem: ProblemWords;
  readonly onRetry?: (() => void) | undefined;
  readonly retryLabel?: string | undefined;
  readonly busy?: boolean | undefined;
  readonly action?: ReactNode;
  /** 1 where it stands in the place of a whole page. */
  readonly headingLevel?: 1 | 2 | undefined;
  readonly className?: string | undefined;
}

/** What happened, what to do, and a way to try again. Use `Banner` where the rest of the page is there. */
export function ErrorState(props: ErrorStateProps) {
  const { problem, onRetry, retryLabel = "Try again", busy, action, headingLevel = 2, className } = props;
  return (
    <div role="alert" className={cx("mx-auto flex max-w-115 flex-col items-center px-4 py-12 text-center", className)}>
      <CircleAlert aria-hidden className="mb-4 size-7 stroke-[1.5] text-critical" />
      <Title level={headingLevel}>{problem.title}</Title>
      {problem.detail !== undefined && (
        <p dir="auto" className="mt-1.5 text-base text-muted wrap-anywhere">
          {problem.detail}
        </p>
      )}
      {problem.nextStep !== undefined && <p className="mt-1 text-base wrap-anywhere">{problem.nextStep}</p>}
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        {onRetry && (
          <Button icon={<RotateCw aria-hidden />} busy={busy} onClick={onRetry}>
            {retryLabel}
          </Button>
        )}
        {action}
      </div>
      {problem.code !== undefined && <p className="mt-4 font-mono text-xs text-faint">{problem.code}</p>}
    </div>
  );
}

const grounds: Record<Tone, string> = {
  neutral: "bg-sunken dark:bg-raised",
  accent: "bg-accent-soft",
  positive: "bg-positive-soft",
  caution: "bg-caution-soft",
  critical: "bg-critical-soft",
};

const icons: Record<Tone, ReactNode> = {
  neutral: <Info className="text-muted" />,
  accent: <Info className="text-accent" />,
  positive: <CircleCheck className="text-positive" />,
  caution: <TriangleAlert className="text-caution" />,
  critical: <CircleAlert className="text-critical" />,
};

export interface BannerProps {
  readonly children?: ReactNode;
  readonly title?: ReactNode;
  readonly tone?: Tone | undefined;
  readonly action?: ReactNode;
  readonly onDismiss?: (() => void) | undefined;
  readonly dismissLabel?: string | undefined;
  readonly className?: string | undefined;
}

/** Something that holds for the page below it: offline, a budget that is used up, a void approval. */
export function Banner({
  children,
  title,
  tone = "neutral",
  action,
  onDismiss,
  dismissLabel = "Dismiss",
  className,
}: BannerProps) {
  return (
    <div
      role={tone === "critical" ? "alert" : "status"}
      className={cx(
        "flex min-w-0 flex-wrap items-start gap-x-2.5 gap-y-2 rounded-card px-3 py-2.5 text-sm",
        grounds[tone],
        className,
      )}
    >
      <span aria-hidden className="mt-0.5 shrink-0 [&_svg]:size-4">
        {icons[tone]}
      </span>
      <div className="min-w-40 flex-1 wrap-anywhere">
        {title !== undefined && <p className="font-semibold">{title}</p>}
        {children !== undefined && <div className={cx(title !== undefined && "text-muted")}>{children}</div>}
      </div>
      {action !== undefined && <div className="flex shrink-0 gap-2">{action}</div>}
      {onDismiss && (
        <button
          type="button"
          aria-label={dismissLabel}
          onClick={onDismiss}
          className={iconButtonClass({ size: "sm", className: "-my-0.5 -me-1" })}
        >
          <X aria-hidden />
        </button>
      )}
    </div>
  );
}
