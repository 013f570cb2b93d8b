/** Costs with their budgets, and what administrators look after. */
import { CAUSE, expectAccessible, expectToast, expectTold, fresh, refuse } from "./steps.ts";
import type { Named } from "./stock.ts";
import { expect, test } from "./stocked.ts";

test("what was spent is shown by day, by client and by entry", async ({ desk }) => {
  await desk.goto("/costs");
  await expect(desk.getByRole("list", { name: "Spending by client" })).toContainText("Northlight");
  await expectAccessible(desk);
  await desk.getByTitle("Tables", { exact: true }).click();
  await expect(desk.getByRole("table").first()).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("tab", { name: "Ledger" }).click();
  await expect(desk.getByRole("table", { name: "Entries of the ledger" })).toContainText("minimax/video-01");
  await expectAccessible(desk);
  await desk.getByRole("tab", { name: "To decide" }).click();
  await expect(desk.getByRole("heading", { name: "Nothing to decide" })).toBeVisible();
  await expectAccessible(desk);
});

test("costs that cannot be loaded say why, and come when they are tried again", async ({ desk }) => {
  const { lift } = await refuse(desk, { method: "GET", path: "/costs" });
  await desk.goto("/costs");
  await expectTold(desk);
  await lift();
  await desk.getByRole("button", { name: "Try again" }).first().click();
  await expect(desk.getByRole("list", { name: "Spending by client" })).toContainText("Northlight");
});

test("a budget below zero is refused beside its field with what to give, and a sound one is kept", async ({
  desk,
  api,
}) => {
  const client = await api.post<Named>("/clients", { name: fresh("Thrifty") });
  await desk.addInitScript((id) => localStorage.setItem("gauntlet.client", JSON.stringify(id)), client.id);
  await desk.goto("/costs?tab=budgets");
  await desk.getByRole("button", { name: "New budget" }).first().click();
  const dialog = desk.getByRole("dialog");
  const limit = dialog.getByLabel("Limit in dollars");
  await expect(dialog.getByRole("combobox", { name: "Client" })).toHaveValue(client.name);
  await limit.fill("-5");
  await dialog.getByRole("button", { name: "Create budget" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Give dollars, as in 50 or 12.50.");
  await expect(limit).toHaveValue("-5");
  await expectAccessible(desk);
  await limit.fill("12.50");
  const { lift } = await refuse(desk, { method: "POST", path: "/budgets", status: 503 });
  await dialog.getByRole("button", { name: "Create budget" }).click();
  await expect(dialog.getByText(CAUSE)).toBeVisible();
  await expect(limit).toHaveValue("12.50");
  await lift();
  await dialog.getByRole("button", { name: "Create budget" }).click();
  await expect(dialog).toBeHidden();
  await expect(desk.getByText("$12.50 left.")).toBeVisible();
  await expectAccessible(desk);
});

test("a user is made by an administrator; an address that is taken is told, with all that was typed kept", async ({
  desk,
}) => {
  await desk.goto("/admin?tab=users");
  await expect(desk.getByRole("table", { name: "Users" })).toContainText("ann@example.org");
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "New user" }).click();
  const dialog = desk.getByRole("dialog");
  const email = dialog.getByLabel("Email");
  await email.fill("ann@example.org");
  await dialog.getByLabel("Name").fill("Otto Other");
  await dialog.getByRole("textbox", { name: "Password", exact: true }).fill("a long enough password");
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(email).toHaveValue("ann@example.org");
  await expect(dialog.getByRole("textbox", { name: "Password", exact: true })).toHaveValue("a long enough password");
  await expectAccessible(desk);
  await email.fill("otto@example.org");
  await dialog.getByRole("button", { name: "Create user" }).click();
  await expect(desk.getByRole("table", { name: "Users" })).toContainText("Otto Other");
});

test("keys of services are shown by where they come from, and never themselves", async ({ desk }) => {
  await desk.goto("/admin?tab=keys");
  await expect(desk.getByRole("row", { name: /Replicate/ })).toContainText("The server’s key");
  await expectAccessible(desk);
  await expect(desk.getByText(/r8_/)).toHaveCount(0);
});

test("storage is checked, and a quota that is no size is refused beside its field", async ({ desk }) => {
  await desk.goto("/admin?tab=storage");
  const change = desk.getByRole("button", { name: "Change quota of Northlight" });
  await expect(change).toBeVisible();
  await expectAccessible(desk);
  await change.click();
  const quota = desk.getByRole("textbox", { name: "Quota" });
  await quota.fill("-5 GB");
  await expect(desk.getByRole("alert")).toContainText("Give a size, as in 20 GB.");
  await expect(desk.getByRole("button", { name: "Save quota" })).toBeDisabled();
  await quota.fill("5 GB");
  await desk.getByRole("button", { name: "Save quota" }).click();
  await expectToast(desk, "Northlight may take 5.0 GB");
  await desk.getByRole("button", { name: "Check storage" }).click();
  await expect(desk.getByText("Everything is where it belongs")).toBeVisible({ timeout: 30_000 });
});

test("an ad's work is looked at step by step", async ({ desk, stock }) => {
  await desk.goto(`/admin?tab=jobs`);
  await expect(desk.getByRole("table", { name: "Jobs" })).toContainText("Ember table lamp");
  await expectAccessible(desk);
  await desk.goto(`/admin?tab=jobs&job=${stock.film.id}`);
  await expect(desk.getByRole("heading", { name: "Steps" })).toBeVisible();
  await expectAccessible(desk);
});

test("an administrator's page that cannot be loaded says why, and comes when it is tried again", async ({ desk }) => {
  for (const [tab, path, there] of [
    ["users", "/users", "ann@example.org"],
    ["storage", "/admin/storage", "each kept once"],
    ["doctor", "/admin/doctor", "This machine can make ads"],
    ["audit", "/admin/audit", "Ordered an ad"],
  ] as const) {
    const { lift } = await refuse(desk, { method: "GET", path });
    await desk.goto(`/admin?tab=${tab}`);
    await expectTold(desk);
    await lift();
    await desk.getByRole("main").getByRole("button", { name: "Try again" }).first().click();
    await expect(desk.getByText(there, { exact: false }).first()).toBeVisible();
    await expectAccessible(desk);
  }
});

test("the audit log is narrowed to one person and one kind of thing", async ({ desk, stock }) => {
  await desk.goto("/admin?tab=audit");
  const log = desk.getByRole("table", { name: "Audit log" });
  await expect(log).toContainText("ann@example.org");
  await desk.getByRole("combobox", { name: "What was changed" }).click();
  await desk.getByRole("option", { name: "Campaigns" }).click();
  await expect(log).toContainText(stock.campaign.id.slice(0, 8));
  await expect(log).not.toContainText("Signed in");
  await desk.getByRole("searchbox", { name: "Email address" }).fill("nobody@example.org");
  await expect(desk.getByRole("heading", { name: "Nothing was written down here" })).toBeVisible();
});
