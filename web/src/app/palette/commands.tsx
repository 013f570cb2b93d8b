import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import {
  Briefcase,
  CircleUser,
  Clapperboard,
  FileText,
  Film,
  Image,
  Keyboard,
  Layers,
  Monitor,
  Moon,
  Music,
  Plus,
  Sun,
  Upload,
} from "lucide-react";
import type { ReactNode } from "react";

import { jobsQuery } from "@/api/jobs";
import type { Asset, Client, Job, User } from "@/api/types";
import { assetSearchQuery } from "@/api/work";
import { jobTitle, statusWords } from "@/components/jobs/job-facts";
import { placesFor } from "@/components/shell/navigation";
import { assertNever } from "@/lib/never";
import { theme, type Theme } from "@/lib/theme";

import { type Scope, useScope } from "../use-scope";
import type { Entry } from "./rank";

export interface Command extends Entry {
  readonly icon: ReactNode;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

const ADS_SEARCHED = 100;
const WORDS_LEAST = 2;

function assetIcon(type: Asset["type"]): ReactNode {
  switch (type) {
    case "image":
      return <Image aria-hidden />;
    case "video":
      return <Film aria-hidden />;
    case "audio":
      return <Music aria-hidden />;
    case "document":
      return <FileText aria-hidden />;
    default:
      return assertNever(type);
  }
}

const THEMES: readonly { value: Theme; label: string; icon: ReactNode }[] = [
  { value: "light", label: "Light theme", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark theme", icon: <Moon aria-hidden /> },
  { value: "system", label: "Theme of the system", icon: <Monitor aria-hidden /> },
];

function stateOf(job: Job): string {
  return job.status === "storyboard_ready" && job.approval !== null ? "Approved" : statusWords(job.status).label;
}

type Navigate = ReturnType<typeof useNavigate>;

function actions(navigate: Navigate, showKeys: () => void): Command[] {
  const group = "Do";
  return [
    {
      id: "new-ad",
      group,
      label: "New ad",
      words: "make create film",
      icon: <Plus aria-hidden />,
      keys: "n",
      run: () => void navigate({ to: "/ads/new" }),
    },
    {
      id: "upload",
      group,
      label: "Upload files",
      words: "add assets pictures",
      icon: <Upload aria-hidden />,
      run: () => void navigate({ to: "/library" }),
    },
    {
      id: "account",
      group,
      label: "Account and API keys",
      words: "password name settings",
      icon: <CircleUser aria-hidden />,
      run: () => void navigate({ to: "/account" }),
    },
    {
      id: "keys",
      group,
      label: "Keyboard shortcuts",
      words: "help",
      icon: <Keyboard aria-hidden />,
      keys: "?",
      run: showKeys,
    },
    ...THEMES.map(({ value, label, icon }) => ({
      id: `theme-${value}`,
      group,
      label,
      words: "appearance mode night day",
      icon,
      run: () => theme.set(value),
    })),
  ];
}

function pages(me: User, navigate: Navigate): Command[] {
  return placesFor(me.role).map((place) => ({
    id: `page-${place.to}`,
    group: "Pages",
    label: place.label,
    icon: <place.icon aria-hidden />,
    keys: place.keys,
    run: () => void navigate({ to: place.to }),
  }));
}

function clientCommands(scope: Scope, navigate: Navigate): Command[] {
  const all: Command = {
    id: "scope-all",
    group: "Switch client",
    label: "All clients",
    words: "switch",
    icon: <Layers aria-hidden />,
    run: () => scope.choose(null),
  };
  const one = (client: Client): Command[] => [
    {
      id: `client-${client.id}`,
      group: "Clients",
      label: client.name,
      icon: <Briefcase aria-hidden />,
      run: () => void navigate({ to: "/clients/$clientId", params: { clientId: client.id } }),
    },
    {
      id: `scope-${client.id}`,
      group: "Switch client",
      label: `Work for ${client.name}`,
      words: "switch client",
      icon: <Layers aria-hidden />,
      run: () => scope.choose(client.id),
    },
  ];
  return [...scope.clients.flatMap(one), ...(scope.client === null ? [] : [all])];
}

function adCommand(job: Job, clientName: string | undefined, navigate: Navigate): Command {
  return {
    id: `ad-${job.id}`,
    group: "Ads",
    label: jobTitle(job),
    hint: [clientName, stateOf(job)].filter(Boolean).join(" · "),
    words: `ad ${job.id}`,
    icon: <Clapperboard aria-hidden />,
    run: () => void navigate({ to: "/ads/$jobId", params: { jobId: job.id } }),
  };
}

export interface Commands {
  /** Found here, in the order in which they are offered. */
  readonly here: readonly Command[];
  /** Found by the server for the words that were typed. */
  readonly found: readonly Command[];
  readonly isSearching: boolean;
}

/** Everything that the palette can do and open. */
export function useCommands(me: User, words: string, showKeys: () => void): Commands {
  const navigate = useNavigate();
  const scope = useScope();
  const clientId = scope.client?.id ?? null;
  const jobs = useQuery(jobsQuery({ limit: ADS_SEARCHED, clientId: clientId ?? undefined }));
  const assets = useQuery({ ...assetSearchQuery(words, clientId), enabled: words.length >= WORDS_LEAST });
  const names = new Map(scope.clients.map((client) => [client.id, client.name]));
  const found = (assets.data ?? []).map((asset): Command => ({
    id: `asset-${asset.id}`,
    group: "Library",
    label: asset.name,
    hint: names.get(asset.clientId),
    icon: assetIcon(asset.type),
    run: () => void navigate({ to: "/library/$assetId", params: { assetId: asset.id } }),
  }));
  const ads = (jobs.data?.items ?? []).map((job) => adCommand(job, names.get(job.clientId), navigate));
  return {
    here: [...actions(navigate, showKeys), ...pages(me, navigate), ...ads, ...clientCommands(scope, navigate)],
    found: words.length >= WORDS_LEAST ? found : [],
    isSearching: assets.isFetching,
  };
}
