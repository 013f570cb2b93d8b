/** An ESLint rule that holds the layers: which folder of `src` may import which. */
import path from "node:path";

import type { ESLint, Rule } from "eslint";

const SRC = path.resolve(import.meta.dirname, "../src");

/** Lower layers first; a file imports from its own layer or from lower ones. */
const LAYERS = ["lib", "api", "components", "features", "app", "routes"] as const;

function folders(file: string): string[] {
  return path.relative(SRC, file).split(path.sep);
}

function target(source: string, importer: string): string[] | null {
  if (source.startsWith("@/")) return source.slice(2).split("/");
  if (source.startsWith(".")) return folders(path.resolve(path.dirname(importer), source));
  return null;
}

function fault(from: string[], to: string[]): string | null {
  const importing = LAYERS.findIndex((layer) => layer === from[0]);
  const imported = LAYERS.findIndex((layer) => layer === to[0]);
  if (importing < 0 || imported < 0) return null;
  if (imported > importing) return `${from[0]}/ may not import ${to[0]}/: it is a higher layer.`;
  if (from[0] === "features" && to[0] === "features" && from[1] !== to[1]) {
    return `Features never import one another: ${from[1]} imports ${to[1]}. Share through components/, api/ or lib/.`;
  }
  return null;
}

const layers: Rule.RuleModule = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const from = folders(context.filename);
    const check = (node: Rule.Node, source: unknown): void => {
      if (typeof source !== "string") return;
      const to = target(source, context.filename);
      const message = to === null ? null : fault(from, to);
      if (message !== null) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source.type === "Literal" ? node.source.value : null),
    };
  },
};

export const boundaries: ESLint.Plugin = { rules: { layers } };
