import { useRouter } from "@tanstack/react-router";
import type { MouseEvent } from "react";

import type { LinkProps, RenderLink } from "@/components/ui/link";

/** Whether the router can follow it: a page of the studio, here and now. */
function isOwnPage({ href, target, download }: LinkProps): boolean {
  return href.startsWith("/") && !href.startsWith("/api/") && target === undefined && download === undefined;
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function RoutedLink({ onClick, onPointerEnter, ...props }: LinkProps) {
  const router = useRouter();
  const { href } = props;
  if (!isOwnPage(props)) return <a {...props} onClick={onClick} onPointerEnter={onPointerEnter} />;
  return (
    <a
      {...props}
      onPointerEnter={(event) => {
        onPointerEnter?.(event);
        void router.preloadRoute({ to: ".", href });
      }}
      onClick={(event) => {
        onClick?.(event);
        if (event.defaultPrevented || !isPlainClick(event)) return;
        event.preventDefault();
        void router.navigate({ href });
      }}
    />
  );
}

/** Draws the links of the design system so that the router follows them. */
export const renderLink: RenderLink = (props) => <RoutedLink {...props} />;
