/** Home, clients, brands and campaigns. */
import { CAUSE, expectAccessible, expectTold, fresh, refuse } from "./steps.ts";
import type { Named } from "./stock.ts";
import { expect, test } from "./stocked.ts";

test("home leads to the approval of what waits", async ({ desk }) => {
  await desk.goto("/");
  const waiting = desk.getByRole("region", { name: "Needs you" });
  await expect(waiting.getByText("Ready for approval").first()).toBeVisible();
  await expectAccessible(desk);
  await waiting.getByRole("link", { name: "Review and approve" }).first().click();
  await expect(desk.getByRole("region", { name: "What is approved" })).toBeVisible();
});

test("home that cannot be loaded says why, and comes when it is tried again", async ({ desk }) => {
  const { lift } = await refuse(desk, { method: "GET", path: "/clients" });
  await desk.goto("/");
  await expectTold(desk);
  await lift();
  await desk.getByRole("button", { name: "Try again" }).click();
  await expect(desk.getByRole("region", { name: "Needs you" })).toBeVisible();
});

test("a client is made of a name", async ({ desk }) => {
  const name = fresh("Kvelda");
  await desk.goto("/clients");
  await expect(desk.getByRole("link", { name: "Northlight" })).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "New client" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await expectAccessible(desk);
  await dialog.getByRole("button", { name: "Create client" }).click();
  await expect(desk.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expectAccessible(desk);
});

test("a client whose address is refused stays typed, with what is wrong beside the field", async ({ desk }) => {
  await desk.goto("/clients");
  await desk.getByRole("button", { name: "New client" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Kvelda Lamps");
  await dialog.getByLabel("Homepage").fill("not an address");
  await dialog.getByRole("button", { name: "Create client" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue("Kvelda Lamps");
  await expect(dialog.getByLabel("Homepage")).toHaveValue("not an address");
});

test("a brand's voice saves itself", async ({ desk, api }) => {
  const client = await api.post<Named>("/clients", { name: fresh("Calm Lights") });
  await desk.goto(`/clients/${client.id}?tab=brand`);
  await expect(desk.getByText("All changes saved")).toBeVisible();
  await expect(desk.getByRole("figure", { name: "End card" })).toBeVisible();
  await expectAccessible(desk);
  await desk.getByLabel("Voice").fill("Warm and dry.");
  await expect(desk.getByText("All changes saved")).toBeHidden();
  await expect(desk.getByText("All changes saved")).toBeVisible();
  await desk.reload();
  await expect(desk.getByLabel("Voice")).toHaveValue("Warm and dry.");
});

test("a brand that cannot be saved is kept through a reload, and sent when it is tried again", async ({
  desk,
  api,
}) => {
  const client = await api.post<Named>("/clients", { name: fresh("Dim Lights") });
  const { lift } = await refuse(desk, { method: "PATCH", path: "/clients/*", status: 503 });
  await desk.goto(`/clients/${client.id}?tab=brand`);
  await desk.getByLabel("Visual style").fill("Morning light.");
  await expectTold(desk);
  await expect(desk.getByText("What you typed is kept in this browser.")).toBeVisible();
  await desk.reload();
  await expect(desk.getByLabel("Visual style")).toHaveValue("Morning light.");
  await expect(desk.getByText(CAUSE)).toBeVisible();
  await lift();
  await desk.getByRole("button", { name: "Try again" }).click();
  await expect(desk.getByText("All changes saved")).toBeVisible();
  expect(await api.get(`/clients/${client.id}`)).toMatchObject({ brandGuidelines: { visualStyle: "Morning light." } });
});

test("a member whom nobody knows is told so, and one with an account reaches the client", async ({ desk, api }) => {
  const client = await api.post<Named>("/clients", { name: fresh("Guarded") });
  const email = "mia@example.org";
  await api.post("/users", { email, name: "Mia Member", password: "a long enough password", role: "member" });
  await desk.goto(`/clients/${client.id}?tab=members`);
  await expect(desk.getByText("The last owner stays.")).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("button", { name: "Add member" }).click();
  const dialog = desk.getByRole("dialog");
  const address = dialog.getByLabel("E-mail address");
  await address.fill("nobody@example.org");
  await dialog.getByRole("radio", { name: "Viewer" }).click();
  await dialog.getByRole("button", { name: "Add member" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Nobody here has this address");
  await expect(address).toHaveValue("nobody@example.org");
  await expect(dialog.getByRole("radio", { name: "Viewer" })).toBeChecked();
  await expectAccessible(desk);
  await address.fill(email);
  await dialog.getByRole("button", { name: "Add member" }).click();
  await expect(desk.getByRole("list", { name: "Members" })).toContainText("Mia Member");
});

test("a campaign is made and says what it is for", async ({ desk, stock, api }) => {
  const name = fresh("Spring");
  await desk.goto(`/clients/${stock.client.id}?tab=campaigns`);
  await desk.getByRole("button", { name: "New campaign" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Create campaign" }).click();
  await expect(desk.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expectAccessible(desk);
  await desk.getByRole("radiogroup", { name: "State" }).getByText("Active").click();
  await expect(desk.getByRole("radio", { name: "Active" })).toBeChecked();
  await desk.getByLabel("Goal").fill("Lamps by the bed.");
  await expect(desk.getByText("All changes saved")).toBeHidden();
  await expect(desk.getByText("All changes saved")).toBeVisible();
  const id = desk.url().split("/").at(-1) ?? "";
  expect(await api.get(`/campaigns/${id}`)).toMatchObject({ goal: "Lamps by the bed.", status: "active" });
});

test("a campaign without a name is not saved, and keeps what was typed beside it", async ({ desk, stock, api }) => {
  const before = fresh("Autumn");
  const campaign = await api.post<Named>("/campaigns", { clientId: stock.client.id, name: before });
  await desk.goto(`/campaigns/${campaign.id}`);
  await desk.getByRole("textbox", { name: "Name", exact: true }).fill("");
  await expect(desk.getByRole("alert")).toContainText("A campaign needs a name.");
  await desk.getByLabel("Audience").fill("People who read in bed");
  await desk.reload();
  await expect(desk.getByLabel("Audience")).toHaveValue("People who read in bed");
  expect(await api.get(`/campaigns/${campaign.id}`)).toMatchObject({ name: before });
  await desk.getByRole("textbox", { name: "Name", exact: true }).fill(`${before} lamps`);
  await expect(desk.getByText("All changes saved")).toBeVisible();
  expect(await api.get(`/campaigns/${campaign.id}`)).toMatchObject({ name: `${before} lamps` });
});

test("an address of no client looks as if nothing had ever been there", async ({ desk }) => {
  await desk.goto("/clients/00000000-0000-4000-8000-000000000000");
  await expect(desk.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  await expectAccessible(desk);
});
