/** A camera move as two transforms of a picture, for a look at it before anything is rendered. */
import { assertNever } from "@/lib/never";

import type { CameraMovement } from "./labels";

export interface Move {
  from: string;
  to: string;
}

// Room for a pan without an edge coming into sight: 8 % larger, 3.5 % to either side.
const ROOM = "scale(1.08)";
const REST = "scale(1)";

/** Where the picture starts and ends; the compositor's own moves are as small. */
export function moveOf(camera: CameraMovement): Move {
  switch (camera) {
    case "static":
      return { from: REST, to: REST };
    case "push_in":
      return { from: REST, to: "scale(1.1)" };
    case "pull_out":
      return { from: "scale(1.1)", to: REST };
    case "pan_left":
      return { from: `${ROOM} translateX(-3.5%)`, to: `${ROOM} translateX(3.5%)` };
    case "pan_right":
      return { from: `${ROOM} translateX(3.5%)`, to: `${ROOM} translateX(-3.5%)` };
    case "tilt_up":
      return { from: `${ROOM} translateY(-3.5%)`, to: `${ROOM} translateY(3.5%)` };
    case "tilt_down":
      return { from: `${ROOM} translateY(3.5%)`, to: `${ROOM} translateY(-3.5%)` };
    default:
      return assertNever(camera);
  }
}
