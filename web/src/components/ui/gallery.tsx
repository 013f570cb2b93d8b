import { Moon, Plus, Sun, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton, buttonClass } from "./button";
import type { ButtonSize, ButtonVariant } from "./button";
import { FloatingGallery } from "./gallery-floating";
import { FormsGallery } from "./gallery-forms";
import { Section } from "./gallery-section";
import { WorkGallery } from "./gallery-work";
import { Kbd } from "./kbd";
import { ToastRegion } from "./toast";
import { TooltipProvider } from "./tooltip";

const variants: readonly ButtonVariant[] = ["primary", "secondary", "ghost", "danger"];
const sizes: readonly ButtonSize[] = ["sm", "md", "lg"];

function Buttons() {
  return (
    <div className="grid gap-3">
      {sizes.map((size) => (
        <div key={size} className="flex flex-wrap items-center gap-2">
          {variants.map((variant) => (
            <Button key={variant} variant={variant} size={size}>
              Approve storyboard
            </Button>
          ))}
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" icon={<Plus aria-hidden />}>
          New ad
        </Button>
        <Button variant="primary" busy>
          Render film · $0.00
        </Button>
        <Button busy icon={<Plus aria-hidden />}>
          Saving
        </Button>
        <Button variant="primary" disabled>
          Render film
        </Button>
        <Button disabled>Cancel</Button>
        <a href="#link" className={buttonClass()}>
          A link
        </a>
        <IconButton label="Delete" icon={<Trash2 aria-hidden />} shortcut="⌫" />
        <IconButton label="Safe areas" icon={<Sun aria-hidden />} pressed />
        <Kbd>⌘K</Kbd>
      </div>
    </div>
  );
}

function Type() {
  return (
    <div className="grid min-w-0 gap-1">
      <p className="text-2xl font-bold">Make the ad, not the meeting</p>
      <p className="text-xl font-semibold">Storyboard, version 3</p>
      <p className="text-lg font-semibold">What was guessed</p>
      <p className="text-base">The first five seconds show the product, more than two shots, tight framing.</p>
      <p className="text-sm text-muted">Assumed: 15 s, 9:16, a calm voice.</p>
      <p className="text-xs text-faint tabular">0:07.12 · 1080 × 1920 · 2.4 MB</p>
    </div>
  );
}

/** Every component in its states, to look at while working on them. */
export function Gallery() {
  const [theme, setTheme] = useState(document.documentElement.dataset.theme ?? "light");
  const turn = () => {
    const next = theme === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    setTheme(next);
  };
  return (
    <TooltipProvider>
      <ToastRegion>
        <main className="mx-auto grid max-w-300 gap-8 p-4 md:p-8">
          <header className="flex items-center justify-between">
            <h1 className="text-xl">Gallery</h1>
            <IconButton
              label="Change the theme"
              icon={theme === "dark" ? <Sun aria-hidden /> : <Moon aria-hidden />}
              onClick={turn}
            />
          </header>
          <Section title="Type">
            <Type />
          </Section>
          <Section title="Buttons">
            <Buttons />
          </Section>
          <FormsGallery />
          <FloatingGallery />
          <WorkGallery />
        </main>
      </ToastRegion>
    </TooltipProvider>
  );
}
