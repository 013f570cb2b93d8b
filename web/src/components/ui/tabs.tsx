import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cx } from "./cx";

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly count?: number | undefined;
  readonly content: ReactNode;
  readonly disabled?: boolean | undefined;
}

export interface TabsProps<Value extends string> {
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
  readonly tabs: readonly Tab<Value>[];
  readonly label?: string | undefined;
  readonly className?: string | undefined;
}

/** Parts of one thing, one seen at a time. */
export function Tabs<Value extends string>({ value, onValueChange, tabs, label, className }: TabsProps<Value>) {
  return (
    <BaseTabs.Root
      value={value}
      onValueChange={(next: Value) => onValueChange(next)}
      className={cx("flex min-w-0 flex-col", className)}
    >
      <BaseTabs.List
        aria-label={label}
        className="relative flex gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            disabled={tab.disabled}
            className="flex min-h-9 shrink-0 items-center gap-1.5 rounded-control text-sm font-semibold whitespace-nowrap text-muted transition-colors -outline-offset-2 hover:text-ink disabled:opacity-50 data-active:text-ink pointer-coarse:min-h-11"
          >
            {tab.label}
            {tab.count !== undefined && <span className="text-xs font-medium text-faint tabular">{tab.count}</span>}
          </BaseTabs.Tab>
        ))}
        <BaseTabs.Indicator className="absolute bottom-0 left-(--active-tab-left) h-0.5 w-(--active-tab-width) rounded-full bg-accent transition-[left,width] duration-160" />
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className="min-w-0 pt-4 outline-offset-4">
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
