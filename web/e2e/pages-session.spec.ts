/** Signing in, setting up, one's own account. */
import { CAUSE, expectAccessible, expectToast, expectTold, refuse } from "./steps.ts";
import { expect, test } from "./stocked.ts";
import { ADMIN } from "./test.ts";

test("a wrong password is told with what was typed kept, and the right one leads to where somebody wanted to go", async ({
  page,
  stock,
}) => {
  await page.goto(`/clients/${stock.client.id}`);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
  const email = page.getByLabel("Email");
  const password = page.getByRole("textbox", { name: "Password", exact: true });
  await email.fill(ADMIN.email);
  await password.fill("correct horse buttery");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText(/password/i);
  await expect(email).toHaveValue(ADMIN.email);
  await expect(password).toHaveValue("correct horse buttery");
  await password.fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: stock.client.name, level: 1 })).toBeVisible();
});

test("a studio that cannot be set up yet says why, and the same form sets it up afterwards", async ({
  page,
  fresh,
}) => {
  const { lift } = await refuse(page, { method: "POST", path: "/setup", status: 503 });
  await page.goto(fresh.url);
  await expect(page.getByRole("heading", { name: "Set up your studio" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Name").fill("Ben Berg");
  await page.getByLabel("Email").fill("ben@example.org");
  await page.getByRole("textbox", { name: "Password", exact: true }).fill("a long enough password");
  await page.getByRole("button", { name: "Set up the studio" }).click();
  await expectTold(page);
  await expect(page.getByLabel("Email")).toHaveValue("ben@example.org");
  await lift();
  await page.getByRole("button", { name: "Set up the studio" }).click();
  await expect(page.getByRole("heading", { name: "Three steps to your first ad" })).toBeVisible();
  await expectAccessible(page);
});

test("a name of one's own is saved, and colleagues see it", async ({ desk }) => {
  await desk.goto("/account");
  const name = desk.getByRole("textbox", { name: "Name", exact: true });
  await expect(name).toHaveValue(ADMIN.name);
  await expectAccessible(desk);
  await name.fill("Ann Agency");
  await desk.getByRole("button", { name: "Save name" }).click();
  await expectToast(desk, "Name saved");
  await expect(desk.getByRole("button", { name: "Account: Ann Agency" })).toBeVisible();
  await name.fill(ADMIN.name);
  await desk.getByRole("button", { name: "Save name" }).click();
  await expect(desk.getByRole("button", { name: `Account: ${ADMIN.name}` })).toBeVisible();
});

test("a password is not changed without the present one, and what was typed stays", async ({ desk }) => {
  await desk.goto("/account");
  await desk.getByLabel("Present password").fill("not mine");
  await desk.getByLabel("New password").fill("another long password");
  await desk.getByRole("button", { name: "Change password" }).click();
  await expect(desk.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
  await expect(desk.getByLabel("Present password")).toHaveValue("not mine");
  await expect(desk.getByLabel("New password")).toHaveValue("another long password");
});

test("an API key that could not be made keeps its name, and is shown once when it is", async ({ desk }) => {
  await desk.goto("/account");
  const { lift } = await refuse(desk, { method: "POST", path: "/api-keys", status: 503 });
  await desk.getByRole("button", { name: "Create API key" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Build server");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText(CAUSE)).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue("Build server");
  await lift();
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Copy the key now")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(desk.getByText("Build server")).toBeVisible();
});
