/** Ways into the library: files of this computer, a public address. Asks for the client where that is not plain. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link2, Upload } from "lucide-react";
import { type SubmitEvent, useId, useState } from "react";

import { fetchAsset } from "@/api/assets";
import { campaignsQuery, clientsQuery } from "@/api/clients";
import { keys } from "@/api/keys";
import { fieldMessage, problemOf } from "@/api/problem";
import { Banner, Button, Dialog, Field, Select, TextInput, toast } from "@/components/ui";
import { chooseFiles } from "@/components/uploads/files";
import { uploads } from "@/components/uploads/uploads";
import { plural } from "@/lib/units";

interface Place {
  readonly clientId: string | null;
  readonly campaignId?: string | undefined;
}

/** What is asked at the moment. */
type Asking = { readonly kind: "place"; readonly files: readonly File[] } | { readonly kind: "address" } | null;

/** How things come into the library from this page. */
export function useBringing({ clientId, campaignId, isAllowed }: Place & { readonly isAllowed: boolean }) {
  const [asking, setAsking] = useState<Asking>(null);
  const take = (files: readonly File[]): void => {
    if (files.length === 0 || !isAllowed) return;
    if (clientId === null) setAsking({ kind: "place", files });
    else uploads.add(files, { clientId, campaignId });
  };
  const choose = (): void => void chooseFiles().then(take);
  const buttons = (
    <>
      <Button aria-label="Add from address" icon={<Link2 aria-hidden />} onClick={() => setAsking({ kind: "address" })}>
        <span className="sm:hidden">Address</span>
        <span className="max-sm:hidden">Add from address</span>
      </Button>
      <Button variant="primary" icon={<Upload aria-hidden />} onClick={choose}>
        Upload files
      </Button>
    </>
  );
  const place: Place = { clientId, campaignId };
  return { asking, place, isAllowed, take, choose, buttons, close: () => setAsking(null) };
}

export type Bringing = ReturnType<typeof useBringing>;

/** The questions; nothing while none is asked. */
export function BringIn({ bringing }: { readonly bringing: Bringing }) {
  const { asking, place, close } = bringing;
  if (asking === null) return null;
  if (asking.kind === "address") return <AddressDialog place={place} onClose={close} />;
  return <PlaceDialog files={asking.files} onClose={close} />;
}

interface PlaceFieldsProps {
  readonly place: Place;
  readonly onChange: (place: Place) => void;
}

function PlaceFields({ place, onChange }: PlaceFieldsProps) {
  const clients = useQuery(clientsQuery()).data?.items ?? [];
  const campaigns = useQuery({
    ...campaignsQuery({ clientId: place.clientId ?? "" }),
    enabled: place.clientId !== null,
  }).data?.items;
  return (
    <>
      <Field label="Client" required>
        <Select
          value={place.clientId}
          placeholder="Choose a client"
          onValueChange={(clientId) => onChange({ clientId })}
          options={clients.map((client) => ({ value: client.id, label: client.name }))}
        />
      </Field>
      {campaigns !== undefined && campaigns.length > 0 && (
        <Field label="Campaign">
          <Select
            value={place.campaignId ?? ""}
            onValueChange={(id) => onChange({ ...place, campaignId: id || undefined })}
            options={[
              { value: "", label: "None" },
              ...campaigns.map((campaign) => ({ value: campaign.id, label: campaign.name })),
            ]}
          />
        </Field>
      )}
    </>
  );
}

function PlaceDialog({ files, onClose }: { readonly files: readonly File[]; readonly onClose: () => void }) {
  const form = useId();
  const [place, setPlace] = useState<Place>({ clientId: null });
  const { clientId, campaignId } = place;
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    if (clientId === null) return;
    uploads.add(files, { clientId, campaignId });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Where do ${files.length === 1 ? "this file" : `these ${files.length} files`} belong?`}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabled={clientId === null}>
            Upload {plural(files.length, "file")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={send} className="flex flex-col gap-4">
        <PlaceFields place={place} onChange={setPlace} />
      </form>
    </Dialog>
  );
}

function AddressDialog({ place: given, onClose }: { readonly place: Place; readonly onClose: () => void }) {
  const form = useId();
  const queryClient = useQueryClient();
  const [place, setPlace] = useState(given);
  const [url, setUrl] = useState("");
  const fetching = useMutation({
    mutationFn: (clientId: string) =>
      fetchAsset({ url: url.trim(), clientId, campaignId: place.campaignId ?? null, tags: [] }),
    onSuccess: (asset) => {
      toast({
        title: `${asset.name} added`,
        tone: "positive",
        action: { label: "Show", href: `/library/${asset.id}` },
      });
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.assets.lists }),
  });
  const problem = fetching.error ? problemOf(fetching.error) : null;
  const aboutUrl = fieldMessage(problem, "url");
  const isReady = url.trim() !== "" && place.clientId !== null;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isReady) fetching.mutate(place.clientId);
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Add from address"
      description="The server fetches the file itself; the address must be public."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={fetching.isPending} disabled={!isReady}>
            Add file
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {problem && aboutUrl === undefined && (
          <Banner tone="critical" title={problem.detail}>
            {problem.nextStep}
          </Banner>
        )}
        <Field label="Address" required error={aboutUrl}>
          <TextInput type="url" dir="ltr" placeholder="https://" value={url} onValueChange={setUrl} />
        </Field>
        {given.clientId === null && <PlaceFields place={place} onChange={setPlace} />}
      </form>
    </Dialog>
  );
}
