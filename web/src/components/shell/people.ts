import type { User } from "@/api/types";

/** What somebody is called: the name, or else the address. */
export function shownName(user: Pick<User, "name" | "email">): string {
  return user.name?.trim() || user.email;
}
