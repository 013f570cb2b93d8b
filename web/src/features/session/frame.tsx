import type { ReactNode } from "react";

import { BrandMark } from "@/components/shell/brand-mark";

export interface SessionFrameProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
}

/** The page around signing in: one column, calm. */
export function SessionFrame({ title, description, children }: SessionFrameProps) {
  return (
    <main id="main" tabIndex={-1} className="grid min-h-dvh place-items-center px-4 py-10 outline-none">
      <div className="w-full max-w-90">
        <BrandMark className="mb-6 size-10" />
        <h1 className="text-xl">{title}</h1>
        {description !== undefined && <p className="mt-1.5 text-base text-muted">{description}</p>}
        <div className="mt-7">{children}</div>
      </div>
    </main>
  );
}
