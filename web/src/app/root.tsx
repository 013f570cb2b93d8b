import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

import { onSignedOut } from "@/api/client";
import { keys } from "@/api/keys";
import { LinkProvider } from "@/components/ui/link";
import { toast, ToastRegion } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";

import { Arrival } from "./arrival";
import { leaveSession } from "./leave-session";
import { renderLink } from "./routed-link";

/** Leads to the sign-in when the server knows the session no more, and from there back to where somebody was. */
function useSignedOut(): void {
  const router = useRouter();
  const queries = useQueryClient();
  useEffect(
    () =>
      onSignedOut(() => {
        // Nobody was signed in: a wrong password is answered the same.
        if (!queries.getQueryData(keys.me)) return;
        leaveSession(queries);
        toast({
          id: "signed-out",
          title: "You were signed out",
          description: "Sign in to go on. What you typed is kept.",
        });
        void router.navigate({ to: "/sign-in", search: { next: router.state.location.href } });
      }),
    [router, queries],
  );
}

/** What is around every page, signed in or not. */
export function Root() {
  useSignedOut();
  return (
    <LinkProvider render={renderLink}>
      <TooltipProvider>
        <ToastRegion>
          <Outlet />
          <Arrival />
        </ToastRegion>
      </TooltipProvider>
    </LinkProvider>
  );
}
