import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Ban, CircleCheck, Ellipsis, KeyRound, Plus, ShieldCheck, UserRound } from "lucide-react";
import { useState } from "react";

import { updateUser, usersQuery } from "@/api/admin";
import { keys } from "@/api/keys";
import { problemOf } from "@/api/problem";
import { meQuery } from "@/api/session";
import type { Schemas, User } from "@/api/types";
import { Failed, RowsPending } from "@/components/page/parts";
import { Pager } from "@/components/paging/pager";
import { shownName } from "@/components/shell/people";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button, IconButton } from "@/components/ui/button";
import { Menu, type MenuEntry } from "@/components/ui/menu";
import { RelativeTime } from "@/components/ui/numerals";
import { Toolbar } from "@/components/ui/page-header";
import { type Column, Table } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { plural } from "@/lib/units";

import { NewPasswordDialog, NewUserDialog } from "./dialogs";

const LIMIT = 50;

interface Change {
  readonly user: User;
  readonly patch: Schemas["UserPatch"];
  readonly done: string;
  readonly back: Schemas["UserPatch"];
}

/** Changes an account at once, and tells how to take it back. */
function useChange() {
  const queries = useQueryClient();
  const changing = useMutation({
    mutationFn: ({ user, patch }: Change) => updateUser(user.id, patch),
    onSuccess: (_, { user, patch, back, done }) =>
      toast({
        title: done,
        undo: () => changing.mutate({ user, patch: back, back: patch, done: `${shownName(user)} is as before` }),
      }),
    onError: (error) => {
      const { title, detail, nextStep } = problemOf(error);
      toast({ tone: "critical", title, description: `${detail} ${nextStep ?? ""}`.trim() });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keys.admin.part("users").slice(0, 2) }),
  });
  return changing;
}

function changesOf(user: User): { role: Change; access: Change } {
  const name = shownName(user);
  const isAdmin = user.role === "admin";
  const isDisabled = user.disabledAt !== null;
  return {
    role: {
      user,
      patch: { role: isAdmin ? "member" : "admin" },
      back: { role: user.role },
      done: isAdmin ? `${name} is a member now` : `${name} is an administrator now`,
    },
    access: {
      user,
      patch: { disabled: !isDisabled },
      back: { disabled: isDisabled },
      done: isDisabled ? `${name} may sign in again` : `${name} is signed out and may not sign in`,
    },
  };
}

interface RowMenuProps {
  readonly user: User;
  readonly isSelf: boolean;
  readonly onChange: (change: Change) => void;
  readonly onPassword: (user: User) => void;
}

function RowMenu({ user, isSelf, onChange, onPassword }: RowMenuProps) {
  const { role, access } = changesOf(user);
  const isDisabled = user.disabledAt !== null;
  const own = isSelf ? "Another administrator can change this for you." : undefined;
  const entries: MenuEntry[] = [
    {
      label: user.role === "admin" ? "Make a member" : "Make an administrator",
      icon: user.role === "admin" ? <UserRound /> : <ShieldCheck />,
      description: own ?? (user.role === "admin" ? "Sees only the clients they belong to." : "Reaches every client."),
      disabled: isSelf,
      onSelect: () => onChange(role),
    },
    { label: "Set a new password", icon: <KeyRound />, onSelect: () => onPassword(user) },
    { kind: "separator" },
    {
      label: isDisabled ? "Let sign in again" : "Disable account",
      icon: isDisabled ? <CircleCheck /> : <Ban />,
      description: own,
      danger: !isDisabled,
      disabled: isSelf,
      onSelect: () => onChange(access),
    },
  ];
  return (
    <Menu
      trigger={<IconButton label={`Change ${shownName(user)}`} icon={<Ellipsis aria-hidden />} />}
      entries={entries}
    />
  );
}

function Person({ user, isSelf }: { readonly user: User; readonly isSelf: boolean }) {
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar name={shownName(user)} />
      <span className="min-w-0">
        <span dir="auto" className="line-clamp-1 text-left">
          {shownName(user)}
          {isSelf && <span className="font-normal text-faint"> (you)</span>}
        </span>
        {user.name !== null && <span className="block text-xs font-normal text-faint">{user.email}</span>}
      </span>
    </span>
  );
}

function columnsOf(me: number | undefined, menu: Omit<RowMenuProps, "user" | "isSelf">): Column<User>[] {
  return [
    {
      id: "name",
      header: "Person",
      primary: true,
      cell: (user) => <Person user={user} isSelf={user.id === me} />,
    },
    {
      id: "role",
      header: "Role",
      width: "16%",
      cell: (user) => (user.role === "admin" ? <Badge tone="accent">Administrator</Badge> : <Badge>Member</Badge>),
    },
    {
      id: "access",
      header: "Access",
      width: "16%",
      cell: (user) => (user.disabledAt === null ? "May sign in" : <Badge tone="critical">Disabled</Badge>),
    },
    { id: "since", header: "Since", width: "14%", cell: (user) => <RelativeTime at={user.createdAt} /> },
    {
      id: "menu",
      header: "Actions",
      headerHidden: true,
      align: "end",
      width: "4rem",
      cell: (user) => <RowMenu {...menu} user={user} isSelf={user.id === me} />,
    },
  ];
}

/** Everybody who may sign in. */
export function Users() {
  const [offset, setOffset] = useState(0);
  const [isCreating, setIsCreating] = useState(false);
  const [forgetful, setForgetful] = useState<User | null>(null);
  const me = useQuery(meQuery).data?.id;
  const users = useQuery({ ...usersQuery({ limit: LIMIT, offset }), placeholderData: keepPreviousData });
  const changing = useChange();
  const { data, error } = users;
  return (
    <div className="flex flex-col gap-3">
      <Toolbar
        label="Users"
        end={
          <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setIsCreating(true)}>
            New user
          </Button>
        }
      >
        <h2 className="sr-only">Users</h2>
        {data && <p className="text-sm text-muted">{plural(data.total, "person", "people")}</p>}
      </Toolbar>
      {error && !data ? (
        <Failed error={error} onRetry={() => void users.refetch()} />
      ) : data === undefined ? (
        <RowsPending />
      ) : (
        <Table
          caption="Users"
          columns={columnsOf(me, { onChange: (change) => changing.mutate(change), onPassword: setForgetful })}
          rows={data.items}
          rowId={(user) => String(user.id)}
        />
      )}
      {data && <Pager noun="users" offset={offset} limit={LIMIT} total={data.total} onOffsetChange={setOffset} />}
      {isCreating && <NewUserDialog onClose={() => setIsCreating(false)} />}
      {forgetful && <NewPasswordDialog key={forgetful.id} user={forgetful} onClose={() => setForgetful(null)} />}
    </div>
  );
}
