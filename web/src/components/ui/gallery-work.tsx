import { Ellipsis, Images, LoaderCircle, Play } from "lucide-react";
import { useState } from "react";
import { Avatar } from "./avatar";
import { Badge, StatusDot } from "./badge";
import { Breadcrumbs } from "./breadcrumbs";
import { Button, IconButton } from "./button";
import { CopyButton } from "./copy-button";
import { longName, pictures, rtlName, spends } from "./gallery-samples";
import type { Spend } from "./gallery-samples";
import { Section } from "./gallery-section";
import { KeyValue } from "./key-value";
import { MediaFrame, MediaLabel } from "./media-frame";
import { Duration, FileSize, Money, RelativeTime } from "./numerals";
import { PageHeader } from "./page-header";
import { Progress, Ring } from "./progress";
import { Skeleton } from "./skeleton";
import { Banner, EmptyState, ErrorState } from "./states";
import { Stepper } from "./stepper";
import type { Step } from "./stepper";
import { Table } from "./table";
import type { Column, Sort } from "./table";
import { Tabs } from "./tabs";
import { Thumb } from "./thumb";
import { toast } from "./toast";

const steps: readonly Step[] = [
  { id: "prompt", label: "Prompt", state: "done", href: "#prompt" },
  { id: "brief", label: "Brief", state: "done", href: "#brief" },
  { id: "storyboard", label: "Storyboard", state: "current", href: "#storyboard" },
  { id: "approval", label: "Approval", state: "available", href: "#approval" },
  { id: "film", label: "Film", state: "blocked", href: "#film", hint: "Approve the storyboard first." },
];

const columns: readonly Column<Spend>[] = [
  {
    id: "name",
    header: "Ad",
    primary: true,
    sortable: true,
    cell: (row) => <bdi className="line-clamp-2 text-left">{row.name}</bdi>,
  },
  {
    id: "model",
    header: "Made by",
    cell: (row) => <Badge tone={row.microusd > 0 ? "accent" : "neutral"}>{row.model}</Badge>,
  },
  { id: "images", header: "Images", align: "end", sortable: true, cell: (row) => row.images },
  { id: "length", header: "Length", align: "end", cell: (row) => <Duration durationS={row.durationS} /> },
  { id: "cost", header: "Cost", align: "end", sortable: true, cell: (row) => <Money amountMicrousd={row.microusd} /> },
];

function Navigation() {
  const [tab, setTab] = useState<"details" | "versions">("details");
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        crumbs={[
          { label: "Ads", href: "#ads" },
          { label: longName, href: "#client" },
          { label: "Trail shoes, spring" },
        ]}
      />
      <PageHeader
        title="Library"
        aside={<Badge>1,204</Badge>}
        description="Everything a client gave you, and everything made from it."
        actions={<Button variant="primary">Upload assets</Button>}
      />
      <PageHeader title={longName} actions={<Button>Edit</Button>} />
      <Stepper steps={steps} viewing="storyboard" label="Where the ad is" />
      <Tabs
        value={tab}
        onValueChange={setTab}
        label="Details"
        tabs={[
          { value: "details", label: "Details", content: <KeyValue items={facts} /> },
          { value: "versions", label: "Versions", count: 3, content: "Three versions." },
        ]}
      />
    </div>
  );
}

const facts = [
  { label: "Cost", value: <Money amountMicrousd={3_400} /> },
  { label: "Length", value: <Duration durationS={92} /> },
  { label: "Size", value: <FileSize sizeBytes={2_430_000} /> },
  { label: "Uploaded", value: <RelativeTime at="2026-01-05T09:30:00Z" /> },
  { label: "Client", value: rtlName },
  { label: "Link", value: <CopyButton text="https://example.com" label="Copy link" labelled size="sm" /> },
];

function Media() {
  const [selected, setSelected] = useState(true);
  const open = () => toast({ title: "Opened" });
  const more = <IconButton size="sm" label="More" icon={<Ellipsis aria-hidden />} />;
  const overlays = { bottomStart: <MediaLabel>9:16</MediaLabel>, bottomEnd: <MediaLabel>0:15</MediaLabel> };
  return (
    <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 xl:grid-cols-5">
      <Thumb
        media={{ aspect: 1, src: pictures.tall, color: "#d9622b", overlays }}
        title="Runner at dusk"
        meta="1080 × 1920 · 2.4 MB"
        onOpen={open}
        selected={selected}
        onSelectedChange={setSelected}
        actions={more}
      />
      <Thumb
        media={{ aspect: 1, src: pictures.wide }}
        title={longName}
        meta="1920 × 1080 · 840 kB"
        href="#wide"
        onSelectedChange={setSelected}
        actions={more}
      />
      <Thumb media={{ aspect: 1, src: pictures.square }} title={rtlName} meta="1080 × 1080" href="#square" />
      <Thumb
        media={{ aspect: 1, state: "loading", color: "#24506b" }}
        title="Being made"
        meta="Frame 3 of 8"
        href="#loading"
      />
      <Thumb
        media={{ aspect: 1, state: "error", errorLabel: "No preview" }}
        title="interview.mov"
        meta="48 MB"
        href="#error"
      />
      <MediaFrame aspect={9 / 16} src={pictures.tall} alt="" overlays={{ topStart: <MediaLabel>1</MediaLabel> }} />
      <MediaFrame
        aspect={16 / 9}
        src={pictures.tall}
        alt=""
        overlays={{
          bottomEnd: (
            <MediaLabel>
              <Play aria-hidden /> 0:03
            </MediaLabel>
          ),
        }}
      />
    </div>
  );
}

function States() {
  return (
    <div className="grid gap-3">
      <Banner>Nothing is uploaded until you press the button.</Banner>
      <Banner tone="caution" title="This approval is void" action={<Button size="sm">Review changes</Button>}>
        Scene 3 was reordered after it was approved.
      </Banner>
      <Banner tone="critical" title="The budget is used up">
        Raise it, or go on with the built-in models.
      </Banner>
      <Banner tone="positive" onDismiss={() => undefined}>
        All checks passed.
      </Banner>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3 py-2">
        <Badge>Draft</Badge>
        <Badge tone="accent" icon={<LoaderCircle aria-hidden className="animate-spin" />}>
          Rendering
        </Badge>
        <Badge tone="positive">Approved</Badge>
        <Badge tone="caution">Paused</Badge>
        <Badge tone="critical">Failed</Badge>
        <StatusDot tone="accent" live label="Rendering" />
        <StatusDot tone="positive" label="Completed" />
        <Ring value={0.6} label="Running work">
          3
        </Ring>
        <Ring value={null} label="Running work">
          1
        </Ring>
        <Avatar name="Ana María" />
        <Avatar name="Northwind" shape="square" color="#f2b84b" />
        <Avatar name="محمد علي" size="lg" />
      </div>
      <Progress value={0.42} label="Rendering" />
      <Progress value={null} label="Rendering" />
      <div className="grid gap-4 md:grid-cols-3">
        <Skeleton lines={3} />
        <Skeleton shape="block" />
        <Skeleton shape="media" color="#24506b" />
      </div>
      <EmptyState
        illustration={<Images aria-hidden />}
        title="No assets yet"
        action={<Button variant="primary">Upload assets</Button>}
      >
        Drop pictures, films, music or documents anywhere on this page.
      </EmptyState>
      <ErrorState
        problem={{
          title: "The library cannot be read",
          detail: "The database is locked by another program.",
          nextStep: "Nothing is lost. Close the other program, then try again.",
          code: "database_locked",
        }}
        onRetry={() => undefined}
      />
    </div>
  );
}

export function WorkGallery() {
  const [sort, setSort] = useState<Sort>({ by: "name", direction: "ascending" });
  return (
    <>
      <Section title="Finding the way" className="block">
        <Navigation />
      </Section>
      <Section title="Media" className="block">
        <Media />
      </Section>
      <Section title="Table" className="block">
        <Table
          columns={columns}
          rows={spends}
          rowId={(row) => row.id}
          caption="Costs of ads"
          sort={sort}
          onSortChange={setSort}
          selectedId="2"
          onRowOpen={() => toast({ title: "Opened" })}
        />
      </Section>
      <Section title="States" className="block">
        <States />
      </Section>
    </>
  );
}
