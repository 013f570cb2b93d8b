import "./styles/index.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { createQueryClient } from "./api/query-client";
import "./lib/theme";
import { createStudioRouter } from "./routes/router";

const queryClient = createQueryClient();
const router = createStudioRouter(queryClient);
const place = document.getElementById("root");
if (!place) throw new Error("index.html has no element with the id root.");

createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
