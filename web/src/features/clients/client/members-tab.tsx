import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { UserMinus, UserPlus } from "lucide-react";
import { useState } from "react";

import { changeMember, membersQuery, removeMember } from "@/api/clients";
import { keys } from "@/api/keys";
import type { Right } from "@/api/rights";
import { meQuery } from "@/api/session";
import type { Client, Member } from "@/api/types";
import { Avatar, Badge, Button, ConfirmDialog, ErrorState, IconButton, Select, Skeleton, toast } from "@/components/ui";

import { problemWords, ROLES, tellFailure } from "../words";
import { AddMemberDialog } from "./add-member-dialog";
import { Section } from "./section";

function nameOf(member: Member): string {
  return member.name?.trim() || member.email;
}

function useRole(client: Client) {
  const queries = useQueryClient();
  const list = membersQuery(client.id);
  return useMutation({
    mutationFn: ({ member, role }: { member: Member; role: Right }) => changeMember(client.id, member.userId, role),
    onMutate: async ({ member, role }) => {
      await queries.cancelQueries({ queryKey: list.queryKey });
      const before = queries.getQueryData(list.queryKey);
      queries.setQueryData(
        list.queryKey,
        (page) =>
          page && {
            ...page,
            items: page.items.map((each) => (each.userId === member.userId ? { ...each, role } : each)),
          },
      );
      return { before };
    },
    onError: (error, { member }, context) => {
      queries.setQueryData(list.queryKey, context?.before);
      tellFailure(`The role of ${nameOf(member)} stays`, error);
    },
    onSuccess: (_saved, { member, role }) => {
      const label = ROLES.find((each) => each.value === role)?.label ?? role;
      toast({ tone: "positive", title: `${nameOf(member)} is ${label.toLocaleLowerCase()} of ${client.name} now` });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: keys.clients.one(client.id) }),
  });
}

interface RowProps {
  readonly member: Member;
  readonly client: Client;
  readonly isMe: boolean;
  readonly isOwner: boolean;
  /** The only owner there is: neither role nor membership can go. */
  readonly isLastOwner: boolean;
  readonly onRemove: (member: Member) => void;
}

function RoleOf({ member, client, isOwner, isLastOwner }: Omit<RowProps, "isMe" | "onRemove">) {
  const change = useRole(client);
  const role = ROLES.find((each) => each.value === member.role);
  if (!isOwner || isLastOwner) {
    return <Badge className="shrink-0">{role?.label ?? member.role}</Badge>;
  }
  return (
    <div className="w-28 shrink-0">
      <Select
        label={`Role of ${nameOf(member)}`}
        value={member.role}
        disabled={change.isPending}
        onValueChange={(next) => next !== member.role && change.mutate({ member, role: next })}
        options={ROLES.map((each) => ({ value: each.value, label: each.label, description: each.may }))}
      />
    </div>
  );
}

function MemberRow(props: RowProps) {
  const { member, client, isMe, isOwner, isLastOwner, onRemove } = props;
  const mayRemove = (isOwner || isMe) && !isLastOwner;
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-3 last:border-b-0">
      <Avatar name={nameOf(member)} size="lg" />
      <div className="min-w-0 flex-1 basis-24">
        <p className="flex min-w-0 items-center gap-2">
          <bdi className="min-w-0 truncate font-semibold">{nameOf(member)}</bdi>
          {isMe && <span className="shrink-0 text-xs text-faint">you</span>}
        </p>
        {member.name && (
          <p dir="auto" className="truncate text-sm text-muted">
            {member.email}
          </p>
        )}
        {isLastOwner && <p className="text-xs text-faint">The last owner stays. Make somebody else an owner first.</p>}
      </div>
      <RoleOf member={member} client={client} isOwner={isOwner} isLastOwner={isLastOwner} />
      {mayRemove ? (
        <IconButton
          label={isMe ? `Leave ${client.name}` : `Remove ${nameOf(member)}`}
          icon={<UserMinus aria-hidden />}
          onClick={() => onRemove(member)}
        />
      ) : (
        <span aria-hidden className="size-8 max-sm:hidden pointer-coarse:size-10" />
      )}
    </li>
  );
}

interface RemoveProps {
  readonly client: Client;
  readonly member: Member;
  readonly isMe: boolean;
  readonly onClose: () => void;
}

function RemoveDialog({ client, member, isMe, onClose }: RemoveProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const me = useQuery(meQuery).data;
  const remove = useMutation({
    mutationFn: () => removeMember(client.id, member.userId),
    onSuccess: async () => {
      onClose();
      toast({ title: isMe ? `You left ${client.name}` : `${nameOf(member)} no longer reaches ${client.name}` });
      if (isMe && me?.role !== "admin") {
        await navigate({ to: "/clients" });
        await queries.invalidateQueries({ queryKey: keys.clients.all });
        return;
      }
      await queries.invalidateQueries({ queryKey: keys.clients.one(client.id) });
    },
    onError: (error) => tellFailure(isMe ? "You are still a member" : `${nameOf(member)} is still a member`, error),
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isMe ? `Leave ${client.name}?` : `Remove ${nameOf(member)}?`}
      description={
        isMe
          ? "You will no longer see anything of this client until an owner adds you again."
          : `${nameOf(member)} will no longer see anything of ${client.name}. What they made stays.`
      }
      verb={isMe ? "Leave client" : "Remove member"}
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4">
      {Array.from({ length: 3 }, (_, place) => (
        <div key={place} className="flex items-center gap-3">
          <Skeleton shape="circle" className="size-10" />
          <Skeleton lines={2} className="w-50" />
        </div>
      ))}
    </div>
  );
}

interface ListProps {
  readonly client: Client;
  readonly isOwner: boolean;
  readonly myId: number | undefined;
  readonly onRemove: (member: Member) => void;
}

function MemberList({ client, isOwner, myId, onRemove }: ListProps) {
  const members = useQuery(membersQuery(client.id));
  if (members.isPending) return <Waiting />;
  if (!members.data) {
    return (
      <ErrorState
        problem={problemWords(members.error)}
        busy={members.isFetching}
        onRetry={() => void members.refetch()}
      />
    );
  }
  const { items, total } = members.data;
  const owners = items.filter((member) => member.role === "owner").length;
  return (
    <>
      <ul aria-label="Members" className="flex flex-col">
        {items.map((member) => (
          <MemberRow
            key={member.userId}
            member={member}
            client={client}
            isMe={member.userId === myId}
            isOwner={isOwner}
            isLastOwner={member.role === "owner" && owners === 1}
            onRemove={onRemove}
          />
        ))}
      </ul>
      {total > items.length && (
        <p className="text-sm text-muted">
          The first {items.length} of {total} members are shown.
        </p>
      )}
    </>
  );
}

/** Who reaches a client, and how far. Owners decide; everybody may leave but the last owner. */
export function MembersTab({ client, right }: { readonly client: Client; readonly right: Right | undefined }) {
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const myId = useQuery(meQuery).data?.id;
  const isOwner = right === "owner";
  return (
    <div className="max-w-160">
      <Section
        title="Members"
        description={
          isOwner
            ? "Who works for this client. Administrators of the studio reach every client."
            : "Who works for this client. An owner adds members and changes roles."
        }
        aside={
          isOwner && (
            <Button icon={<UserPlus aria-hidden />} onClick={() => setIsAdding(true)}>
              Add member
            </Button>
          )
        }
      >
        <MemberList client={client} isOwner={isOwner} myId={myId} onRemove={setLeaving} />
      </Section>
      {isAdding && <AddMemberDialog client={client} onClose={() => setIsAdding(false)} />}
      {leaving && (
        <RemoveDialog
          client={client}
          member={leaving}
          isMe={leaving.userId === myId}
          onClose={() => setLeaving(null)}
        />
      )}
    </div>
  );
}
