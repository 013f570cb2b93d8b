/** Sends files in parts by the tus protocol; goes on after a broken line or a reload. */
import type { DetailedError, Upload, UploadOptions } from "tus-js-client";

import { noAnswer, readProblem } from "@/api/problem";
import type { Problem } from "@/api/types";
import { UPLOADS_PATH } from "@/api/uploads";

import type { Listener, Sending, Transport, UploadTarget } from "./manager";

const PART_BYTES = 16 * 1024 * 1024;
/** Small files go with the request that begins their upload; of large ones the address is known before bytes go. */
const AT_ONCE_MAX_BYTES = 1024 * 1024;
const RETRY_DELAYS_MS = [0, 1_000, 3_000, 6_000, 12_000, 24_000];
const CREATED = 201;

/** The transport of the studio. The library is fetched with the first file that is sent. */
export const tusTransport: Transport = async (file, target, listener, address) => {
  const { Upload: TusUpload } = await import("tus-js-client");
  const upload = new TusUpload(file, { ...optionsOf(file, target, listener), uploadUrl: address });
  if (address === null) await continueEarlier(upload);
  upload.start();
  return sendingOf(upload);
};

function sendingOf(upload: Upload): Sending {
  return { stop: (how) => upload.abort(how === "forget") };
}

async function continueEarlier(upload: Upload): Promise<void> {
  const [earlier] = await upload.findPreviousUploads();
  if (earlier) upload.resumeFromPreviousUpload(earlier);
}

function optionsOf(file: File, target: UploadTarget, listener: Listener): UploadOptions {
  return {
    endpoint: UPLOADS_PATH,
    headers: { "X-Gauntlet-CSRF": "1" },
    metadata: metadataOf(file, target),
    chunkSize: PART_BYTES,
    uploadDataDuringCreation: file.size <= AT_ONCE_MAX_BYTES,
    removeFingerprintOnSuccess: true,
    retryDelays: RETRY_DELAYS_MS,
    // The same file for another place is another upload.
    fingerprint: () => Promise.resolve(fingerprintOf(file, target)),
    onShouldRetry: (error) => isPassing(statusOf(error)),
    onProgress: (sentBytes) => listener.onProgress(sentBytes),
    onSuccess: ({ lastResponse }) => listener.onDone(assetIdOf(lastResponse.getHeader("Gauntlet-Asset"))),
    onError: (error) => listener.onProblem(problemOfTus(error)),
  };
}

/** What is said of a file before its bytes. */
export function metadataOf(file: Pick<File, "name">, target: UploadTarget): Record<string, string> {
  return {
    clientId: target.clientId,
    filename: file.name,
    ...(target.campaignId ? { campaignId: target.campaignId } : {}),
    ...(target.tags?.length ? { tags: JSON.stringify(target.tags) } : {}),
  };
}

export function fingerprintOf(file: Pick<File, "name" | "size" | "lastModified">, target: UploadTarget): string {
  return ["gauntlet", target.clientId, target.campaignId ?? "", file.name, file.size, file.lastModified].join("/");
}

/** The id at the end of an asset's address. */
export function assetIdOf(address: string | undefined): string | null {
  return address?.split("/").at(-1) || null;
}

/** Whether the same request may succeed a moment later: no answer, a lock, bytes that broke off, a server in trouble. */
export function isPassing(status: number): boolean {
  return status === 0 || [409, 423, 429, 460].includes(status) || status >= 500;
}

function statusOf(error: DetailedError): number {
  return error.originalResponse?.getStatus() ?? 0;
}

function problemOfTus(error: Error | DetailedError): Problem {
  const response = "originalResponse" in error ? error.originalResponse : null;
  if (!response || response.getStatus() === 0 || response.getStatus() === CREATED) return noAnswer().problem;
  return readProblem(response.getStatus(), parsed(response.getBody())).problem;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // A proxy's page: the status is all that is known.
    return null;
  }
}
