import { createContext, use } from "react";
import type { ComponentProps, ReactNode } from "react";

export type LinkProps = ComponentProps<"a"> & { readonly href: string };
export type RenderLink = (props: LinkProps) => ReactNode;

const LinkContext = createContext<RenderLink>((props) => <a {...props} />);

export interface LinkProviderProps {
  readonly render: RenderLink;
  readonly children: ReactNode;
}

/** Lets the router follow the links that components of the design system draw. */
export function LinkProvider({ render, children }: LinkProviderProps) {
  return <LinkContext value={render}>{children}</LinkContext>;
}

/** A link inside of the studio. Without a `LinkProvider` it is a plain anchor. */
export function Link(props: LinkProps) {
  return use(LinkContext)(props);
}
