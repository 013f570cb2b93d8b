import { getRouteApi } from "@tanstack/react-router";

import { MediumPage } from "./medium-page";

const route = getRouteApi("/studio/videos/$videoId");

export function VideoPage() {
  const { videoId } = route.useParams();
  return <MediumPage key={videoId} type="video" id={videoId} />;
}
