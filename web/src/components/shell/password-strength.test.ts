import { describe, expect, it } from "vitest";

import { passwordStrength } from "./password-strength";

describe("the strength of a password", () => {
  it("says how many characters are missing", () => {
    expect(passwordStrength("").words).toBe("At least 10 characters");
    expect(passwordStrength("four").words).toBe("6 more characters needed");
    expect(passwordStrength("ninechars").words).toBe("1 more character needed");
  });

  it("is not fooled by repeats and runs", () => {
    expect(passwordStrength("aaaaaaaaaaaaaaaa").strength).toBe("weak");
    expect(passwordStrength("1234567890123").strength).toBe("weak");
    expect(passwordStrength("abababababababab").strength).toBe("weak");
  });

  it("likes a few words", () => {
    expect(passwordStrength("correct horse battery staple").strength).toBe("strong");
  });

  it("grows with what is added", () => {
    const shares = ["plum", "plumtree river", "plumtree river 7 Oslo!"].map((each) => passwordStrength(each).share);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
  });
});
