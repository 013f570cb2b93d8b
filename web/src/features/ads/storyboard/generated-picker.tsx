import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Sparkles } from "lucide-react";
import { useState } from "react";

import { imagesQuery } from "@/api/models";
import { problemOf } from "@/api/problem";
import type { GeneratedMedium } from "@/api/types";
import { Banner, Button, buttonClass, cx, Dialog, EmptyState, MediaFrame, Skeleton } from "@/components/ui";
import { plural } from "@/lib/units";

const PAGE = 60;

interface GeneratedPickerProps {
  readonly clientId: string;
  readonly scene: number;
  readonly busy: boolean;
  readonly onPick: (imageId: number) => void;
  readonly onClose: () => void;
}

/** One of the pictures that models have made for the client. */
export function GeneratedPicker({ clientId, scene, busy, onPick, onClose }: GeneratedPickerProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const images = useQuery(imagesQuery({ clientId, status: "succeeded", limit: PAGE }));
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={`Use a generated image in scene ${scene}`}
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={chosen === null}
            onClick={() => {
              if (chosen !== null) onPick(chosen);
            }}
          >
            Use image
          </Button>
        </>
      }
    >
      {images.isError && <Banner tone="critical">{problemOf(images.error).detail}</Banner>}
      {images.isPending && <Skeleton shape="media" />}
      {images.data?.items.length === 0 && <NoImages />}
      {images.data && images.data.items.length > 0 && (
        <Choices images={images.data.items} chosen={chosen} onChoose={setChosen} />
      )}
      {images.data && images.data.total > PAGE && (
        <p className="mt-3 text-sm text-faint">
          The newest {PAGE} of {plural(images.data.total, "image")}. Keep an older one as an asset to find it in the
          library.
        </p>
      )}
    </Dialog>
  );
}

function NoImages() {
  return (
    <EmptyState
      title="No generated images yet"
      illustration={<Sparkles aria-hidden />}
      action={
        <Link to="/models" search={{ kind: "text-to-image" }} className={buttonClass()}>
          Choose a model
        </Link>
      }
    >
      What models make for this client appears here.
    </EmptyState>
  );
}

interface ChoicesProps {
  readonly images: readonly GeneratedMedium[];
  readonly chosen: number | null;
  readonly onChoose: (imageId: number) => void;
}

function Choices({ images, chosen, onChoose }: ChoicesProps) {
  return (
    <div
      role="group"
      aria-label="Generated images"
      className="grid grid-cols-[repeat(auto-fill,minmax(8rem,1fr))] gap-3 p-1"
    >
      {images.map((image) => (
        <button
          key={image.id}
          type="button"
          aria-pressed={image.id === chosen}
          aria-label={image.prompt || `Image ${image.id}`}
          title={image.prompt}
          onClick={() => onChoose(image.id)}
          className={cx("rounded-card", image.id === chosen && "outline-2 outline-offset-2 outline-accent")}
        >
          <MediaFrame
            aspect={1}
            src={image.thumbnailUrl ?? undefined}
            alt=""
            state={image.thumbnailUrl === null ? "error" : "ready"}
          />
        </button>
      ))}
    </div>
  );
}
