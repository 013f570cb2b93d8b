/** All addresses of the studio. Pages are loaded when they are opened (or pointed at). */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";

import { meQuery, setupQuery } from "@/api/session";
import { NotFound, PageFailed, PagePending } from "@/app/page-states";
import { Root } from "@/app/root";
import { Shell } from "@/app/shell";

import { count, oneOf, search, text, texts } from "./search";

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: NotFound,
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("@/features/session/SetupPage"), "SetupPage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: search((given) => ({ next: text(given, "next") })),
  component: lazyRouteComponent(() => import("@/features/session/SignInPage"), "SignInPage"),
});

/** Everything that needs somebody to be signed in. */
const studio = createRoute({
  getParentRoute: () => root,
  id: "studio",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.query({ ...meQuery, staleTime: "static" });
    if (me) return { me };
    const { needed } = await context.queryClient.query(setupQuery);
    if (needed) throw redirect({ to: "/setup" });
    throw redirect({ to: "/sign-in", search: { next: location.href === "/" ? undefined : location.href } });
  },
});

const home = createRoute({
  getParentRoute: () => studio,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/home/HomePage"), "HomePage"),
});

const account = createRoute({
  getParentRoute: () => studio,
  path: "/account",
  component: lazyRouteComponent(() => import("@/features/account/AccountPage"), "AccountPage"),
});

const clients = createRoute({
  getParentRoute: () => studio,
  path: "/clients",
  component: lazyRouteComponent(() => import("@/features/clients/ClientsPage"), "ClientsPage"),
});

export const CLIENT_TABS = ["overview", "brand", "campaigns", "members", "keys"] as const;

const client = createRoute({
  getParentRoute: () => studio,
  path: "/clients/$clientId",
  validateSearch: search((given) => ({ tab: oneOf(given, "tab", CLIENT_TABS) })),
  component: lazyRouteComponent(() => import("@/features/clients/ClientPage"), "ClientPage"),
});

const campaign = createRoute({
  getParentRoute: () => studio,
  path: "/campaigns/$campaignId",
  component: lazyRouteComponent(() => import("@/features/clients/CampaignPage"), "CampaignPage"),
});

const ASSET_TYPES = ["image", "video", "audio", "document"] as const;

/** What narrows the library; the viewer keeps it to know what comes before and after. */
const libraryFilter = (given: Record<string, unknown>) => ({
  q: text(given, "q"),
  type: oneOf(given, "type", ASSET_TYPES),
  tag: texts(given, "tag"),
  format: text(given, "format"),
  campaign: text(given, "campaign"),
  sort: text(given, "sort"),
  /** Days, as in 2026-05-01: both of them count. */
  from: text(given, "from"),
  until: text(given, "until"),
  size: text(given, "size"),
  bin: given.bin === true ? true : undefined,
});

const library = createRoute({
  getParentRoute: () => studio,
  path: "/library",
  validateSearch: search((given) => ({
    ...libraryFilter(given),
    /** The asset whose detail is open beside the grid. */
    asset: text(given, "asset"),
  })),
  component: lazyRouteComponent(() => import("@/features/library/LibraryPage"), "LibraryPage"),
});

const asset = createRoute({
  getParentRoute: () => studio,
  path: "/library/$assetId",
  // `at` is its place in the list that it was opened from.
  validateSearch: search((given) => ({ ...libraryFilter(given), at: count(given, "at") })),
  component: lazyRouteComponent(() => import("@/features/library/AssetPage"), "AssetPage"),
});

const ads = createRoute({
  getParentRoute: () => studio,
  path: "/ads",
  validateSearch: search((given) => ({
    status: text(given, "status"),
    campaign: text(given, "campaign"),
    q: text(given, "q"),
  })),
  component: lazyRouteComponent(() => import("@/features/ads/AdsPage"), "AdsPage"),
});

const newAd = createRoute({
  getParentRoute: () => studio,
  path: "/ads/new",
  validateSearch: search((given) => ({
    campaign: text(given, "campaign"),
    assets: texts(given, "assets"),
    /** The ad whose prompt it begins with, and the other shape that it is to have. */
    from: count(given, "from"),
    aspect: oneOf(given, "aspect", ["9:16", "4:5", "1:1", "16:9"]),
  })),
  component: lazyRouteComponent(() => import("@/features/ads/NewAdPage"), "NewAdPage"),
});

const brief = createRoute({
  getParentRoute: () => studio,
  path: "/briefs/$briefId",
  // The ad from whose desk it was opened.
  validateSearch: search((given) => ({ ad: count(given, "ad") })),
  component: lazyRouteComponent(() => import("@/features/ads/BriefPage"), "BriefPage"),
});

export const AD_STEPS = ["brief", "storyboard", "approval", "film"] as const;

const ad = createRoute({
  getParentRoute: () => studio,
  path: "/ads/$jobId",
  params: { parse: ({ jobId }) => ({ jobId: Number(jobId) }), stringify: ({ jobId }) => ({ jobId: String(jobId) }) },
  validateSearch: search((given) => ({ step: oneOf(given, "step", AD_STEPS), scene: count(given, "scene") })),
  component: lazyRouteComponent(() => import("@/features/ads/AdPage"), "AdPage"),
});

const timeline = createRoute({
  getParentRoute: () => studio,
  path: "/ads/$jobId/timeline",
  params: { parse: ({ jobId }) => ({ jobId: Number(jobId) }), stringify: ({ jobId }) => ({ jobId: String(jobId) }) },
  component: lazyRouteComponent(() => import("@/features/timeline/TimelinePage"), "TimelinePage"),
});

const models = createRoute({
  getParentRoute: () => studio,
  path: "/models",
  validateSearch: search((given) => ({ kind: text(given, "kind"), q: text(given, "q") })),
  component: lazyRouteComponent(() => import("@/features/models/ModelsPage"), "ModelsPage"),
});

const model = createRoute({
  getParentRoute: () => studio,
  path: "/models/$owner/$name",
  validateSearch: search((given) => ({
    image: count(given, "image"),
    from: count(given, "from"),
    asset: text(given, "asset"),
  })),
  component: lazyRouteComponent(() => import("@/features/models/ModelPage"), "ModelPage"),
});

const gallery = search((given) => ({
  status: text(given, "status"),
  model: text(given, "model"),
  campaign: text(given, "campaign"),
}));

const images = createRoute({
  getParentRoute: () => studio,
  path: "/images",
  validateSearch: gallery,
  component: lazyRouteComponent(() => import("@/features/models/ImagesPage"), "ImagesPage"),
});

const image = createRoute({
  getParentRoute: () => studio,
  path: "/images/$imageId",
  params: {
    parse: ({ imageId }) => ({ imageId: Number(imageId) }),
    stringify: ({ imageId }) => ({ imageId: String(imageId) }),
  },
  component: lazyRouteComponent(() => import("@/features/models/ImagePage"), "ImagePage"),
});

const videos = createRoute({
  getParentRoute: () => studio,
  path: "/videos",
  validateSearch: gallery,
  component: lazyRouteComponent(() => import("@/features/models/VideosPage"), "VideosPage"),
});

const video = createRoute({
  getParentRoute: () => studio,
  path: "/videos/$videoId",
  params: {
    parse: ({ videoId }) => ({ videoId: Number(videoId) }),
    stringify: ({ videoId }) => ({ videoId: String(videoId) }),
  },
  component: lazyRouteComponent(() => import("@/features/models/VideoPage"), "VideoPage"),
});

export const COST_TABS = ["overview", "budgets", "ledger", "undecided"] as const;

const costs = createRoute({
  getParentRoute: () => studio,
  path: "/costs",
  validateSearch: search((given) => ({
    tab: oneOf(given, "tab", COST_TABS),
    by: text(given, "by"),
    from: text(given, "from"),
    to: text(given, "to"),
    account: text(given, "account"),
    job: count(given, "job"),
  })),
  component: lazyRouteComponent(() => import("@/features/costs/CostsPage"), "CostsPage"),
});

export const ADMIN_TABS = ["users", "keys", "storage", "jobs", "doctor", "audit"] as const;

const admin = createRoute({
  getParentRoute: () => studio,
  path: "/admin",
  validateSearch: search((given) => ({
    tab: oneOf(given, "tab", ADMIN_TABS),
    job: count(given, "job"),
    status: text(given, "status"),
    action: text(given, "action"),
    actor: text(given, "actor"),
    from: text(given, "from"),
    until: text(given, "until"),
  })),
  component: lazyRouteComponent(() => import("@/features/admin/AdminPage"), "AdminPage"),
});

const uiGallery = createRoute({
  getParentRoute: () => root,
  path: "/_gallery",
  component: lazyRouteComponent(() => import("@/components/ui/gallery"), "Gallery"),
});

const tree = root.addChildren([
  setup,
  signIn,
  ...(import.meta.env.DEV ? [uiGallery] : []),
  studio.addChildren([
    home,
    account,
    clients,
    client,
    campaign,
    library,
    asset,
    ads,
    newAd,
    brief,
    ad,
    timeline,
    models,
    model,
    images,
    image,
    videos,
    video,
    costs,
    admin,
  ]),
]);

export function createStudioRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultErrorComponent: PageFailed,
    defaultPendingComponent: PagePending,
    defaultPendingMs: 250,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createStudioRouter>;
  }
}
