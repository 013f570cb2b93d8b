/** Writes a Brotli and a gzip sibling beside every text file of the build; the server sends them as they are. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import type { Plugin } from "vite";

const TEXT = /\.(?:html|js|mjs|css|svg|json|map)$/;
/** Smaller ones fit into one packet anyway. */
const FROM_BYTES = 1_000;

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < FROM_BYTES) return;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(content, quality));
  await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
}

export function compressed(): Plugin {
  return {
    name: "gauntlet-compressed",
    apply: "build",
    async writeBundle(options, bundle) {
      const names = Object.keys(bundle).filter((name) => TEXT.test(name));
      await Promise.all(names.map((name) => compress(path.resolve(options.dir ?? "", name))));
    },
  };
}
