/** Sending a new ad: once for what was typed, however often the button is pressed or the line breaks. */
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";

import { createBrief } from "@/api/briefs";
import { idempotencyKey } from "@/api/client";
import { generate } from "@/api/jobs";
import { fieldMessage, problemOf } from "@/api/problem";
import type { Problem } from "@/api/types";
import { toast } from "@/components/ui";
import { keepDraft } from "@/lib/drafts";

import { type AdDraft, briefModelsDraft, briefRequest, jobRequest, mediaModelsOf } from "./draft";

interface Submission {
  plan: () => void;
  generate: () => void;
  isPlanning: boolean;
  isGenerating: boolean;
  problem: Problem | null;
  promptError: string | undefined;
}

/** A key for what is sent: the same body again is the same request, another body is another. */
function useKeys(): (body: object) => string {
  const last = useRef<{ body: string; key: string } | null>(null);
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current?.body !== text) last.current = { body: text, key: idempotencyKey() };
    return last.current.key;
  };
}

export function useSubmission(draft: AdDraft, clientId: string, onSent: () => void): Submission {
  const navigate = useNavigate();
  const keyOf = useKeys();
  const planning = useMutation({
    mutationFn: () => {
      const request = briefRequest(draft, clientId);
      return createBrief(request, keyOf(request));
    },
    onSuccess: (brief) => {
      onSent();
      // The brief says nothing of models: they wait there until it is made into a storyboard.
      keepDraft(briefModelsDraft(brief.id), mediaModelsOf(draft));
      void navigate({ to: "/briefs/$briefId", params: { briefId: brief.id } });
    },
  });
  const generating = useMutation({
    mutationFn: () => {
      const request = jobRequest(draft, clientId);
      return generate(request, keyOf({ ...request, kind: "job" }));
    },
    onSuccess: (job) => {
      onSent();
      toast({ title: "The ad is on its way", tone: "positive" });
      void navigate({ to: "/ads/$jobId", params: { jobId: job.id }, search: { step: "storyboard" } });
    },
  });
  const error = planning.error ?? generating.error;
  const problem = error === null ? null : problemOf(error);
  return {
    plan: () => {
      generating.reset();
      planning.mutate();
    },
    generate: () => {
      planning.reset();
      generating.mutate();
    },
    isPlanning: planning.isPending,
    isGenerating: generating.isPending,
    problem,
    promptError: fieldMessage(problem, "prompt"),
  };
}
