import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";

import { Combobox } from "./combobox";
import { Field } from "./field";

const OPTIONS = [{ value: "a", label: "Aurora" }];

it("names its buttons after the field around it", () => {
  render(
    <Field label="Client" required>
      <Combobox value={OPTIONS[0] ?? null} onValueChange={() => undefined} options={OPTIONS} />
    </Field>,
  );
  expect(screen.getByRole("combobox", { name: "Client" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Show options of Client" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Clear Client" })).toBeTruthy();
});

it("names them after its own label where there is no field", () => {
  render(<Combobox label="Campaign" value={null} onValueChange={() => undefined} options={OPTIONS} />);
  expect(screen.getByRole("button", { name: "Show options of Campaign" })).toBeTruthy();
});
