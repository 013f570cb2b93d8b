/** Classes that several components share, so that what looks alike stays alike. */

export const floatingClass =
  "float-motion origin-(--transform-origin) rounded-card bg-raised text-ink shadow-high outline-none border border-line dark:border-strong/60";

export const listPopupClass = `${floatingClass} max-h-[min(24rem,var(--available-height))] max-w-[min(24rem,var(--available-width))] overflow-y-auto scroll-quiet p-1`;

export const optionClass =
  "flex min-h-8 pointer-coarse:min-h-11 cursor-default select-none items-center gap-2 rounded-control px-2 py-1 text-sm outline-none data-highlighted:bg-hover data-disabled:opacity-50";

export const controlClass =
  "control w-full min-w-0 rounded-control border border-strong bg-surface px-2.5 text-base text-ink pointer-coarse:text-[16px] " +
  "transition-colors hover:border-edge focus:border-ring focus:outline-2 focus:outline-offset-0 focus:outline-ring/40 " +
  "data-invalid:border-critical aria-invalid:border-critical disabled:cursor-not-allowed disabled:opacity-55 disabled:hover:border-strong";

export const wrapperClass =
  "control flex w-full min-w-0 items-center rounded-control border border-strong bg-surface text-base text-ink " +
  "transition-colors hover:border-edge focus-within:border-ring focus-within:outline-2 focus-within:outline-ring/40 " +
  "has-data-invalid:border-critical has-aria-invalid:border-critical has-[input:disabled]:opacity-55";

/** An input inside of a wrapper that draws the border and the focus for it. */
export const bareInputClass =
  "min-w-0 flex-1 bg-transparent px-2.5 py-1 text-base pointer-coarse:text-[16px] outline-none focus-visible:outline-none disabled:cursor-not-allowed";
