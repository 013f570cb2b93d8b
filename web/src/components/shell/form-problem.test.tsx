import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { readProblem } from "@/api/problem";

import { fieldProblem, FormProblem } from "./form-problem";

function refused(over: object): Error {
  return readProblem(422, {
    code: "invalid_input",
    title: "Not possible",
    detail: "The password has 3 characters.",
    nextStep: "Choose a longer one.",
    details: {},
    errors: [],
    ...over,
  });
}

it("says beside the field what the server says of it", () => {
  expect(fieldProblem(refused({ details: { field: "password" } }), "password")).toBe(
    "The password has 3 characters. Choose a longer one.",
  );
  const listed = refused({ errors: [{ where: "body", field: "password", message: "Too short.", value: null }] });
  expect(fieldProblem(listed, "password")).toBe("Too short.");
  expect(fieldProblem(null, "password")).toBeUndefined();
});

it("says above the form what no field says", () => {
  const { rerender } = render(
    <FormProblem error={refused({ details: { field: "password" } })} fields={["password"]} />,
  );
  expect(screen.queryByRole("alert")).toBeNull();
  rerender(<FormProblem error={refused({ details: { field: "other" } })} fields={["password"]} />);
  expect(screen.getByRole("alert").textContent).toContain("Choose a longer one.");
});
