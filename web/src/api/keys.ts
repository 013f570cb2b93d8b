/** The one tree of query keys: `[resource, "list" | "one", …]`, so that a live event names all that it makes stale. */
export const keys = {
  setup: ["setup"],
  me: ["me"],
  assets: {
    all: ["assets"],
    lists: ["assets", "list"],
    list: (f: object) => ["assets", "list", f],
    one: (id: string) => ["assets", "one", id],
  },
  uploads: { all: ["uploads"] },
  clients: {
    all: ["clients"],
    list: (f: object) => ["clients", "list", f],
    one: (id: string) => ["clients", "one", id],
  },
  campaigns: {
    all: ["campaigns"],
    list: (f: object) => ["campaigns", "list", f],
    ones: ["campaigns", "one"],
    one: (id: string) => ["campaigns", "one", id],
  },
  briefs: { all: ["briefs"], list: (f: object) => ["briefs", "list", f], one: (id: string) => ["briefs", "one", id] },
  jobs: {
    all: ["jobs"],
    lists: ["jobs", "list"],
    list: (f: object) => ["jobs", "list", f],
    one: (id: number) => ["jobs", "one", id],
  },
  /** Apart from jobs: what is shown of a version, or of edits to it, never changes. */
  previews: {
    peaks: (jobId: number, version: number) => ["previews", "peaks", jobId, version],
    tried: (jobId: number, edits: object) => ["previews", "tried", jobId, edits],
  },
  models: {
    all: ["models"],
    list: (f: object) => ["models", "list", f],
    one: (id: string, f: object) => ["models", "one", id, f],
  },
  images: { all: ["images"], list: (f: object) => ["images", "list", f], one: (id: number) => ["images", "one", id] },
  videos: { all: ["videos"], list: (f: object) => ["videos", "list", f], one: (id: number) => ["videos", "one", id] },
  costs: {
    all: ["costs"],
    report: (f: object) => ["costs", "report", f],
    entries: (f: object) => ["costs", "entries", f],
  },
  budgets: { all: ["budgets"], list: (f: object) => ["budgets", "list", f] },
  admin: { all: ["admin"], part: (name: string, f: object = {}) => ["admin", name, f] },
  apiKeys: { all: ["api-keys"] },
} as const;
