/** Pictures that tests make themselves: a lamp on a coloured ground, as large as a phone's photograph. */
import type { Browser } from "@playwright/test";

const SIDE_PX = 1200;

/** A PNG in one colour's light, told apart from others by the colour. */
export async function picture(browser: Browser, colour: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: SIDE_PX, height: SIDE_PX } });
  await page.setContent(`<body style="margin:0;height:100vh;background:radial-gradient(circle at 60% 35%, #fff3d6, ${colour} 60%, #20242c)">
    <div style="position:absolute;left:38%;top:30%;width:24%;height:18%;background:#fbe3a8;border-radius:50% 50% 8% 8%"></div>
    <div style="position:absolute;left:49%;top:48%;width:2%;height:32%;background:#3a3f4a"></div></body>`);
  const png = await page.screenshot();
  await page.close();
  return png;
}
