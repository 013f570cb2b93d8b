import { defineConfig } from "eslint/config";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

import { boundaries } from "./tools/boundaries.ts";

export default defineConfig(
  { ignores: ["dist", "node_modules", "src/api/schema.d.ts", "public", "e2e-results", "playwright-report"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "react-hooks": { rules: hooks.rules } },
    rules: {
      ...hooks.configs.recommended.rules,
      complexity: ["error", 12],
      "max-lines": ["error", { max: 400, skipBlankLines: false }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: false }],
      // Numbers in templates are what people read.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // The router's way to send somebody elsewhere.
      "@typescript-eslint/only-throw-error": [
        "error",
        { allow: [{ from: "package", name: "Redirect", package: "@tanstack/router-core" }] },
      ],
      // Handlers of events may start work that is awaited inside.
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  { files: ["src/**"], plugins: { boundaries }, rules: { "boundaries/layers": "error" } },
);
