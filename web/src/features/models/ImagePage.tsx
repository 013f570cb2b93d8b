import { getRouteApi } from "@tanstack/react-router";

import { MediumPage } from "./medium-page";

const route = getRouteApi("/studio/images/$imageId");

export function ImagePage() {
  const { imageId } = route.useParams();
  return <MediumPage key={imageId} type="image" id={imageId} />;
}
