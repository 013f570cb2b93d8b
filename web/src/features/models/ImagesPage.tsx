import { getRouteApi } from "@tanstack/react-router";

import { Gallery } from "./gallery";

const route = getRouteApi("/studio/images");

export function ImagesPage() {
  const navigate = route.useNavigate();
  return (
    <Gallery
      type="image"
      search={route.useSearch()}
      onSearchChange={(search) => void navigate({ search, replace: true })}
    />
  );
}
