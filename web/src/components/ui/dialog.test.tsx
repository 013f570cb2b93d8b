import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";

import { Dialog } from "./dialog";
import { Field } from "./field";
import { Segmented } from "./segmented";
import { Select } from "./select";
import { TextInput } from "./text-input";

const OPTIONS = [
  { value: "a", label: "First" },
  { value: "b", label: "Second" },
];

function Sample({ isChanged, noForm = false }: { isChanged?: boolean; noForm?: boolean }) {
  const [open, setOpen] = useState(true);
  const [name, setName] = useState("Aurora");
  const [isMore, setIsMore] = useState(false);
  const [kind, setKind] = useState("a");
  const [choice, setChoice] = useState("a");
  const fields = (
    <>
      <Field label="Name">
        <TextInput value={name} onValueChange={setName} />
      </Field>
      <Segmented label="Kind" value={kind} onValueChange={setKind} options={OPTIONS} />
      <Field label="Choice">
        <Select value={choice} onValueChange={setChoice} options={OPTIONS} />
      </Field>
      <button type="button" onClick={() => setIsMore(true)}>
        More
      </button>
      <button type="button" onClick={() => setChoice("b")}>
        Choose second
      </button>
      {isMore && <input aria-label="Late" defaultValue="given" />}
    </>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Edit"
      isChanged={isChanged}
      footer={<button onClick={() => setOpen(false)}>Cancel</button>}
    >
      {noForm ? fields : <form>{fields}</form>}
    </Dialog>
  );
}

const escape = () => fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
const question = () => screen.queryByRole("alertdialog", { name: "Discard what you typed?" });
const fill = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
const closed = () => waitFor(() => expect(screen.queryByText("Edit")).toBeNull());
const asked = async (): Promise<void> => {
  await waitFor(() => expect(question()).not.toBeNull());
  expect(screen.getByText("Edit")).toBeTruthy();
};

describe("closing a dialog with a form", () => {
  it("is done at once while nothing was changed, or all was changed back", async () => {
    render(<Sample />);
    fill("Name", "Borealis");
    fill("Name", "Aurora");
    escape();
    await closed();
    expect(question()).toBeNull();
  });

  it("asks first when something was typed, and keeps it when told so", async () => {
    render(<Sample />);
    fill("Name", "Borealis");
    escape();
    await asked();
    fireEvent.click(screen.getByRole("button", { name: "Keep editing" }));
    await waitFor(() => expect(question()).toBeNull());
    expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("Borealis");
  });

  it("closes once it is told to discard", async () => {
    render(<Sample />);
    fill("Name", "Borealis");
    fireEvent.click(screen.getByRole("button", { name: "Close" }));
    await asked();
    fireEvent.click(screen.getByRole("button", { name: "Discard" }));
    await closed();
  });

  it("goes back to the form when the question is left with Esc", async () => {
    render(<Sample />);
    fill("Name", "Borealis");
    escape();
    await asked();
    escape();
    await waitFor(() => expect(question()).toBeNull());
    expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("Borealis");
  });

  it("asks when something was chosen", async () => {
    const { unmount } = render(<Sample />);
    fireEvent.click(screen.getByRole("radio", { name: "Second" }));
    escape();
    await asked();
    unmount();
    render(<Sample />);
    fireEvent.click(screen.getByText("Choose second"));
    escape();
    await asked();
  });

  it("counts what came into a field that was not there at first, if somebody typed it", async () => {
    render(<Sample />);
    fireEvent.click(screen.getByText("More"));
    fill("Late", "mine");
    escape();
    await asked();
  });

  it("does not count what such a field came with", async () => {
    render(<Sample />);
    fireEvent.click(screen.getByText("More"));
    escape();
    await closed();
  });

  it("believes the form that knows it better", async () => {
    const { unmount } = render(<Sample isChanged />);
    escape();
    await asked();
    unmount();
    render(<Sample isChanged={false} />);
    fill("Name", "Borealis");
    escape();
    await closed();
  });

  it("does not ask for what stands outside of a form", async () => {
    render(<Sample noForm />);
    fill("Name", "Borealis");
    escape();
    await closed();
  });

  it("is done at once by a button of the caller", async () => {
    render(<Sample />);
    fill("Name", "Borealis");
    fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
    await closed();
    expect(question()).toBeNull();
  });
});
