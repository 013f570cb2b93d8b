/** What the seeded studio is about: three brands, their people, files and ads. */

export const LONG_NAME =
  "The Greater Highland and Islands Cooperative of Independent Potters, Glaziers, Basket Weavers and Makers of Fine Household Stoneware, established in the Year of the Great Flood and ever since unbroken";

export const CLIENTS = {
  kvelda: {
    name: "Kvelda",
    homepage: "https://kvelda.example",
    description: "Portable table lamps with a warm, dimmable glow. Sold online and in forty shops.",
    brandGuidelines: {
      colours: [
        { hex: "#B8472A", role: "primary", name: "Terracotta" },
        { hex: "#2B2030", role: "secondary", name: "Dusk" },
        { hex: "#E0AC4F", role: "accent", name: "Brass" },
        { hex: "#F6ECDD", role: "background", name: "Oat" },
        { hex: "#2B2030", role: "text", name: "Dusk" },
      ],
      headingFont: "Manrope",
      bodyFont: "Manrope",
      voice: "Quiet and warm. Short sentences. Never loud, never technical.",
      visualStyle: "Evening light, calm rooms, one object at a time.",
      forbiddenElements: ["exclamation marks", "competitors' lamps"],
    },
  },
  palm: {
    name: "مقهى النخيل ومحمصة البن العربي",
    homepage: "https://palm.example",
    description: "محمصة ومقهى في قلب المدينة القديمة. نقدّم القهوة العربية بالهيل والتمر منذ عام ١٩٧٤.",
    brandGuidelines: {
      colours: [
        { hex: "#1F6F5C", role: "primary", name: "أخضر النخيل" },
        { hex: "#B5652B", role: "accent", name: "هيل" },
        { hex: "#F4E9CF", role: "background", name: "رمل" },
        { hex: "#22322D", role: "text", name: "ليل" },
      ],
      headingFont: "FiraGO",
      bodyFont: "FiraGO",
      voice: "كريم وهادئ، كمن يصبّ القهوة لضيفه.",
      visualStyle: "ضوء الصباح، نحاس وخشب، يد واحدة في الصورة.",
      forbiddenElements: ["الأكواب الورقية"],
    },
  },
  pottery: {
    name: LONG_NAME,
    homepage: "https://potters.example",
    description: "Everyday stoneware, thrown by hand.",
    brandGuidelines: {
      colours: [
        { hex: "#3F5F8A", role: "primary", name: "Cobalt" },
        { hex: "#F0EDE6", role: "background", name: "Slip" },
      ],
    },
  },
} as const;

export const CAMPAIGNS = [
  {
    of: "kvelda",
    key: "evenings",
    name: "Long evenings",
    goal: "Sell the terracotta lamp to people who read at night.",
    status: "active",
    platforms: ["tiktok", "instagram"],
    brief: {
      objective: "3,000 orders of Kvelda One before the clocks go back.",
      audience: "People who read in the evening and live in small flats.",
      keyMessages: ["Turn the light down, and the day slows down.", "Eleven hours without a cable."],
      callToAction: "Shop now",
      doNotMention: ["prices of other brands"],
    },
  },
  {
    of: "kvelda",
    key: "autumn",
    name: "Autumn sale",
    goal: "Clear the oat finish.",
    status: "draft",
    platforms: ["facebook"],
  },
  { of: "kvelda", key: "spring", name: "Spring 2026", status: "archived", platforms: ["youtube"] },
  {
    of: "palm",
    key: "ramadan",
    name: "ليالي رمضان",
    goal: "دعوة العائلات إلى المقهى بعد الإفطار.",
    status: "active",
    platforms: ["instagram"],
    brief: {
      audience: "العائلات في المدينة القديمة",
      keyMessages: ["قهوة بالهيل وتمر المدينة."],
      callToAction: "احجز طاولتك",
    },
  },
  {
    of: "pottery",
    key: "fair",
    name: `Winter fair of ${LONG_NAME}`.slice(0, 200),
    status: "active",
    platforms: ["instagram", "facebook"],
  },
] as const;

export const PEOPLE = [
  { name: "Ben Okafor", email: "ben@example.org", role: "editor", of: "kvelda" },
  { name: "Chiara Lindqvist", email: "chiara@example.org", role: "owner", of: "kvelda" },
  { name: "ليلى حداد", email: "layla@example.org", role: "editor", of: "palm" },
  {
    name: "Maximiliane Freifrau von Hohenstein-Wolkenburg zu Unterschüpf",
    email: "maximiliane.von.hohenstein-wolkenburg@correspondence.unterschuepf.example",
    role: "viewer",
    of: "kvelda",
  },
] as const;

/** Of the demo brand, as it lies in the repository. */
export const DEMO_FILES = {
  "kvelda-one-evening.jpg": { name: "Kvelda One, evening", tags: ["product_shot", "evening"] },
  "kvelda-one-cutout.png": { name: "Kvelda One, cut out", tags: ["product_shot", "cut-out"] },
  "kvelda-one-dimmer-detail.jpg": { name: "Brass ring, close", tags: ["product_shot", "detail"] },
  "kvelda-one-finishes.jpg": { name: "Three finishes", tags: ["closing_frame", "studio"] },
  "kvelda-logo.svg": { name: "Kvelda logo", tags: ["brand_logo"] },
} as const;

interface Filing {
  file: string;
  of: keyof typeof CLIENTS;
  name?: string;
  tags?: readonly string[];
  campaign?: string;
}

/** Of those that `tools.studio_media` makes; some are there more than once, as in any library. */
export const FILES: readonly Filing[] = [
  {
    file: "lamp-oat-morning.jpg",
    of: "kvelda",
    name: "Oat, morning",
    tags: ["product_shot", "oat"],
    campaign: "autumn",
  },
  { file: "lamp-pine-shelf.jpg", of: "kvelda", name: "Pine on the shelf", tags: ["background", "pine"] },
  {
    file: "lamp-oat-morning.jpg",
    of: "kvelda",
    name: "Terracotta, square",
    tags: ["product_shot"],
    campaign: "evenings",
  },
  {
    file: "lamp-night-story.jpg",
    of: "kvelda",
    name: "Night story",
    tags: ["first_frame", "evening"],
    campaign: "evenings",
  },
  { file: "lamp-old-shelf.jpg", of: "kvelda", name: "Shelf, first try" },
  { file: "reading-corner.webp", of: "kvelda", name: "Reading corner", tags: ["background"] },
  { file: "evening-walk.mp4", of: "kvelda", name: "Evening walk", tags: ["evening"], campaign: "evenings" },
  { file: "shelf-pan.webm", of: "kvelda", name: "Shelf pan", tags: ["pine"] },
  { file: "evening-bed.mp3", of: "kvelda", name: "Evening bed", tags: ["music"], campaign: "evenings" },
  { file: "dial-click.wav", of: "kvelda", name: "Dial click" },
  { file: "brand-guidelines.pdf", of: "kvelda", name: "Brand guidelines", tags: ["brand"] },
  { file: "shooting-notes.txt", of: "kvelda", name: "Shooting notes" },
  { file: "palm-logo.svg", of: "palm", name: "شعار النخيل", tags: ["brand_logo"] },
  { file: "espresso.jpg", of: "palm", name: "فنجان الصباح", tags: ["product_shot", "قهوة"], campaign: "ramadan" },
  { file: "cardamom-coffee.jpg", of: "palm", name: "قهوة بالهيل", tags: ["product_shot", "قهوة"], campaign: "ramadan" },
  { file: "house-blend.png", of: "palm", name: "خلطة البيت", tags: ["product_shot"] },
  { file: "dates.jpg", of: "palm", name: "تمر المدينة", tags: ["background"] },
  { file: "honey.webp", of: "palm", name: "عسل السدر" },
  { file: "terrace-story.jpg", of: "palm", name: "الشرفة مساءً", tags: ["first_frame"], campaign: "ramadan" },
  { file: "market-morning.mp4", of: "palm", name: "صباح السوق" },
  { file: "oud-sketch.ogg", of: "palm", name: "عود، مسودة", tags: ["music"] },
  { file: "pottery-logo.svg", of: "pottery", name: "Cooperative mark", tags: ["brand_logo"] },
  { file: "blue-vase.jpg", of: "pottery", name: "Blue vase", tags: ["product_shot"], campaign: "fair" },
  { file: "stoneware-bowl.jpg", of: "pottery", name: "Stoneware bowl", tags: ["product_shot"], campaign: "fair" },
  { file: "storage-jar.png", of: "pottery", name: "Storage jar" },
  {
    file: "tall-vase.jpg",
    of: "pottery",
    name: `Tall vase as photographed for the catalogue of ${LONG_NAME}`.slice(0, 200),
    tags: ["product_shot", "catalogue", "winter", "red glaze", "hand thrown", "large", "second firing", "for the fair"],
  },
  { file: "wheel.mov", of: "pottery", name: "At the wheel" },
  { file: "price-list.pdf", of: "pottery", name: "Price list" },
];

/** Names of files that are put into the bin. */
export const BINNED = ["Shelf, first try", "Dial click"];

export const LAMP_PROMPT =
  'A 15 second TikTok ad for "Kvelda One", the portable table lamp. Calm and elegant, for' +
  " people who read in the evening. Turn the light down, and the day slows down. Shop now at kvelda.example.";

export const PROMPTS = {
  film: LAMP_PROMPT,
  waiting:
    'A 15 second TikTok ad for "Kvelda One", the portable table lamp. Calm, for people who read. Turn the light down, and the day slows down.' +
    " 20 % off until Sunday. Shop now at kvelda.example.",
  approved: "A 5 second square ad for Kvelda One in oat. Bright and calm. See the colours at kvelda.example.",
  paused: "A 6 second Instagram story: a terracotta lamp on a balcony at dusk. Warm. Shop now at kvelda.example.",
  failed: "A 5 second Facebook ad for the autumn sale of Kvelda lamps. Playful. Save 20 % until Sunday.",
  rendering: "A 5 second square ad for Kvelda One in pine green. Quiet, elegant. Order at kvelda.example.",
  canceled: "A 5 second ad for a lamp that is no longer made.",
  changed: "A 5 second YouTube bumper for Kvelda One. Uplifting. Eleven hours without a cable. Visit kvelda.example.",
  arabic: "إعلان قصير لمدة 5 ثوانٍ لقهوة النخيل بالهيل والتمر. هادئ ودافئ. احجز طاولتك على palm.example",
  pottery: `A 5 second square ad for the stoneware of ${LONG_NAME}. Warm. Visit the fair at potters.example.`,
  brief:
    'A 12 second Instagram ad for "Kvelda One" for people who move into their first flat. Warm. Shop now at kvelda.example.',
} as const;
