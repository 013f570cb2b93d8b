import { getRouteApi } from "@tanstack/react-router";

import { Gallery } from "./gallery";

const route = getRouteApi("/studio/videos");

export function VideosPage() {
  const navigate = route.useNavigate();
  return (
    <Gallery
      type="video"
      search={route.useSearch()}
      onSearchChange={(search) => void navigate({ search, replace: true })}
    />
  );
}
