import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";

import { VisuallyHidden } from "@/components/ui/visually-hidden";

/** Waits until the page has its heading: its data may still be on its way. */
function whenHeadingIsThere(then: (heading: HTMLElement) => void): () => void {
  const find = (): HTMLElement | null => document.querySelector<HTMLElement>("#main h1");
  const found = find();
  if (found) {
    then(found);
    return () => undefined;
  }
  const observer = new MutationObserver(() => {
    const late = find();
    if (!late) return;
    observer.disconnect();
    then(late);
  });
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}

function focusHeading(heading: HTMLElement): void {
  const active = document.activeElement;
  // A page that put the focus into its own field, or a dialog that is open, knows better.
  if (active && active !== document.body && active.closest("#main, [role=dialog]")) return;
  heading.tabIndex = -1;
  heading.style.outline = "none";
  heading.focus({ preventScroll: true });
}

/** Brings keyboards and screen readers to the page that was just opened: focus on its heading, its title said. */
export function Arrival() {
  const router = useRouter();
  const [said, setSaid] = useState("");
  useEffect(() => {
    let forget = (): void => undefined;
    const stop = router.subscribe("onResolved", ({ fromLocation, toLocation }) => {
      if (fromLocation === undefined || fromLocation.pathname === toLocation.pathname) return;
      forget();
      // The link that was followed is in the rail or gone; what is typed in the page stays where it is.
      if (document.activeElement instanceof HTMLElement && !document.activeElement.closest("#main, [role=dialog]")) {
        document.activeElement.blur();
      }
      forget = whenHeadingIsThere((heading) => {
        focusHeading(heading);
        setSaid(document.title);
      });
    });
    return () => {
      forget();
      stop();
    };
  }, [router]);
  return <VisuallyHidden aria-live="assertive">{said}</VisuallyHidden>;
}
